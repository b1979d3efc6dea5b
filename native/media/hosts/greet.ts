// The first words on a line between two stations: both prove their keys, then a talk begins. A station nobody knows hears NOT_FOUND, as if nothing were here.
import type { WebSocket } from 'ws'
import { isProven, Opening, proofBytes, type Hello, type Seal, type Side } from './seal.ts'

export interface Identity {
  station: string
  sign: (bytes: Uint8Array) => Buffer
  /** Ed25519, SPKI, base64; null = nobody we believe has vouched for it. */
  keyOf: (station: string) => string | null
}

export interface Greeted {
  station: string
  seal: Seal
}

/** Close code for whoever is not known. */
export const notKnown = 4004
const patienceMs = 5_000

/** @throws Error when the other is not known, does not prove itself, or says nothing in time; the socket is closed then */
export async function greet(socket: WebSocket, { side, identity }: { side: Side; identity: Identity }): Promise<Greeted> {
  const inbox = new Inbox(socket)
  try {
    return await (side === 'caller' ? call(socket, inbox, identity) : answer(socket, inbox, identity))
  } catch (error) {
    socket.close(notKnown, 'NOT_FOUND')
    throw error
  } finally {
    inbox.end()
  }
}

async function call(socket: WebSocket, inbox: Inbox, identity: Identity): Promise<Greeted> {
  const opening = new Opening(identity.station)
  socket.send(JSON.stringify(opening.hello))
  const { hello: theirs, proof } = await inbox.next()
  const hellos = { caller: opening.hello, called: theirs }
  mustBeProven(identity, theirs.station, { proof, bytes: proofBytes({ side: 'called', ...hellos }) })
  socket.send(JSON.stringify({ ...opening.hello, proof: identity.sign(proofBytes({ side: 'caller', ...hellos })).toString('base64') }))
  return { station: theirs.station, seal: opening.seal({ side: 'caller', theirs }) }
}

async function answer(socket: WebSocket, inbox: Inbox, identity: Identity): Promise<Greeted> {
  const { hello: theirs } = await inbox.next()
  // Not a word about us to somebody unknown.
  if (identity.keyOf(theirs.station) === null) throw new Error(`station ${theirs.station} is not known`)
  const opening = new Opening(identity.station)
  const hellos = { caller: theirs, called: opening.hello }
  socket.send(JSON.stringify({ ...opening.hello, proof: identity.sign(proofBytes({ side: 'called', ...hellos })).toString('base64') }))
  const { proof } = await inbox.next()
  mustBeProven(identity, theirs.station, { proof, bytes: proofBytes({ side: 'caller', ...hellos }) })
  return { station: theirs.station, seal: opening.seal({ side: 'called', theirs }) }
}

function mustBeProven(identity: Identity, station: string, { proof, bytes }: { proof: string; bytes: Buffer }): void {
  const publicKey = identity.keyOf(station)
  if (publicKey === null || station === identity.station || !isProven({ publicKey, proof, bytes })) throw new Error(`station ${station} is not known`)
}

interface Word {
  hello: Hello
  proof: string
}

/** Messages one after the other, none lost between two looks. */
class Inbox {
  readonly #socket: WebSocket
  readonly #words: Word[] = []
  #waiting: ((word: Word | null) => void) | null = null
  #isOver = false

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', this.#hear)
    socket.on('close', this.#over)
  }

  end(): void {
    this.#socket.off('message', this.#hear)
    this.#socket.off('close', this.#over)
  }

  async next(): Promise<Word> {
    const word = this.#words.shift()
    if (word !== undefined) return word
    if (this.#isOver) throw new Error('the line was closed')
    const { promise, resolve } = Promise.withResolvers<Word | null>()
    this.#waiting = resolve
    const timer = setTimeout(() => resolve(null), patienceMs)
    const come = await promise.finally(() => clearTimeout(timer))
    if (come === null) throw new Error('nothing came that was a greeting')
    return come
  }

  readonly #hear = (data: Buffer): void => {
    const word = wordOf(data)
    if (word === null) return this.#over()
    if (this.#waiting === null) this.#words.push(word)
    else this.#waiting(word)
    this.#waiting = null
  }

  readonly #over = (): void => {
    this.#isOver = true
    this.#waiting?.(null)
  }
}

function wordOf(data: Buffer): Word | null {
  if (data.byteLength > 2_000) return null
  try {
    const { station, key, proof = '' } = JSON.parse(data.toString('utf8')) as Record<string, unknown>
    if (typeof station !== 'string' || typeof key !== 'string' || typeof proof !== 'string' || station.length > 80) return null
    return { hello: { station, key }, proof }
  } catch {
    // Not one of ours; it is told nothing.
    return null
  }
}
