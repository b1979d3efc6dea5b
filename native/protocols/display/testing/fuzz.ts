// Mutated frames against every codec: nothing but its own error may be thrown, nothing may be held without a bound.
import { DisplayError, WanglouError } from '../../../contract/index.ts'
import * as coex from '../../novastar-coex/codec.ts'
import { TemplateReader } from '../../command-template/connection.ts'
import { sourceOfFake } from '../../command-template/fake.ts'
import { matchReply, replyText } from '../../command-template/reply.ts'
import { readTemplate } from '../../command-template/template.ts'
import * as eventMaster from '../../event-master/codec.ts'
import * as extron from '../../extron-sis/codec.ts'
import * as isapi from '../../hikvision-isapi/codec.ts'
import * as lg from '../../lg/codec.ts'
import * as novastar from '../../novastar-h/codec.ts'
import * as pjlink from '../../pjlink/codec.ts'
import { readNotice } from '../../pjlink/notices.ts'
import { authorization, readChallenges, strongest } from '../../rtsp/digest.ts'
import { MdcReader, writeReply } from '../../samsung-mdc/codec.ts'
import { mutate, randomOf } from './mutate.ts'

interface Codec {
  seeds: readonly Buffer[]
  /** A reader is fed frame after frame, as a line would; it says whether it made anything of it. */
  begin: () => { feed: (bytes: Buffer) => boolean; heldBytes: () => number }
}

const text = (...lines: string[]) => lines.map((line) => Buffer.from(line, 'utf8'))
const plain =
  (feed: (bytes: Buffer) => unknown): Codec['begin'] =>
  () => ({ feed: (bytes) => feed(bytes) !== null, heldBytes: () => 0 })
const lines =
  (open: () => { push(chunk: Buffer): string[]; flush(): string[]; heldBytes: number }, read: (line: string) => boolean): Codec['begin'] =>
  () => {
    const reader = open()
    return { feed: (bytes) => [...reader.push(bytes), ...reader.flush()].map(read).includes(true), heldBytes: () => reader.heldBytes }
  }

export const fuzzedCodecs: Readonly<Record<string, Codec>> = {
  pjlink: {
    seeds: text('%1POWR=3\r', 'PJLINK 1 498e4a67\r', '%2LKUP=aa:bb:cc:dd:ee:ff\r', '%1ERST=000000\r', '%1LAMP=1200 1 40 0\r', 'PJLINK ERRA\r'),
    begin: lines(pjlink.pjlinkReader, (line) => {
      const read = pjlink.readLine(line)
      readNotice(Buffer.from(line))
      if (read.kind !== 'answer') return read.kind !== 'stray'
      pjlink.parameterOf(read)
      pjlink.faultWords(read.parameter)
      pjlink.lampHours(read.parameter)
      pjlink.inputCode(read.parameter, read.class)
      return true
    }),
  },
  'samsung-mdc': {
    seeds: [
      writeReply(1, { isAck: true, command: 0x11, data: [1] }),
      writeReply(1, { isAck: false, command: 0x14, data: [1] }),
      Buffer.from('MDCSTART<<TLS>>'),
      writeReply(254, { isAck: true, command: 0x8a, data: Array.from({ length: 60 }, (_, index) => index) }),
    ],
    begin: () => {
      const reader = new MdcReader()
      return { feed: (bytes) => reader.push(bytes).length > 0, heldBytes: () => reader.heldBytes }
    },
  },
  lg: {
    seeds: text('a 01 OK01x', 'b 0a NG90x'),
    begin: lines(lg.lgReader, (line) => {
      const reply = lg.readReply(line)
      lg.inputWord(reply?.data ?? 0)
      return reply !== null
    }),
  },
  'extron-sis': {
    seeds: text('1Rpr01*005\r\n', 'Password:', 'E13\r\n', 'Login Administrator\r\n'),
    begin: lines(extron.sisReader, (line) => {
      const read = extron.readLine(line)
      if (read.kind === 'preset') extron.recallPreset(read.canvas, read.preset)
      return read.kind !== 'text'
    }),
  },
  'novastar-h': {
    seeds: text('[{"cmd":"R0401","ack":"Ok","brightness":60,"screenFrz":1,"blackout":0,"presetId":3}]'),
    begin: plain((bytes) => novastar.readScreen(novastar.readReply(bytes).data)),
  },
  'novastar-coex': {
    seeds: text('{"code":0,"message":"ok","data":{"displayState":[{"canvasID":1,"displayMode":2}],"list":[{"screenId":"a","brightness":0.5}]}}'),
    begin: plain((bytes) => {
      const data = coex.readEnvelope(200, bytes.toString('utf8'))
      coex.readDisplayModes(data)
      coex.readScreens(data)
    }),
  },
  'event-master': {
    seeds: text('{"jsonrpc":"2.0","result":{"success":0,"response":[{"id":0}]},"id":"1"}'),
    begin: plain((bytes) => eventMaster.presetCount(eventMaster.readResult(bytes.toString('utf8'), 1))),
  },
  'hikvision-isapi': {
    seeds: text('<DeviceInfo version="2.0"><deviceName>B20</deviceName><model>M</model><serialNumber>1</serialNumber></DeviceInfo>'),
    begin: plain((bytes) => isapi.readDeviceInfo(bytes.toString('utf8'))),
  },
  'http challenge': {
    seeds: text('Digest realm="isapi", nonce="n1", qop="auth", algorithm=SHA-256', 'Basic realm="x", Digest realm="y\\"", nonce=n'),
    begin: plain((bytes) => {
      const challenge = strongest(readChallenges([bytes.toString('latin1')]))
      return challenge === null ? null : authorization({ challenge, username: 'a', password: 'b', method: 'GET', uri: '/', count: 1, cnonce: 'c' })
    }),
  },
  'template reply': {
    seeds: text('OK 12\r\n', 'PWR=01\r\n', 'ERR\r\n'),
    begin: () => {
      const reader = new TemplateReader({ encoding: 'ascii', replyEnd: '\r\n' })
      return {
        heldBytes: () => reader.heldBytes,
        feed: (bytes) => {
          const found = [...reader.push(bytes), ...reader.flush()].flatMap((frame) => [
            matchReply(replyText(frame, 'ascii'), 'PWR={value}', 'ascii'),
            matchReply(replyText(frame, 'hex'), 'AA*{value}0D', 'hex'),
          ])
          return found.some((value) => value !== null)
        },
      }
    },
  },
  'template file': { seeds: [Buffer.from(sourceOfFake)], begin: plain((bytes) => readTemplate(bytes.toString('utf8'))) },
}

export interface FuzzResult {
  frames: number
  /** In which there was something it could read. */
  understood: number
  /** Its own error came. */
  refused: number
  /** The most a reader held at once. */
  heldBytes: number
  /** The longest that one frame took. */
  longestMs: number
}

/** @throws whatever a codec threw that is not its typed error, with the frame */
export function fuzz(name: string, { frames, seed }: { frames: number; seed: number }): FuzzResult {
  const codec = fuzzedCodecs[name]!
  const random = randomOf(seed)
  let reader = codec.begin()
  let [understood, refused] = [0, 0]
  let heldBytes = 0
  let longestMs = 0
  for (let frame = 0; frame < frames; frame += 1) {
    const bytes = mutate(codec.seeds, random)
    const startedAt = performance.now()
    try {
      if (reader.feed(bytes)) understood += 1
    } catch (error) {
      if (!(error instanceof DisplayError) && !(error instanceof WanglouError))
        throw new Error(`${name}, seed ${seed}, frame ${frame}: ${bytes.toString('hex')}`, { cause: error })
      refused += 1
      reader = codec.begin()
    }
    longestMs = Math.max(longestMs, performance.now() - startedAt)
    heldBytes = Math.max(heldBytes, reader.heldBytes())
  }
  return { frames, understood, refused, heldBytes, longestMs }
}
