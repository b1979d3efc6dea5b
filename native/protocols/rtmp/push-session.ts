// One device that pushes its stream to us by RTMP: handshake, connect, publish under a key, then pictures. Nothing can be fetched here.
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { flvAudio, flvScript, type FlvTag, flvVideo } from '../flv/codec.ts'
import { type AmfValue, readAmf, writeAmf } from './amf.ts'
import { ChunkReader, RtmpBroken, type RtmpMessage, writeMessage } from './chunks.ts'

export interface PushSessionOptions {
  socket: Socket
  /** Whether this key may push; asked once. */
  onPublish: (key: string) => Promise<boolean>
  onTag: (tag: FlvTag) => void
  onEnd: () => void
}

const handshakeBytes = 1_536
const windowBytes = 2_500_000
const ourChunkBytes = 4_096
/** Until it publishes. */
const strangerMs = 10_000
const silentMs = 30_000
/** Whoever guesses keys waits. */
const refusalMs = 1_000
const kinds = { setChunk: 1, acknowledge: 3, window: 5, bandwidth: 6, commandAmf3: 17, command: 20 }
const dataFrame = writeAmf('@setDataFrame')

export class PushSession {
  readonly #options: PushSessionOptions
  readonly #reader = new ChunkReader()
  #handshake: Buffer | null = Buffer.alloc(0)
  #received = 0
  #acknowledged = 0
  #state: 'stranger' | 'asking' | 'publishing' = 'stranger'
  #isOver = false

  constructor(options: PushSessionOptions) {
    this.#options = options
    const { socket } = options
    socket.setTimeout(strangerMs, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => this.#finish())
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#take(chunk)
      } catch (error) {
        if (!(error instanceof RtmpBroken)) throw error
        socket.destroy()
      }
    })
  }

  close(): void {
    this.#options.socket.destroy()
    this.#finish()
  }

  #finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#options.onEnd()
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return
    this.#received += chunk.length
    const rest = this.#handshake === null ? chunk : this.#greet(Buffer.concat([this.#handshake, chunk]))
    if (rest !== null) for (const message of this.#reader.push(rest)) this.#hear(message)
    if (this.#received - this.#acknowledged > windowBytes / 2) {
      this.#acknowledged = this.#received
      this.#tell(kinds.acknowledge, number32(this.#received))
    }
  }

  /** C0 and C1 are answered at once; C2 only echoes ours. @returns what comes after it */
  #greet(bytes: Buffer): Buffer | null {
    if (bytes.length > 0 && bytes[0] !== 3) throw new RtmpBroken('not RTMP')
    const wasAnswered = (this.#handshake?.length ?? 0) > handshakeBytes
    if (!wasAnswered && bytes.length > handshakeBytes) {
      const own = Buffer.concat([Buffer.alloc(8), randomBytes(handshakeBytes - 8)])
      this.#options.socket.write(Buffer.concat([Buffer.from([3]), own, bytes.subarray(1, 1 + handshakeBytes)]))
    }
    const end = 1 + 2 * handshakeBytes
    if (bytes.length < end) {
      this.#handshake = bytes
      return null
    }
    this.#handshake = null
    return bytes.subarray(end)
  }

  #hear({ type, timestampMs, payload }: RtmpMessage): void {
    if (type === kinds.setChunk && payload.length >= 4) return this.#reader.setChunkBytes(payload.readUInt32BE(0) & 0x7fff_ffff)
    if (type === kinds.command) return this.#command(readAmf(payload))
    if (type === kinds.commandAmf3) return this.#command(readAmf(payload.subarray(1)))
    if (this.#state !== 'publishing' || (type !== flvAudio && type !== flvVideo && type !== flvScript)) return
    const data = type === flvScript && payload.subarray(0, dataFrame.length).equals(dataFrame) ? payload.subarray(dataFrame.length) : payload
    if (data.length > 0) this.#options.onTag({ type, timestampMs, data })
  }

  #command([name, transaction, , ...words]: AmfValue[]): void {
    const id = typeof transaction === 'number' ? transaction : 0
    if (name === 'connect') {
      this.#tell(kinds.window, number32(windowBytes))
      this.#tell(kinds.bandwidth, Buffer.concat([number32(windowBytes), Buffer.from([2])]))
      this.#tell(kinds.setChunk, number32(ourChunkBytes))
      return this.#answer('_result', id, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, status('status', 'NetConnection.Connect.Success'))
    }
    if (name === 'createStream') return this.#answer('_result', id, null, 1)
    if (name === 'publish') return void this.#publish(String(words[0] ?? ''))
    if (name === 'deleteStream' || name === 'FCUnpublish') return this.close()
    // Whoever wants to play is at the wrong door.
    if (name === 'play') this.close()
  }

  async #publish(name: string): Promise<void> {
    if (this.#state !== 'stranger') return
    this.#state = 'asking'
    const { socket, onPublish } = this.#options
    const isWelcome = await onPublish(name.split('?')[0] ?? '')
    if (this.#isOver) return
    if (!isWelcome) {
      this.#answer('onStatus', 0, null, status('error', 'NetStream.Publish.BadName'))
      return void setTimeout(() => this.close(), refusalMs)
    }
    this.#state = 'publishing'
    socket.setTimeout(silentMs)
    this.#answer('onStatus', 0, null, status('status', 'NetStream.Publish.Start'))
  }

  #answer(...values: AmfValue[]): void {
    this.#tell(kinds.command, writeAmf(...values), values[0] === 'onStatus' ? 1 : 0)
  }

  #tell(type: number, payload: Buffer, streamId = 0): void {
    const chunkBytes = type === kinds.command ? ourChunkBytes : 128
    this.#options.socket.write(writeMessage({ type, timestampMs: 0, streamId, payload }, { channel: type === kinds.command ? 3 : 2, chunkBytes }))
  }
}

function status(level: string, code: string): AmfValue {
  return { level, code, description: code }
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
