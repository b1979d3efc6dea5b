// How the station stands: versions, uptime, store, journal, disk, backups, imports under way; the centre's settings.
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupFile, CentreSettings, type EpochMs, type Health, type StationDetails, type StationHealth } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import type { LogState } from '../../kernel/log.ts'
import { changedOf, mustHaveSeen } from '../../kernel/unseen.ts'
import type { Journal } from '../../journal/types.ts'
import type { Reads, Store } from '../../store/types.ts'

export interface StoreInfo {
  sqlite: string
  schema: number
  bytes: number
}

export interface StationOptions {
  store: Store & { info(): Promise<StoreInfo>; health(): Health[]; acknowledgeRestored(): Promise<void> }
  journal: Journal
  directory: string
  version: string
  lowDiskBytes: number
  logState: LogState
  /** What other rooms say of themselves (link, layers, SFU …), asked at each look. */
  sources: (() => Health[] | Promise<Health[]>)[]
}

/** Folders of the data directory in which whole copies of the database lie. */
const backupFolders = ['backups', 'copies']
const severity: Record<Health['state'], number> = { down: 0, degraded: 1, unknown: 2, ok: 3 }

export class StationService {
  readonly #options: StationOptions
  readonly #startedAt: EpochMs = Date.now()
  /** Since when each subject stands as it does. */
  readonly #since = new Map<string, { state: Health['state']; reason: string; since: EpochMs }>()

  constructor(options: StationOptions) {
    this.#options = options
  }

  async health(): Promise<StationHealth> {
    const { store, journal, version } = this.#options
    const [info, length, conflicts, freeDiskBytes] = await Promise.all([store.info(), journal.length(), this.#conflictCount(), this.#freeDisk()])
    const health = [...store.health(), ...(await this.#own({ conflicts, freeDiskBytes })), ...(await this.#others())].map((one) => this.#dated(one))
    health.sort((a, b) => severity[a.state] - severity[b.state])
    const storeState = health.find((one) => one.subject === 'store')?.state ?? 'unknown'
    return {
      versions: { wanglou: version, node: process.version, sqlite: info.sqlite, schema: info.schema },
      uptimeMs: Date.now() - this.#startedAt,
      startedAt: this.#startedAt,
      station: journal.station,
      store: { state: storeState, bytes: info.bytes },
      journal: { length, conflicts },
      freeDiskBytes,
      rssBytes: process.memoryUsage.rss(),
      health,
    }
  }

  async details(): Promise<StationDetails> {
    const { directory, journal } = this.#options
    return {
      ...(await this.health()),
      dataDirectory: directory,
      backups: await this.#backups(),
      bulkImports: journal
        .bulkProgress()
        .filter((one) => !one.isDone)
        .map(({ dataset, rowsTotal, rowsDone }) => ({ dataset, rowsTotal, rowsDone })),
    }
  }

  async settings(from: Reads = this.#options.store): Promise<CentreSettings> {
    const rows = await from.all<{ name: string; value: string }>('SELECT name, value FROM settings WHERE _deleted = 0')
    return CentreSettings.parse(Object.fromEntries(rows.map((row) => [row.name, JSON.parse(row.value)])))
  }

  /** @param options.seen what the form had shown; null = nothing @throws WanglouError CONFLICT {field} when another changed it since */
  async setSettings(options: { set: Partial<CentreSettings>; seen: Partial<CentreSettings> | null; actor: string }): Promise<CentreSettings> {
    const { seen, actor } = options
    const set = changedOf(options.set, seen)
    const rows = Object.entries(set).map(([name, value]) => ({ dataset: 'settings', row: settingId(name), set: { name, value } }))
    const [first] = rows
    if (first !== undefined) {
      await this.#options.journal.write({
        actor,
        action: 'station.settings',
        subject: { dataset: 'settings', row: first.row },
        rows,
        check: async (tx) => void (seen !== null && mustHaveSeen(await this.settings(tx), { set, seen })),
      })
    }
    return this.settings()
  }

  /** Somebody has read that the database was restored: it is said no more, and stands in the journal. */
  async acknowledgeRestored(actor: string): Promise<void> {
    const { store, journal } = this.#options
    await journal.write({ actor, action: 'station.acknowledgeRestored', subject: { dataset: 'settings', row: settingId('restored') }, rows: [] })
    await store.acknowledgeRestored()
  }

  async #own(options: { conflicts: number; freeDiskBytes: number | null }): Promise<Health[]> {
    const now = Date.now()
    const { journal, lowDiskBytes, logState } = this.#options
    const ok = (subject: string, reason: string, params: Health['params'] = {}): Health => ({
      subject,
      state: 'ok',
      since: now,
      lastEvidenceAt: now,
      reason,
      params,
      nextStep: null,
      capability: null,
    })
    const free = options.freeDiskBytes
    const disk: Health =
      free === null
        ? { ...ok('disk', 'disk.unknown'), state: 'unknown', lastEvidenceAt: null }
        : free < lowDiskBytes
          ? { ...ok('disk', 'disk.low', { freeBytes: free }), state: 'degraded', nextStep: 'disk.low.next', capability: 'attachments' }
          : ok('disk', 'disk.ok', { freeBytes: free })
    const conflicts: Health =
      options.conflicts === 0
        ? ok('journal', 'journal.ok')
        : { ...ok('journal', 'journal.conflicts', { count: options.conflicts }), state: 'degraded', nextStep: 'journal.conflicts.next' }
    const waiting = journal.bulkProgress().filter((one) => !one.isDone)
    const imports: Health[] = waiting.map((one) => ({
      ...ok(`import:${one.dataset}`, 'import.running', { dataset: one.dataset, rowsDone: one.rowsDone, rowsTotal: one.rowsTotal }),
      state: 'degraded',
      capability: one.dataset,
    }))
    const log: Health[] =
      logState.lost === 0 ? [] : [{ ...ok('log', 'log.lost', { count: logState.lost }), state: 'degraded', nextStep: 'log.lost.next' }]
    return [disk, conflicts, ...imports, ...log]
  }

  async #others(): Promise<Health[]> {
    return (await Promise.all(this.#options.sources.map(async (source) => source()))).flat()
  }

  /** A state that stands keeps the time it began. */
  #dated(health: Health): Health {
    const known = this.#since.get(health.subject)
    if (known !== undefined && known.state === health.state && known.reason === health.reason) return { ...health, since: known.since }
    this.#since.set(health.subject, { state: health.state, reason: health.reason, since: health.since })
    return health
  }

  async #conflictCount(): Promise<number> {
    return (await this.#options.journal.conflicts()).length
  }

  async #freeDisk(): Promise<number | null> {
    const disk = await statfs(this.#options.directory).catch(() => null)
    return disk === null ? null : disk.bavail * disk.bsize
  }

  async #backups(): Promise<BackupFile[]> {
    const found: BackupFile[] = []
    for (const folder of backupFolders) {
      const path = join(this.#options.directory, folder)
      for (const name of await readdir(path).catch(() => [])) {
        const info = await stat(join(path, name)).catch(() => null)
        if (info?.isFile() === true) found.push({ name: `${folder}/${name}`, size: info.size, at: Math.round(info.mtimeMs) })
      }
    }
    return found.sort((a, b) => b.at - a.at)
  }
}

/** A setting is the same row on every console. */
function settingId(name: string): string {
  return importedId('settings', 'centre', name)
}
