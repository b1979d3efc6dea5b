// Bytes on the line: what is encoded is read back, whatever else comes is named and never throws anything but that.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SealedBatch, SealedEntry } from '../journal/seal.ts'
import type { Message } from './types.ts'
import { decode, encode, WireError } from './wire.ts'

const seed = Number(process.env.WANGLOU_PROPERTY_SEED ?? Date.now() % 2 ** 31)
const hash = fc.stringMatching(/^[0-9a-f]{64}$/)
const scope = fc.constantFrom('shared' as const, 'up:610500' as const, 'centre:610502' as const)
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\n', ' '))
const whole = fc.nat()
const entry = fc.record({
  ms: whole,
  counter: whole,
  at: whole,
  actor: text,
  action: text,
  dataset: text,
  row: text,
  body: fc.option(text),
  bodyHash: hash,
})

const batch = fc
  .record({
    station: text,
    scope,
    first: fc.integer({ min: 1, max: 1e9 }),
    entries: fc.array(entry, { minLength: 1, maxLength: 5 }),
    headHash: hash,
    prev: fc.option(hash),
  })
  .map(({ station, scope: of, first, entries, headHash, prev }): SealedBatch => {
    const sealed = entries.map(({ ms, counter, at, actor, action, dataset, row, body, bodyHash }, index): SealedEntry => {
      const entryOf = { v: 1, seq: first + index, hlc: { ms, counter }, at, actor, action, subject: { dataset, row }, body }
      return body === null ? { ...entryOf, bodyHash } : entryOf
    })
    const seal = { station, scope: of, seq: first + entries.length - 1, headHash, signature: 'c2lnbmF0dXJl' }
    return { v: 1, station, scope: of, entries: sealed, seal, ...(prev === null ? {} : { prev }) }
  })
const run = fc.record({ station: text, scope, fromSeq: whole, toSeq: whole })
const manifest = fc.record({
  v: fc.constant(1 as const),
  station: fc.uuid(),
  unit: fc.stringMatching(/^\d{6}$/),
  madeAt: whole,
  entries: whole,
  sha256: hash,
  size: fc.integer({ min: 1, max: 1e12 }),
})
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), station: text }),
  fc.record({ kind: fc.constant('snapshot' as const), offer: fc.record({ manifest, signature: text }) }),
  fc.record({ kind: fc.constant('batch' as const), batch, files: fc.array(hash, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('want' as const), want: fc.record({ station: text, sha256: hash, offset: whole }) }),
  fc.record({
    kind: fc.constant('piece' as const),
    piece: fc.record({
      station: text,
      sha256: hash,
      offset: whole,
      total: whole,
      is: fc.option(hash),
      data: fc.uint8Array({ maxLength: 200 }).map((data) => Buffer.from(data)),
    }),
  }),
  fc.record({
    kind: fc.constant('have' as const),
    have: fc.record({
      station: text,
      unit: text,
      isFull: fc.boolean(),
      isAsking: fc.boolean(),
      ends: fc.array(fc.record({ station: text, scope, seq: whole }), { maxLength: 4 }),
      runs: fc.array(run, { maxLength: 2 }),
      read: fc.option(fc.record({ stream: text, seq: whole })),
      refused: fc.array(fc.record({ station: text, scope, reason: fc.constantFrom('seal' as const, 'scope' as const) }), { maxLength: 2 }),
      wants: fc.array(fc.record({ sha256: hash, offset: whole }), { maxLength: 2 }),
    }),
  }),
)

test('what is encoded is read back', () => {
  console.log(`seed ${seed}`)
  fc.assert(
    fc.property(message, (one) => {
      expect(decode(encode(one))).toEqual(one)
    }),
    { seed },
  )
})
test('bytes that were changed, cut or invented are refused and nothing worse', () => {
  const refusedOrRead = (bytes: Uint8Array) => {
    try {
      decode(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(WireError)
    }
  }
  fc.assert(
    fc.property(message, fc.nat(), fc.nat(255), fc.nat(), (one, at, value, length) => {
      const bytes = encode(one)
      bytes[at % bytes.length] = value
      refusedOrRead(bytes)
      refusedOrRead(encode(one).subarray(0, length % bytes.length))
    }),
    { seed },
  )
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      bytes[0] = 1
      refusedOrRead(bytes)
    }),
    { seed },
  )
})
test('another version of the protocol is told apart from rubbish', () => {
  const bytes = encode({ kind: 'want', want: { station: 's', sha256: 'ab'.repeat(32), offset: 0 } })
  bytes[0] = 2
  expect(() => decode(bytes)).toThrow(expect.objectContaining({ reason: 'version' }))
})
