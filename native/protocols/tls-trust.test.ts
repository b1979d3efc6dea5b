// How a certificate is judged: by the system first, then by the one fingerprint that is trusted at that host and port; and an end that does not shake hands is named for that.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StreamError } from '../contract/index.ts'
import { type Certificates, hasOpenssl, makeCertificates, opensslMissing, type Pair } from '../media/testing/certificates.ts'
import { type CertificateTrust, openTls } from './tls-trust.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
})

async function listen(server: Server): Promise<number> {
  servers.push(server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined))))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

const serve = (pair: Pair) => listen(createServer(pair).on('tlsClientError', () => undefined))
const open = (address: string, trust: CertificateTrust | null = null, signal?: AbortSignal) =>
  openTls({ url: new URL(address), trust, timeoutMs: 500, signal }).then((socket) => {
    socket.destroy()
    return null
  })
const faultOf = (opened: Promise<null>) =>
  opened.catch((error: unknown) => {
    if (error instanceof StreamError) return error.fault
    throw error
  })

test('nobody there, one that is silent, one that is not wanted any more: each as that, and nothing is left open', async () => {
  expect(await faultOf(open('rtsps://127.0.0.1:1/x'))).toMatchObject({ code: 'port-closed', params: { usual: 322 } })
  const silent = await listen(createTcpServer((socket) => socket.resume()))
  expect(await faultOf(open(`https://127.0.0.1:${silent}/`))).toEqual({ code: 'connect-timeout', params: { seconds: 1 } })
  const plain = await listen(createTcpServer((socket) => socket.resume().end('RTSP/1.0 400 No\r\n\r\n')))
  expect(await faultOf(open(`rtsps://127.0.0.1:${plain}/`))).toMatchObject({ code: 'not-the-protocol' })
  expect(await faultOf(open(`https://127.0.0.1:${silent}/`, null, AbortSignal.abort()))).toMatchObject({ code: 'connection-lost' })
  await expect.poll(() => [...sockets].every(({ readableEnded, destroyed }) => readableEnded || destroyed)).toBe(true)
})

describe.skipIf(!hasOpenssl)(`certificates${hasOpenssl ? '' : `: skipped, ${opensslMissing}`}`, () => {
  const system = getCACertificates()
  let made: Certificates
  beforeAll(async () => {
    made = await makeCertificates('摄像机\u202e\u0007 一号')
  })
  afterAll(() => setDefaultCACertificates(system))

  test('the system is asked first, and why it refuses is said in a word of ours', async () => {
    const [good, expired] = [await serve(made.good), await serve(made.expired)]
    expect(await faultOf(open(`https://127.0.0.1:${good}/`))).toMatchObject({ code: 'certificate', params: { reason: 'unknown-issuer' } })
    setDefaultCACertificates([...system, made.authority.cert])
    const never: CertificateTrust = () => Promise.reject(new Error('nobody asks'))
    expect(await open(`https://127.0.0.1:${good}/`, never)).toBeNull()
    expect(await faultOf(open(`https://localhost:${good}/`))).toMatchObject({ params: { reason: 'wrong-name', host: 'localhost' } })
    expect(await faultOf(open(`https://127.0.0.1:${expired}/`))).toMatchObject({ params: { reason: 'expired', issuer: '摄像机 一号' } })
    setDefaultCACertificates(system)
  })

  test('trust is asked for by host and port, in one spelling, and holds for that fingerprint alone', async () => {
    const port = await serve(made.authority)
    const { fingerprint256 } = new X509Certificate(made.authority.cert)
    const asked: [string, number][] = []
    const trusting = (fingerprint: string | null): CertificateTrust => {
      return (host, at) => {
        asked.push([host, at])
        return Promise.resolve(fingerprint)
      }
    }
    const shown = { host: 'localhost', port, fingerprint: fingerprint256, subject: '摄像机 一号', reason: 'self-signed' }
    const address = `rtsps://LocalHost:${port}/live`
    expect(await open(address, trusting(fingerprint256))).toBeNull()
    expect(await faultOf(open(address, trusting(null)))).toMatchObject({ code: 'certificate', params: shown })
    const other = fingerprint256.replace(/^../, fingerprint256.startsWith('00') ? 'FF' : '00')
    expect(await faultOf(open(address, trusting(other)))).toMatchObject({ code: 'certificate-changed', params: { ...shown, trusted: other } })
    expect(new Set(asked.map(String))).toEqual(new Set([`localhost,${port}`]))
  })
})
