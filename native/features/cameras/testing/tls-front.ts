// A device behind TLS, as the field has them: its certificate can be exchanged, and all that was said to it after the handshake is heard.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import type { Pair } from '../../../media/testing/certificates.ts'

export interface TlsFront {
  port: number
  /** On connections that were opened since the last `show`. */
  heard(): string
  /** The next connection sees this one. */
  show(pair: Pair): void
  close(): Promise<void>
}

/** @param port of the device, on the loopback */
export async function openTlsFront(pair: Pair, port: number): Promise<TlsFront> {
  let heard = { words: '' }
  const open = new Set<TLSSocket>()
  const server = createServer(pair, (near) => {
    open.add(near)
    const mine = heard
    near.on('data', (bytes) => (mine.words += bytes.toString('latin1')))
    const far = connect({ port, host: '127.0.0.1' })
    near.on('error', () => far.destroy()).on('close', () => open.delete(near))
    near.pipe(far)
    far.on('error', () => near.destroy()).pipe(near)
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard.words,
    show(other) {
      heard = { words: '' }
      server.setSecureContext(other)
    },
    close: async () => {
      for (const near of open) near.destroy()
      server.close()
    },
  }
}
