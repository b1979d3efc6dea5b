// Certificates that a system administrator trusts, each by its fingerprint and for one host and port: given and taken back as acts, asked for at every TLS connection.
import {
  type CertificateListInput,
  type CertificateTrustInput,
  StreamError,
  type StreamFault,
  type TrustedCertificate,
  WanglouError,
} from '../../contract/index.ts'
import type { z } from 'zod'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { hostPortOf } from '../../protocols/origin.ts'
import { type CertificateTrust, openTls } from '../../protocols/tls-trust.ts'
import type { Reads } from '../../store/types.ts'
import type { CamerasRepository } from './cameras.repository.ts'

interface StoredCertificate extends TrustedCertificate {
  device: string | null
}

const dataset = 'cameraCertificates'
const columns = 'id, host, port, fingerprint, subject, issuer, validUntil, device, trustedAt, trustedByName'
const lookMs = 5_000

export class CertificatesService {
  readonly #journal: Journal
  readonly #reads: Reads
  readonly #repository: CamerasRepository

  constructor(options: { journal: Journal; reads: Reads; repository: CamerasRepository }) {
    this.#journal = options.journal
    this.#reads = options.reads
    this.#repository = options.repository
  }

  readonly trust: CertificateTrust = async (host, port) => (await this.#at({ host, port }))[0]?.fingerprint ?? null

  /** Those of the hosts that the addresses name, and those that were met on the way of the device's picture. */
  async list({ device, addresses }: z.infer<typeof CertificateListInput>): Promise<TrustedCertificate[]> {
    const hosts = new Set(addresses.map(hostOf))
    const devices = new Set([device, ...addresses.map(platformIn)].filter((id) => id !== null))
    const rows = await this.#reads.all<StoredCertificate>(`SELECT ${columns} FROM ${dataset} WHERE _deleted = 0 ORDER BY host, port, trustedAt DESC`)
    const newest = rows.filter(({ host, port }, index) => index === 0 || rows[index - 1]!.host !== host || rows[index - 1]!.port !== port)
    return newest.filter((row) => hosts.has(row.host) || devices.has(row.device ?? '')).map(({ device: _device, ...row }) => row)
  }

  /** Shakes hands and says nothing. @returns null = the certificate there is accepted */
  async look(address: string): Promise<StreamFault | null> {
    try {
      const socket = await openTls({ url: new URL(address), trust: this.trust, timeoutMs: lookMs })
      socket.destroy()
      return null
    } catch (error) {
      if (!(error instanceof StreamError)) throw error
      return error.fault
    }
  }

  /** In place of whatever was trusted there. */
  async give({ device: at, certificate }: z.infer<typeof CertificateTrustInput>, by: { account: string; name: string }): Promise<void> {
    const { host, port, fingerprint, subject, issuer, validUntil } = certificate
    const before = await this.#at(certificate)
    if (before[0]?.fingerprint === fingerprint) return
    const camera = at === null ? null : await this.#repository.get(at)
    const device = camera === null ? at : (platformIn(camera.address) ?? at)
    const [row, trustedAt] = [newId(), Date.now()]
    await this.#journal.write({
      actor: by.account,
      action: 'cameras.trustCertificate',
      subject: { dataset, row },
      note: { words: `${host}:${port} ${fingerprint}` },
      rows: [{ dataset, row, set: { host, port, fingerprint, subject, issuer, validUntil, device, trustedAt, trustedByName: by.name } }],
      deletes: before.map(({ id }) => ({ dataset, row: id })),
    })
  }

  /** @throws WanglouError NOT_FOUND */
  async takeBack(id: string, actor: string): Promise<void> {
    const row = await this.#reads.get<StoredCertificate>(`SELECT ${columns} FROM ${dataset} WHERE id = ? AND _deleted = 0`, [id])
    if (row === null) throw new WanglouError('NOT_FOUND', { certificate: id })
    await this.#journal.write({
      actor,
      action: 'cameras.untrustCertificate',
      subject: { dataset, row: id },
      note: { words: `${row.host}:${row.port} ${row.fingerprint}` },
      rows: [],
      // Another console may have trusted one there at the same time.
      deletes: (await this.#at(row)).map((one) => ({ dataset, row: one.id })),
    })
  }

  /** Cameras that meet one of these rows, whichever console wrote it. @param ids null = any row @returns and whether the row's place is trusted now */
  async concerned(ids: readonly string[] | null): Promise<{ camera: string; isTrusted: boolean }[]> {
    const rows = await this.#reads.all<StoredCertificate>(
      `SELECT ${columns} FROM ${dataset} WHERE ? IS NULL OR id IN (SELECT value FROM json_each(?))`,
      [ids === null ? null : 1, JSON.stringify(ids ?? [])],
    )
    const [cameras, platforms] = await Promise.all([this.#repository.list(), this.#repository.platforms()])
    const found = await Promise.all(
      rows.map(async (row) => {
        const isTrusted = (await this.#at(row)).length > 0
        const behind = new Set(platforms.filter(({ id, address }) => id === row.device || hostOf(address) === row.host).map(({ id }) => id))
        const isConcerned = ({ id, address, subAddress }: (typeof cameras)[number]) =>
          id === row.device || [address, subAddress].some((one) => one !== null && (hostOf(one) === row.host || behind.has(platformIn(one) ?? '')))
        return cameras.filter(isConcerned).map(({ id }) => ({ camera: id, isTrusted }))
      }),
    )
    return found.flat()
  }

  /** Newest first. */
  #at({ host, port }: { host: string; port: number }): Promise<StoredCertificate[]> {
    return this.#reads.all(`SELECT ${columns} FROM ${dataset} WHERE host = ? AND port = ? AND _deleted = 0 ORDER BY trustedAt DESC, id`, [host, port])
  }
}

function hostOf(address: string): string | null {
  return /^\w+:\/\//.test(address) && URL.canParse(address) ? hostPortOf(new URL(address)).host : null
}

/** The platform that stands between. */
function platformIn(address: string): string | null {
  return /^gb28181:([^/]+)/i.exec(address)?.[1] ?? null
}
