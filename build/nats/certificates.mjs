// A centre's own certificate authority and what it signs, made once with openssl. Node 20.19 runs it.
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { onPath } from '../programs.mjs'
import { run } from '../run.mjs'
import { writeSecret } from './secrets.mjs'

/** Days until the authority ends, and what it signs. */
const authorityDays = '7300'
const certificateDays = '1825'
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** @param {string} folder @returns {Promise<boolean>} false when there is neither an authority nor openssl to make one */
export async function ensureAuthority(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [key, certificate] = [join(folder, 'ca-key.pem'), join(folder, 'ca.pem')]
  if (existsSync(certificate)) return true
  if (onPath('openssl') === null) return false
  const name = `/CN=Wanglou link CA ${Date.now().toString(36)}`
  const uses = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign']
  await openssl([
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    key,
    '-out',
    certificate,
    '-days',
    authorityDays,
    '-subj',
    name,
    ...uses.flatMap((use) => ['-addext', use]),
  ])
  for (const file of [key, certificate]) chmodSync(file, 0o600)
  return true
}

/**
 * Signs a certificate, once: what exists stays.
 * @param {{ authority: string, key: string, certificate: string, name: string, addresses: string[] }} options `addresses`: host names
 *   and IP addresses of a server; empty = it is a client's
 * @returns {Promise<boolean>} false when it is not there and cannot be made
 */
export async function ensureCertificate({ authority, key, certificate, name, addresses }) {
  if (existsSync(key) && existsSync(certificate)) return true
  if (onPath('openssl') === null || !existsSync(join(authority, 'ca-key.pem'))) return false
  const [request, extensions] = [`${certificate}.csr`, `${certificate}.ext`]
  const names = addresses.map((address) => `${isIP(address) === 0 ? 'DNS' : 'IP'}:${address}`)
  const lines = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature']
  lines.push(`extendedKeyUsage=${names.length > 0 ? 'serverAuth' : 'clientAuth'}`, ...(names.length > 0 ? [`subjectAltName=${names.join(',')}`] : []))
  writeSecret(extensions, `${lines.join('\n')}\n`)
  try {
    await openssl(['req', '-new', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${name}`])
    const signer = ['-CA', join(authority, 'ca.pem'), '-CAkey', join(authority, 'ca-key.pem'), '-CAcreateserial']
    await openssl(['x509', '-req', '-in', request, ...signer, '-out', certificate, '-days', certificateDays, '-sha256', '-extfile', extensions])
  } finally {
    for (const file of [request, extensions]) rmSync(file, { force: true })
  }
  for (const file of [key, certificate]) chmodSync(file, 0o600)
  return true
}

async function openssl(args) {
  const { code, output } = await run('openssl', args, { quiet: true, timeoutMs: 60_000 })
  if (code !== 0) throw new Error(`openssl ${args[0]} 失败：\n${output.slice(-1_000)}`)
}
