// Certificates for servers in tests, as cameras in the field have them: an authority's own, and good or expired ones that it signs for 127.0.0.1. By openssl.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
/** For the name of a skipped group. */
export const opensslMissing = 'openssl is not installed'

export interface Pair {
  key: string
  cert: string
}

export interface Certificates {
  authority: Pair
  good: Pair
  expired: Pair
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** @param subject whom the authority names */
export async function makeCertificates(subject = 'test authority'): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-certificates-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder })
  const pair = async (name: string): Promise<Pair> => ({
    key: await readFile(at(`${name}.key`), 'utf8'),
    cert: await readFile(at(`${name}.pem`), 'utf8'),
  })
  try {
    const isAuthority = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'subjectAltName=IP:127.0.0.1']
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-days',
      '2',
      '-utf8',
      '-subj',
      `/CN=${subject}`,
      ...isAuthority,
    )
    await writeFile(at('names'), 'subjectAltName=IP:127.0.0.1')
    for (const [name, days] of Object.entries({ good: '2', expired: '-1' })) {
      openssl('req', '-new', ...newKey, '-keyout', at(`${name}.key`), '-out', at('request'), '-subj', '/CN=camera')
      const signer = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial']
      openssl('x509', '-req', '-in', at('request'), ...signer, '-out', at(`${name}.pem`), '-days', days, '-extfile', at('names'))
    }
    return { authority: await pair('ca'), good: await pair('good'), expired: await pair('expired') }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
