// What a power cut would leave: the files as of their last sync, with the writes after it dropped or torn at 512 bytes.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseName } from '../../store/store.ts'
import { openTestStation } from '../../testing/station.ts'
import { boatDatasets, boatMigrations } from './boats.ts'
import { generator } from './crash.ts'
import { type Call, parseTrace, straceArguments } from './strace.ts'

const sector = 512

/** The import that goes in while the acts are written. */
export const powerImport = {
  rows: 2_500,
  columns: ['name', 'crew'],
  *lines(): Generator<Buffer> {
    for (let index = 0; index < this.rows; index += 1) yield Buffer.from(`${JSON.stringify([`k${index}`, `imported ${index}`, index])}\n`)
  },
} as const

export interface PowerReport {
  acknowledged: number
  /** Acknowledgements said while the log held writes of theirs that had not been synced. */
  early: number
  /** Power cuts played. */
  cuts: number
  /** Of those, how many found the log with writes that had not been synced: an act under way, or pieces of the import, which do not wait for the disk. */
  ahead: number
  /** Cuts after which the import did not come to its end with all its rows. */
  unfinished: number
  /** Acknowledged entries that were gone after one of them. */
  lost: number
  /** What was damaged after one of them. */
  damaged: string[]
}

/** Whether this machine has strace and may use it. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0
}

export async function power(options: { acts: number; cuts: number; seed: number; synchronous: 'FULL' | 'NORMAL' }): Promise<PowerReport> {
  const root = await mkdtemp(join(tmpdir(), 'wanglou-power-'))
  try {
    const data = join(root, 'data')
    await prepare(data)
    const base = join(root, 'base')
    await cp(data, base, { recursive: true })
    const calls = await trace(data, join(root, 'trace'), options)
    return await play(calls, { root, data, base, ...options })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function prepare(directory: string): Promise<void> {
  const station = await openTestStation({ directory, datasets: boatDatasets, migrations: await boatMigrations() })
  await station.stop()
}

async function trace(data: string, file: string, options: { acts: number; synchronous: string }): Promise<Call[]> {
  const program = new URL('./power-child.ts', import.meta.url).pathname
  const child = spawn('strace', [...straceArguments, '-o', file, process.execPath, program, data, String(options.acts), options.synchronous], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the traced station ended with ${code}`)
  const calls = parseTrace(await readFile(file, 'latin1'))
  const end = calls.findIndex((call) => call.kind === 'said' && call.text === 'end\n')
  if (end < 0) throw new Error('the trace does not reach the end')
  return calls.slice(0, end)
}

/** A file as the disk is sure to hold it, and what was written since. */
interface Disk {
  synced: Buffer
  since: { index: number; call: Extract<Call, { kind: 'write' | 'truncate' }> }[]
}

async function play(
  calls: readonly Call[],
  options: { root: string; data: string; base: string; acts: number; cuts: number; seed: number },
): Promise<PowerReport> {
  const { data, base, cuts, seed } = options
  const random = generator(seed)
  const names = [databaseName, `${databaseName}-wal`]
  const disks = new Map<string, Disk>()
  for (const name of names) disks.set(join(data, name), { synced: await readOrEmpty(join(base, name)), since: [] })
  const log = disks.get(join(data, `${databaseName}-wal`))
  const report: PowerReport = { acknowledged: 0, early: 0, cuts: 0, ahead: 0, unfinished: 0, lost: 0, damaged: [] }
  const said: string[] = []
  for (const [index, call] of calls.entries()) {
    // Half of the cuts come at any moment, the others right after an acknowledgement.
    if (random() < cuts / 2 / calls.length) await cut(report, said, disks, options, random)
    if (call.kind === 'sync') sync(disks.get(call.path), call.began)
    else if (call.kind !== 'said') disks.get(call.path)?.since.push({ index, call })
    else if (call.text.startsWith('import ')) said.push(call.text.slice('import '.length).trim())
    else if (call.text.startsWith('ack ')) {
      const [id = '', row = ''] = call.text.slice(4).trim().split(' ')
      said.push(id)
      report.acknowledged += 1
      if (log === undefined || !isSynced(log, row)) report.early += 1
      if (random() < cuts / 2 / options.acts) await cut(report, said, disks, options, random)
    }
  }
  return report
}

/** Whether the log as synced holds everything that was written of a row nobody else wrote. */
function isSynced(log: Disk, row: string): boolean {
  return log.synced.includes(row) && !log.since.some(({ call }) => call.kind === 'write' && call.data.includes(row))
}

function sync(disk: Disk | undefined, began: number): void {
  if (disk === undefined) return
  const covered = disk.since.filter((one) => one.index < began)
  disk.synced = applied(
    disk.synced,
    covered.map((one) => one.call),
  )
  disk.since = disk.since.filter((one) => one.index >= began)
}

function applied(bytes: Buffer, calls: readonly Disk['since'][number]['call'][]): Buffer {
  let result = Buffer.from(bytes)
  for (const call of calls) {
    const size = call.kind === 'truncate' ? call.size : Math.max(result.length, call.offset + call.data.length)
    if (size !== result.length) result = Buffer.concat([result.subarray(0, size), Buffer.alloc(Math.max(0, size - result.length))])
    if (call.kind === 'write') call.data.copy(result, call.offset)
  }
  return result
}

/** Half of the cuts drop everything since the last sync; the others keep a random part of it, sector by sector. */
async function cut(
  report: PowerReport,
  said: readonly string[],
  disks: ReadonlyMap<string, Disk>,
  options: { root: string; data: string; base: string },
  random: () => number,
): Promise<void> {
  const directory = join(options.root, `cut-${report.cuts}`)
  await cp(options.base, directory, { recursive: true })
  const isTorn = random() < 0.5
  for (const [path, disk] of disks) {
    const torn = isTorn ? disk.since.flatMap(({ call }) => (call.kind === 'write' ? sectors(call).filter(() => random() < 0.5) : [])) : []
    const bytes = applied(disk.synced, torn)
    if (bytes.length > 0) await writeFile(join(directory, path.slice(options.data.length + 1)), bytes)
  }
  // The import's file was synced before its entry was written.
  await cp(join(options.data, 'blobs'), join(directory, 'blobs'), { recursive: true })
  report.cuts += 1
  if ([...disks].some(([path, disk]) => path.endsWith('-wal') && disk.since.length > 0)) report.ahead += 1
  const station = await openTestStation({ directory, datasets: boatDatasets, migrations: await boatMigrations() })
  try {
    const look = async () => report.damaged.push(...(await station.journal.verify()).damage.map((one) => `${one.kind} ${one.name}`))
    await look()
    const found = await station.store.all<{ id: string }>("SELECT station || '/' || scope || '/' || seq AS id FROM journal")
    const ids = new Set(found.map((row) => row.id))
    report.lost += said.filter((id) => !ids.has(id)).length
    if (ids.size === 0) return
    // It goes on from where the disk has it, and verify holds every one of its values against the file.
    await station.journal.bulkIdle()
    const imported = await station.store.get<{ n: number }>('SELECT count(*) AS n FROM boats WHERE _bulk IS NOT NULL')
    if (said.length > 0 && imported?.n !== powerImport.rows) report.unfinished += 1
    await look()
  } finally {
    await station.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

function sectors(call: Extract<Call, { kind: 'write' }>): Extract<Call, { kind: 'write' }>[] {
  const pieces: Extract<Call, { kind: 'write' }>[] = []
  for (let at = 0; at < call.data.length;) {
    const next = Math.min(call.data.length, at + sector - ((call.offset + at) % sector))
    pieces.push({ ...call, offset: call.offset + at, data: call.data.subarray(at, next) })
    at = next
  }
  return pieces
}

async function readOrEmpty(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
