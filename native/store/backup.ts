// Copies by the clock: one an hour, one a night that is kept longer, and SQLite's full check each night.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs, Health } from '../contract/index.ts'
import { copyDatabase, copyFolders, faultsOf, listCopies, stamp } from './copy.ts'
import { suspect } from './restore.ts'
import { storeError } from './sqlite-errors.ts'

const hourMs = 60 * 60 * 1_000
const dayMs = 24 * hourMs
const tickMs = 60_000
/** How many of each kind are kept. */
const kept = { hourly: 6, nightly: 14 } as const
type Kind = keyof typeof kept

export interface BackupsOptions {
  directory: string
  /** The database file. */
  path: string
  now?: () => EpochMs
  /** Hour of the day, in the machine's own time, when the nightly copy and check are due. */
  nightHour?: number
}

export class Backups {
  readonly #directory: string
  readonly #path: string
  readonly #now: () => EpochMs
  readonly #nightHour: number
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()
  #checkedAt: EpochMs | null = null
  #faults: string[] = []
  #failure: { code: string; at: EpochMs } | null = null
  #lastAt: EpochMs | null = null

  constructor(options: BackupsOptions) {
    this.#directory = options.directory
    this.#path = options.path
    this.#now = options.now ?? Date.now
    this.#nightHour = options.nightHour ?? 3
  }

  async start(): Promise<void> {
    this.#lastAt = (await this.#ofKind('hourly'))[0]?.at ?? null
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.tick())
    }, tickMs).unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#running
  }

  /** Does what is due: called every minute. */
  async tick(): Promise<void> {
    try {
      if (await this.#isDue('nightly')) {
        await this.check()
        if (this.#faults.length === 0) await this.copy('nightly')
      } else if (this.#faults.length === 0 && (await this.#isDue('hourly'))) await this.copy('hourly')
      this.#failure = null
    } catch (error) {
      const told = storeError(error, this.#directory) as { code?: string }
      this.#failure = { code: told.code ?? 'INTERNAL', at: this.#now() }
    }
  }

  /** Makes a copy now and drops the oldest beyond what is kept. @returns its name */
  async copy(kind: Kind): Promise<string> {
    const name = `${kind}-${stamp(this.#now())}.db`
    await copyDatabase(this.#path, join(this.#directory, copyFolders.backups, name))
    this.#lastAt = this.#now()
    for (const old of (await this.#ofKind(kind)).slice(kept[kind])) await rm(old.path)
    return name
  }

  /** SQLite's full check of the database in use. A fault asks for the restore at the next start. */
  async check(): Promise<string[]> {
    this.#faults = await faultsOf(this.#path, 'integrity_check')
    this.#checkedAt = this.#now()
    if (this.#faults.length > 0) await suspect(this.#directory)
    return this.#faults
  }

  health(): Health[] {
    const now = this.#now()
    const base = { subject: 'backup', since: now, capability: null }
    if (this.#faults.length > 0) {
      const params = { faults: this.#faults.length }
      return [
        {
          ...base,
          subject: 'store',
          state: 'down',
          lastEvidenceAt: this.#checkedAt,
          reason: 'store.corrupt',
          params,
          nextStep: 'store.corrupt.next',
        },
      ]
    }
    if (this.#failure !== null) {
      const params = { error: this.#failure.code }
      return [
        {
          ...base,
          state: 'degraded',
          since: this.#failure.at,
          lastEvidenceAt: this.#lastAt,
          reason: 'backup.failed',
          params,
          nextStep: 'backup.failed.next',
        },
      ]
    }
    return [
      {
        ...base,
        state: 'ok',
        lastEvidenceAt: this.#lastAt,
        reason: 'backup.ok',
        params: { copiedAt: this.#lastAt, checkedAt: this.#checkedAt },
        nextStep: null,
      },
    ]
  }

  async #isDue(kind: Kind): Promise<boolean> {
    const last = (await this.#ofKind(kind))[0]?.at ?? null
    const now = this.#now()
    if (kind === 'hourly') return last === null || now - last >= hourMs || last > now + hourMs
    const isNight = new Date(now).getHours() === this.#nightHour
    return last === null ? isNight : now - last >= dayMs || (isNight && now - last >= dayMs / 2)
  }

  async #ofKind(kind: Kind) {
    return (await listCopies(this.#directory)).filter((one) => one.name.startsWith(`${kind}-`))
  }
}
