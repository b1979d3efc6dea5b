// Kills a station at random moments under load and looks at what it left behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openTestStation } from '../../testing/station.ts'
import { boatDatasets, boatMigrations } from './boats.ts'

export interface CrashReport {
  kills: number
  acknowledged: number
  /** Found beside the acknowledged ones: committed, but killed before it could be said. */
  unsaid: number
}

/** A new directory after this many kills, so that looking does not grow with them. */
const killsEach = 10

/** @throws Error naming the first acknowledged entry that is gone or half, or what else is wrong */
export async function crash(options: { kills: number; seed: number; report?: (line: string) => void }): Promise<CrashReport> {
  const { kills, seed, report } = options
  const random = generator(seed)
  const total: CrashReport = { kills: 0, acknowledged: 0, unsaid: 0 }
  while (total.kills < kills) {
    const directory = await mkdtemp(join(tmpdir(), 'wanglou-crash-'))
    try {
      const said = new Map<string, string>()
      let found = 0
      for (let index = 0; index < killsEach && total.kills < kills; index += 1) {
        await killOnce(directory, said, 20 + Math.floor(random() * 400))
        total.kills += 1
        found = await look(directory, said)
      }
      total.acknowledged += said.size
      total.unsaid += found - said.size
      report?.(`${total.kills} kills, ${total.acknowledged} acknowledged entries whole, ${total.unsaid} more committed`)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  return total
}

async function killOnce(directory: string, said: Map<string, string>, afterMs: number): Promise<void> {
  const program = new URL('./crash-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let timer: NodeJS.Timeout | null = null
  for await (const line of lines(child)) {
    const [word, id, hash] = line.split(' ')
    if (word === 'ready') timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
    // The last line may be cut off by the kill: it was not acknowledged.
    if (word === 'ack' && id !== undefined && hash?.length === 64) said.set(id, hash)
  }
  if (timer === null) throw new Error('the station did not start')
  clearTimeout(timer)
  const [, signal] = (await closed) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`the station ended by itself (${signal})`)
}

function lines(child: ChildProcess): AsyncIterable<string> {
  if (child.stdout === null) throw new Error('no output')
  return createInterface({ input: child.stdout })
}

/** @returns the number of entries */
async function look(directory: string, said: ReadonlyMap<string, string>): Promise<number> {
  const station = await openTestStation({ directory, datasets: boatDatasets, migrations: await boatMigrations() })
  try {
    const { damage } = await station.journal.verify()
    if (damage.length > 0) throw new Error(`damaged: ${JSON.stringify(damage[0])}`)
    const rows = await station.store.all<{ id: string; hash: string }>(
      "SELECT station || '/' || scope || '/' || seq AS id, lower(hex(hash)) AS hash FROM journal",
    )
    const found = new Map(rows.map((row) => [row.id, row.hash]))
    for (const [id, hash] of said) if (found.get(id) !== hash) throw new Error(`acknowledged and gone: ${id}`)
    const half = await station.store.get<{ written: number; kept: number }>(
      "SELECT (SELECT ifnull(sum(json_array_length(body, '$.cells')), 0) FROM journal) AS written, (SELECT count(*) FROM cell_history) AS kept",
    )
    if (half === null || half.written !== half.kept) throw new Error(`half an entry: ${JSON.stringify(half)}`)
    return rows.length
  } finally {
    await station.stop()
  }
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
