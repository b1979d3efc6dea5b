// TLS to a device: the certificate is judged before a single byte is said. One that the system does not trust may be trusted by its fingerprint, for one host and port.
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { type PresentedCertificate, StreamError } from '../contract/index.ts'
import { connectFault } from './connect-fault.ts'
import { hostPortOf } from './origin.ts'

/** SHA-256 of the certificate that a person trusts there, as Node writes it (`AB:CD:…`); null = none. */
export type CertificateTrust = (host: string, port: number) => Promise<string | null>

export interface TlsAsked {
  /** Whose host and port are connected to. */
  url: URL
  /** null = what the system trusts, and nothing else. */
  trust: CertificateTrust | null
  /** For connection, handshake and judgement together. */
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/** @throws StreamError certificate · certificate-changed, with what was presented; connect-timeout, and those of `connectFault` */
export async function openTls({ url, trust, timeoutMs, signal }: TlsAsked): Promise<TLSSocket> {
  const { host, port } = hostPortOf(url)
  // Judged below, not by the handshake: only so is it known what an untrusted one says of itself.
  const socket = connect({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), rejectUnauthorized: false })
  const failed = Promise.withResolvers<never>()
  // Also where only the handshake hangs: nothing is said of a certificate that was not seen.
  const timer = setTimeout(() => failed.reject(new StreamError('connect-timeout', { seconds: Math.ceil(timeoutMs / 1000) })), timeoutMs)
  const abort = () => failed.reject(new StreamError('connection-lost'))
  signal?.addEventListener('abort', abort)
  if (signal?.aborted === true) abort()
  // Stays: whoever takes the socket over listens a moment later.
  socket.on('error', (error) => failed.reject(connectFault(error, url)))
  socket.once('close', abort)
  try {
    await Promise.race([failed.promise, new Promise((resolve) => socket.once('secureConnect', resolve))])
    if (!socket.authorized) await Promise.race([failed.promise, judge(socket, { url, trust })])
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    socket.off('close', abort)
    signal?.removeEventListener('abort', abort)
    // Settled, so that what fails from here on is the new owner's to hear.
    failed.promise.catch(() => undefined)
  }
}

/** @throws StreamError certificate · certificate-changed, unless it is the one that is trusted there */
async function judge(socket: TLSSocket, { url, trust }: Pick<TlsAsked, 'url' | 'trust'>): Promise<void> {
  const leaf = socket.getPeerX509Certificate()
  if (leaf === undefined) throw new StreamError('not-the-protocol')
  const { host, port } = hostPortOf(url)
  const presented = presentedBy(leaf, { host, port })
  const trusted = (await trust?.(host, port)) ?? null
  if (trusted === presented.fingerprint) return
  const reason = reasonOf(String(socket.authorizationError), presented)
  if (trusted === null) throw new StreamError('certificate', { ...presented, reason })
  throw new StreamError('certificate-changed', { ...presented, reason, trusted })
}

function presentedBy(leaf: X509Certificate, at: { host: string; port: number }): PresentedCertificate {
  const { subject, issuer } = leaf.toLegacyObject()
  return {
    ...at,
    fingerprint: leaf.fingerprint256,
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: epochOf(leaf.validFrom),
    validUntil: epochOf(leaf.validTo),
  }
}

/** Whoever made the certificate wrote it: one line, nothing that turns the text around, and not long. */
function nameOf(name: Readonly<Partial<Record<string, string | string[]>>>): string {
  const words = [name['CN'], name['OU'], name['O']].flat().filter((word) => word !== undefined && word !== '')
  const line = [...new Set(words)].join(' · ').replace(/[\p{C}\s]+/gu, ' ')
  return line.normalize('NFC').trim().slice(0, 120).toWellFormed()
}

/** A date that cannot be read, or lies before 1970, is long over. */
function epochOf(words: string): number {
  return Math.max(0, Date.parse(words) || 0)
}

/** OpenSSL's and Node's code for it as a word of ours, or as it is. What has run out is said as that, whoever signed it. */
function reasonOf(code: string, { validFrom, validUntil }: PresentedCertificate): string {
  if (Date.now() > validUntil) return 'expired'
  if (Date.now() < validFrom) return 'not-yet'
  if (/SELF_SIGNED/.test(code)) return 'self-signed'
  if (/^ERR_TLS_CERT_ALTNAME/.test(code)) return 'wrong-name'
  return /UNABLE_TO|CERT_UNTRUSTED/.test(code) ? 'unknown-issuer' : code
}
