// Messages of the link as bytes: one byte version, then JSON lines, deflated with a dictionary of what our entries keep saying.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Scope } from '../contract/index.ts'
import { isSealedBatch, type SealedBatch, type SealedEntry } from '../journal/seal.ts'
import type { ShownCard } from './pairing.ts'
import { Manifest } from './snapshot/manifest.ts'
import type { StationCard } from './stations.ts'
import type { Have, Message } from './types.ts'

/** Raised when what is said changes its meaning; another version is named on screen and not read. */
export const wireVersion = 1

/** A message that unpacks to more than this many bytes is none of ours. */
const unpackedLimitBytes = 64 * 1024 * 1024

const dictionary = Buffer.from(
  [
    '{"happenedAt":{"at":,"precision":"minute","source":""},"cells":[["sceneWeather","tasks","plans","units","contacts","resources","reports","incidents","',
    '"isSample",false,[]],["',
    '"enteredByName","',
    '"enteredAt",1',
    '"enteredBy","',
    '"createdAt",1',
    '"updatedAt",1',
    '"severityReason","',
    '"state","',
    '"lon",10',
    '"lat",3',
    '"type","',
    '"text","',
    '"title","',
    '"name","',
    '"note","',
    '"incident","',
    '"unit","',
    '"dutyTelephone","',
    '"telephones",[{"kind":"duty","number":"0913-0',
    '"source","',
    '",[]]],"note":null}\n',
    '",[]],["incidents","',
    '/shared/',
    '/up:61',
    '/centre:61',
    '",["',
    '"],["batch","have"]\n',
  ].join(''),
)

/** @param level 1 = quick, for a line that is not the bottleneck; 9 = smallest */
export function encode(message: Message, level = 6): Buffer {
  return Buffer.concat([Buffer.from([wireVersion]), deflateRawSync(plainBytes(message), { level, dictionary })])
}

function plainBytes(message: Message): Buffer {
  switch (message.kind) {
    case 'batch':
      return Buffer.from(batchText(message.batch, message.files), 'utf8')
    case 'have':
      return Buffer.from(`have\n${JSON.stringify(haveArray(message.have))}`, 'utf8')
    case 'want': {
      const { station, sha256, offset } = message.want
      return Buffer.from(`want\n${JSON.stringify([station, sha256, offset])}`, 'utf8')
    }
    case 'piece': {
      const { station, sha256, offset, total, is, data } = message.piece
      const head = [station, sha256, offset, total, ...(is === null ? [] : [is])]
      return Buffer.concat([Buffer.from(`piece\n${JSON.stringify(head)}\n`, 'utf8'), data])
    }
    case 'card':
      return Buffer.from(`card\n${JSON.stringify(message.shown)}`, 'utf8')
    case 'join':
      return Buffer.from(`join\n${JSON.stringify([message.station])}`, 'utf8')
    case 'snapshot':
      return Buffer.from(`snapshot\n${JSON.stringify([message.offer.manifest, message.offer.signature])}`, 'utf8')
    default:
      return message satisfies never
  }
}

/** Why bytes are no message: they say another version of the protocol, or are none. */
export class WireError extends Error {
  readonly reason: 'version' | 'malformed'
  constructor(reason: 'version' | 'malformed', options?: ErrorOptions) {
    super(`not a message of the link: ${reason}`, options)
    this.reason = reason
  }
}

/** @throws WireError */
export function decode(bytes: Uint8Array): Message {
  if (bytes[0] !== wireVersion) throw new WireError('version')
  try {
    return read(inflateRawSync(bytes.subarray(1), { dictionary, maxOutputLength: unpackedLimitBytes }))
  } catch (cause) {
    if (cause instanceof WireError) throw cause
    throw new WireError('malformed', { cause })
  }
}

/** How messages become bytes, and bytes messages again. */
export interface Wire {
  /** @param level of compression, as `encode` */
  encode: (message: Message, level?: number) => Uint8Array
  /** @throws WireError */
  decode: (bytes: Uint8Array) => Message
}
export const wire: Wire = { encode, decode }

function read(plain: Buffer): Message {
  const end = plain.indexOf(10)
  const kind = plain.toString('latin1', 0, end)
  const rest = plain.subarray(end + 1)
  switch (kind) {
    case 'batch': {
      const { batch, files } = readBatch(rest.toString('utf8').split('\n'))
      needs(isSealedBatch(batch) && files.every(isSha))
      return { kind, batch, files }
    }
    case 'have':
      return { kind, have: readHave(JSON.parse(rest.toString('utf8'))) }
    case 'want': {
      const [station, sha256, offset] = listOf(JSON.parse(rest.toString('utf8')))
      needs(isText(station) && isSha(sha256) && isCount(offset))
      return { kind, want: { station, sha256, offset } }
    }
    case 'piece': {
      const line = rest.indexOf(10)
      const [station, sha256, offset, total, is = null] = listOf(JSON.parse(rest.toString('utf8', 0, line)))
      needs(isText(station) && isSha(sha256) && isCount(offset) && isCount(total) && (is === null || isSha(is)))
      return { kind, piece: { station, sha256, offset, total, is, data: rest.subarray(line + 1) } }
    }
    case 'card':
      return { kind, shown: readCard(JSON.parse(rest.toString('utf8'))) }
    case 'join': {
      const [station] = listOf(JSON.parse(rest.toString('utf8')))
      needs(isText(station))
      return { kind, station }
    }
    case 'snapshot': {
      const [manifest, signature] = listOf(JSON.parse(rest.toString('utf8')))
      const read = Manifest.safeParse(manifest)
      needs(read.success && isText(signature))
      return { kind, offer: { manifest: read.data, signature } }
    }
    default:
      throw new WireError('malformed')
  }
}

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')
const hex = (text: string): string => Buffer.from(text, 'base64').toString('hex')

/** The first line says what all entries share; then two lines an entry: its head, and its body byte for byte. */
function batchText({ station, scope, entries, seal, prev }: SealedBatch, files: readonly string[]): string {
  const first = entries[0]
  const shared = [
    station,
    scope,
    first?.seq ?? 0,
    base64(seal.headHash),
    seal.signature,
    prev === undefined ? 0 : base64(prev),
    first?.at ?? 0,
    ...files.map(base64),
  ]
  let at = first?.at ?? 0
  const lines = entries.map((entry) => {
    const { v, hlc, actor, action, subject, body, bodyHash } = entry
    const head = [
      entry.at - at,
      hlc.ms - entry.at,
      hlc.counter,
      actor,
      action,
      subject.dataset,
      subject.row,
      v,
      ...(body === null ? [base64(bodyHash ?? '')] : []),
    ]
    at = entry.at
    return `${JSON.stringify(head)}\n${body ?? ''}`
  })
  return ['batch', JSON.stringify(shared), ...lines].join('\n')
}

type SharedLine = [
  station: string,
  scope: Scope,
  firstSeq: number,
  headHash: string,
  signature: string,
  prev: string | 0,
  at: number,
  ...files: string[],
]
type HeadLine = [at: number, ms: number, counter: number, actor: string, action: string, dataset: string, row: string, v: number, bodyHash?: string]

function readBatch([sharedLine, ...lines]: string[]): { batch: SealedBatch; files: string[] } {
  const [station, scope, firstSeq, headHash, signature, prev, firstAt, ...files] = JSON.parse(sharedLine ?? '') as SharedLine
  const entries: SealedEntry[] = []
  let at = firstAt
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [sinceLast, ms, counter, actor, action, dataset, row, v, bodyHash] = JSON.parse(lines[index] ?? '') as HeadLine
    at += sinceLast
    const body = bodyHash === undefined ? (lines[index + 1] ?? '') : null
    const seq = firstSeq + index / 2
    entries.push({
      v,
      seq,
      hlc: { ms: at + ms, counter },
      at,
      actor,
      action,
      subject: { dataset, row },
      body,
      ...(body === null ? { bodyHash: hex(bodyHash ?? '') } : {}),
    })
  }
  const seal = { station, scope, seq: entries.at(-1)?.seq ?? 0, headHash: hex(headHash), signature }
  return { batch: { v: 1, station, scope, entries, seal, ...(prev === 0 ? {} : { prev: hex(prev) }) }, files: files.map(hex) }
}

function haveArray({ station, unit, isFull, isAsking, ends, runs, read, refused, wants }: Have): unknown[] {
  return [
    station,
    unit,
    (isFull ? 1 : 0) + (isAsking ? 2 : 0),
    ends.map((end) => [end.station, end.scope, end.seq]),
    runs.map((run) => [run.station, run.scope, run.fromSeq, run.toSeq]),
    read === null ? 0 : [read.stream, read.seq],
    refused.map((one) => [one.station, one.scope, one.reason]),
    wants.map((want) => [want.sha256, want.offset]),
  ]
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isSha = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new WireError('malformed')
  return value
}
function needs(isFine: boolean): asserts isFine {
  if (!isFine) throw new WireError('malformed')
}

function readHave(value: unknown): Have {
  const [station, unit, flags, ends, runs, read, refused, wants] = listOf(value)
  needs(isText(station) && isText(unit) && isCount(flags))
  return {
    station,
    unit,
    isFull: (flags & 1) !== 0,
    isAsking: (flags & 2) !== 0,
    ends: listOf(ends).map((one) => {
      const [of, scope, seq] = listOf(one)
      needs(isText(of) && isText(scope) && isCount(seq))
      return { station: of, scope: scope as Scope, seq }
    }),
    runs: listOf(runs).map((one) => {
      const [of, scope, fromSeq, toSeq] = listOf(one)
      needs(isText(of) && isText(scope) && isCount(fromSeq) && isCount(toSeq))
      return { station: of, scope: scope as Scope, fromSeq, toSeq }
    }),
    read: read === 0 ? null : readPlace(read),
    refused: listOf(refused).map((one) => {
      const [of, scope, reason] = listOf(one)
      needs(isText(of) && isText(scope) && isText(reason))
      return { station: of, scope: scope as Scope, reason: reason as Have['refused'][number]['reason'] }
    }),
    wants: listOf(wants).map((one) => {
      const [sha256, offset] = listOf(one)
      needs(isSha(sha256) && isCount(offset))
      return { sha256, offset }
    }),
  }
}

function readPlace(value: unknown): Have['read'] {
  const [stream, seq] = listOf(value)
  needs(isText(stream) && isCount(seq))
  return { stream, seq }
}

function readCard(value: unknown): ShownCard {
  const { card, isAnswer, proof } = (value ?? {}) as Partial<ShownCard>
  const { station, unit, name, publicKey, isHost } = (card ?? {}) as Partial<StationCard>
  needs(isText(station) && isText(unit) && isText(name) && isText(publicKey) && typeof isHost === 'boolean')
  needs(typeof isAnswer === 'boolean' && isText(proof))
  return { card: { station, unit, name, publicKey, isHost }, isAnswer, proof }
}
