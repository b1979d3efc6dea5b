// RTMP's chunk stream (Adobe's RTMP 1.0 §5.3): bytes to messages and back, within bounds.

export interface RtmpMessage {
  type: number
  timestampMs: number
  streamId: number
  payload: Buffer
}

/** What is sent breaks the protocol, or its bounds: the connection is ended. */
export class RtmpBroken extends Error {}

const messageLimitBytes = 4_000_000
const channelLimit = 64
const usualChunkBytes = 128
const chunkLimitBytes = 1_000_000
const extended = 0xff_ffff
const headBytes = [11, 7, 3, 0] as const

interface Channel {
  type: number
  length: number
  streamId: number
  clock: number
  /** Of the last head: a time of its own after a full head, else the step from message to message. */
  field: number
  isExtended: boolean
  parts: Buffer[]
  have: number
}

export class ChunkReader {
  chunkBytes = usualChunkBytes
  #rest: Buffer = Buffer.alloc(0)
  readonly #channels = new Map<number, Channel>()

  /** @throws RtmpBroken */
  setChunkBytes(bytes: number): void {
    if (bytes < 1 || bytes > chunkLimitBytes) throw new RtmpBroken('a chunk size out of bounds')
    this.chunkBytes = bytes
  }

  /** One at a time: a message may change how the next is read. @throws RtmpBroken */
  *push(chunk: Buffer): Generator<RtmpMessage> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (let used = this.#chunk(); used !== null; used = this.#chunk()) {
      this.#rest = this.#rest.subarray(used.bytes)
      if (used.message !== null) yield used.message
    }
    this.#rest = Buffer.from(this.#rest)
  }

  /** null = more is needed. */
  #chunk(): { bytes: number; message: RtmpMessage | null } | null {
    const head = this.#head()
    if (head === null) return null
    const { form, id, at } = head
    const need = headBytes[form]!
    if (this.#rest.length < at + need) return null
    const known = this.#channels.get(id)
    if (known === undefined && form !== 0 && form !== 1) throw new RtmpBroken('a channel that nobody opened')
    const field = form === 3 ? known!.field : this.#rest.readUIntBE(at, 3)
    const isExtended = form === 3 ? known!.isExtended : field === extended
    const bodyAt = at + need + (isExtended ? 4 : 0)
    const isFirst = (known?.have ?? 0) === 0
    const length = form <= 1 ? this.#rest.readUIntBE(at + 3, 3) : known!.length
    if (length > messageLimitBytes) throw new RtmpBroken('a message larger than any picture')
    const want = Math.min(this.chunkBytes, length - (known?.have ?? 0))
    if (want < 0) throw new RtmpBroken('a head within a message')
    if (this.#rest.length < bodyAt + want) return null
    const channel = known ?? this.#open(id)
    if (isFirst) {
      channel.length = length
      if (form <= 1) channel.type = this.#rest.readUInt8(at + 6)
      if (form === 0) channel.streamId = this.#rest.readUInt32LE(at + 7)
      channel.field = isExtended ? this.#rest.readUInt32BE(at + need) : field
      channel.isExtended = isExtended
      channel.clock = form === 0 ? channel.field : channel.clock + channel.field
    }
    channel.parts.push(Buffer.from(this.#rest.subarray(bodyAt, bodyAt + want)))
    channel.have += want
    return { bytes: bodyAt + want, message: channel.have < channel.length ? null : finished(channel) }
  }

  #head(): { form: number; id: number; at: number } | null {
    const bytes = this.#rest
    if (bytes.length < 3) return null
    const [form, id] = [bytes[0]! >> 6, bytes[0]! & 0x3f]
    if (id === 0) return { form, id: 64 + bytes[1]!, at: 2 }
    if (id === 1) return { form, id: 64 + bytes[1]! + bytes[2]! * 256, at: 3 }
    return { form, id, at: 1 }
  }

  #open(id: number): Channel {
    if (this.#channels.size >= channelLimit) throw new RtmpBroken('too many channels')
    const channel: Channel = { type: 0, length: 0, streamId: 0, clock: 0, field: 0, isExtended: false, parts: [], have: 0 }
    this.#channels.set(id, channel)
    return channel
  }
}

function finished(channel: Channel): RtmpMessage {
  const payload = Buffer.concat(channel.parts)
  channel.parts = []
  channel.have = 0
  return { type: channel.type, timestampMs: channel.clock >>> 0, streamId: channel.streamId, payload }
}

/** In chunks of `chunkBytes`, on one channel. */
export function writeMessage(
  { type, streamId, payload, timestampMs }: RtmpMessage,
  { channel, chunkBytes }: { channel: number; chunkBytes: number },
): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(channel, 0)
  head.writeUIntBE(Math.min(timestampMs, extended - 1), 1, 3)
  head.writeUIntBE(payload.length, 4, 3)
  head.writeUInt8(type, 7)
  head.writeUInt32LE(streamId, 8)
  const parts = [head, payload.subarray(0, chunkBytes)]
  for (let at = chunkBytes; at < payload.length; at += chunkBytes) parts.push(Buffer.from([0xc0 | channel]), payload.subarray(at, at + chunkBytes))
  return Buffer.concat(parts)
}
