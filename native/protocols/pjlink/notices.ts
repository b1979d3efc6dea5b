// PJLink class 2 over UDP: who is there (SRCH → ACKN), and what devices say unasked (LKUP, POWR, INPT, ERST). Nothing is answered to a notice.
import { createSocket, type Socket } from 'node:dgram'
import { type Reading, ReadingMaker } from '../display/driver.ts'
import { faultWords, pjlinkPort, powerWords, readLine, searchBytes } from './codec.ts'

export interface PjlinkFound {
  host: string
  /** As the device gives it, lower case. */
  mac: string
}

const mac = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i
/** A network full of them, or somebody who makes them up. */
const mostFound = 500

/** Calls into the network and gathers who answers. @param options.port the devices' */
export async function searchPjlink(options: { broadcast: string; port?: number; waitMs: number }): Promise<PjlinkFound[]> {
  const found = new Map<string, PjlinkFound>()
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = createSocket('udp4')
  const timer = setTimeout(resolve, options.waitMs)
  socket.on('error', () => resolve())
  socket.on('message', (bytes, { address }) => {
    const line = readLine(text(bytes))
    if (line.kind === 'answer' && line.body === 'ACKN' && mac.test(line.parameter) && found.size < mostFound)
      found.set(address, { host: address, mac: line.parameter.toLowerCase() })
  })
  socket.bind(0, () => {
    socket.setBroadcast(true)
    socket.send(searchBytes, options.port ?? pjlinkPort, options.broadcast, (error) => error && resolve())
  })
  await promise
  clearTimeout(timer)
  socket.close()
  return [...found.values()]
}

/** @returns null for what is no notice */
export function readNotice(bytes: Buffer): Reading | null {
  const line = readLine(text(bytes))
  if (line.kind !== 'answer' || line.class !== 2) return null
  const { body, parameter } = line
  const made = new ReadingMaker()
  const said = `${body}=${parameter}`
  if (body === 'POWR') made.set('power', powerWords[parameter] ?? null, said)
  else if (body === 'INPT') made.set('input', /^[1-6][1-9A-Z]$/i.test(parameter) ? parameter.toUpperCase() : null, said)
  else if (body === 'ERST') made.set('faults', faultWords(parameter), said)
  else if (body !== 'LKUP' || !mac.test(parameter)) return null
  return made
}

/** Hears what devices say unasked, by the address they say it from. */
export class PjlinkNotices {
  #socket: Socket | null = null
  readonly #onNotice: (host: string, reading: Reading) => void

  constructor(onNotice: (host: string, reading: Reading) => void) {
    this.#onNotice = onNotice
  }

  /** @returns the port, or null when another program on this machine hears it already */
  listen(port: number = pjlinkPort, host?: string): Promise<number | null> {
    const { promise, resolve } = Promise.withResolvers<number | null>()
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    socket.once('error', () => {
      socket.close()
      resolve(null)
    })
    socket.on('message', (bytes, { address }) => {
      const reading = readNotice(bytes)
      if (reading !== null) this.#onNotice(address, reading)
    })
    socket.bind(port, host, () => {
      socket.removeAllListeners('error')
      socket.on('error', () => undefined)
      this.#socket = socket
      resolve(socket.address().port)
    })
    return promise
  }

  close(): void {
    this.#socket?.close()
    this.#socket = null
  }
}

function text(bytes: Buffer): string {
  return bytes.subarray(0, 200).toString('latin1').replaceAll('\0', '')
}
