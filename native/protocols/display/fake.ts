// Devices in this process over real sockets, as bad as a test asks: silent, half-spoken, hanging up, lying.
import { createSocket, type Socket as DatagramSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** May be changed while it runs. */
export interface FakeMood {
  /** `drop` hangs up in mid-command; `half` says half an answer and nothing more; `pieces` says all of it, byte after byte. */
  speech: 'plain' | 'silent' | 'garbage' | 'half' | 'drop' | 'pieces'
  /** What becomes of each answer on its way. */
  bend?: (answer: Buffer) => Buffer
  /** Says yes and does nothing. */
  isLying: boolean
  isRefusing: boolean
}

export function wellBehaved(): FakeMood {
  return { speech: 'plain', isLying: false, isRefusing: false }
}

export interface FakeDevice {
  readonly port: number
  /** The serial line that leads to it; left out = there is none. */
  readonly line?: string
  readonly mood: FakeMood
  /** What came, in order. */
  readonly received: Buffer[]
  readonly connections: number
  /** Ends every line, as a device does with whoever said nothing for a while. */
  hangUp(): void
  close(): Promise<void>
}

/** One client's side of a conversation in bytes. */
export interface FakeTalk {
  greeting?: Buffer
  /** @returns what is answered; `end` hangs up after it */
  take(chunk: Buffer): { answer: Buffer; end?: boolean }[]
}

const rubbish = Buffer.from([0x00, 0xaa, 0xff, 0x7f, 0x25, 0x31, 0x0d, 0x78, 0x0a, 0xaa, 0xff, 0x01, 0xf0, 0x3d, 0x0d])

export async function openByteFake(mood: FakeMood, begin: () => FakeTalk): Promise<FakeDevice> {
  const sockets = new Set<Socket>()
  const received: Buffer[] = []
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    const talk = begin()
    if (talk.greeting !== undefined && mood.speech !== 'silent') socket.write(talk.greeting)
    socket.on('data', (chunk: Buffer) => {
      received.push(Buffer.from(chunk))
      for (const { answer, end } of talk.take(chunk)) say(socket, { mood, answer, end })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    mood,
    received,
    get connections() {
      return sockets.size
    },
    hangUp() {
      for (const socket of sockets) socket.end()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      if (server.listening) await once(server, 'close')
    },
  }
}

function say(socket: Socket, { mood, answer, end }: { mood: FakeMood; answer: Buffer; end?: boolean }): void {
  switch (mood.speech) {
    case 'silent':
      return
    case 'garbage':
      return void socket.write(rubbish)
    case 'half':
      return void socket.write(answer.subarray(0, Math.floor(answer.length / 2)))
    case 'drop':
      socket.write(answer.subarray(0, 1), () => socket.destroy())
      return
    case 'pieces':
      void inPieces(socket, answer).then(() => end === true && socket.end())
      return
    case 'plain':
      socket.write(mood.bend?.(answer) ?? answer)
      if (end === true) socket.end()
  }
}

async function inPieces(stream: Writable, answer: Buffer): Promise<void> {
  for (const byte of answer) {
    stream.write(Buffer.of(byte))
    await nextTurn()
  }
}

export async function openDatagramFake(mood: FakeMood, answerTo: (bytes: Buffer) => Buffer | null): Promise<FakeDevice> {
  const socket: DatagramSocket = createSocket('udp4')
  const received: Buffer[] = []
  socket.on('message', (bytes, { address, port }) => {
    received.push(Buffer.from(bytes))
    const answer = answerTo(bytes)
    if (answer === null || mood.speech === 'silent' || mood.speech === 'drop') return
    const half = answer.subarray(0, Math.floor(answer.length / 2))
    socket.send(mood.speech === 'garbage' ? rubbish : mood.speech === 'half' ? half : (mood.bend?.(answer) ?? answer), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    mood,
    received,
    connections: 0,
    hangUp: () => undefined,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

export interface FakeHttpAnswer {
  status: number
  headers?: Record<string, string>
  body: string
}

export async function openHttpFake(mood: FakeMood, answerTo: (request: IncomingMessage, body: string) => FakeHttpAnswer): Promise<FakeDevice> {
  const received: Buffer[] = []
  const server: HttpServer = createHttpServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      received.push(Buffer.concat([Buffer.from(`${request.method} ${request.url} `), body]))
      const { status, headers, body: text } = answerTo(request, body.toString('utf8'))
      if (mood.speech === 'silent') return
      if (mood.speech === 'drop') return void request.socket.destroy()
      if (mood.speech === 'garbage') return void request.socket.end(rubbish)
      const bytes = Buffer.from(text, 'utf8')
      const said = mood.speech === 'plain' ? (mood.bend?.(bytes) ?? bytes) : bytes
      response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(said.length), ...headers })
      if (mood.speech === 'half') response.write(said.subarray(0, Math.floor(said.length / 2)))
      else if (mood.speech === 'pieces') void inPieces(response, said).then(() => response.end())
      else response.end(said)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    mood,
    received,
    connections: 0,
    hangUp: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections()
      server.close()
      if (server.listening) await once(server, 'close')
    },
  }
}
