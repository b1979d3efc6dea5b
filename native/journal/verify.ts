// Checks what is on disk: SQLite's own check, every hash along every chain, our seals' chains without gaps, the blobs imports name.
import { createHash } from 'node:crypto'
import type { Datasets, Scope } from '../contract/index.ts'
import type { Blobs, Reads } from '../store/types.ts'
import { chainStart, entryColumns, entryHash, entryId, type EntryRow, headerOf, sha256 } from './encode.ts'
import { erasedFiles } from './erased-files.ts'
import { islandsOf } from './islands.ts'
import { readTables } from './tables.ts'
import { verifyImports } from './verify-imports.ts'
import { verifyHistory, verifyRows } from './verify-tables.ts'

export interface Damage {
  /** `database`: SQLite's own check; `history` and `row`: what was made from the entries, which a rebuild makes again; the others cannot be made again here. */
  kind: 'database' | 'body' | 'chain' | 'gap' | 'seal' | 'fork' | 'blob' | 'history' | 'row'
  /** What is damaged: an entry's identity, a blob's hash or SQLite's own words. */
  name: string
}

export interface Verification {
  entries: number
  chains: number
  blobs: number
  damage: Damage[]
}

const pageRows = 2_000

/** Reads everything once; on a million entries expect a minute or two. */
export async function verify(reads: Reads, blobs: Blobs, datasets: Datasets): Promise<Verification> {
  const damage: Damage[] = []
  for (const row of await reads.all<{ integrity_check: string }>('PRAGMA integrity_check(100)')) {
    if (row.integrity_check !== 'ok') damage.push({ kind: 'database', name: row.integrity_check })
  }
  const { entries, chains } = await verifyChains(reads, damage)
  const named = await reads.all<{ blob: string }>('SELECT DISTINCT blob FROM bulk_imports')
  const erased = await erasedFiles(reads)
  const whole = new Set<string>()
  for (const { blob } of named) {
    if (await isWhole(blobs, blob, erased.get(blob))) whole.add(blob)
    else damage.push({ kind: 'blob', name: blob })
  }
  await verifyHistory(reads, damage)
  for (const table of (await readTables(reads, datasets)).values()) {
    await verifyRows(reads, table, damage)
    await verifyImports(reads, table, { blobs, isWhole: (blob) => whole.has(blob) }, damage)
  }
  return { entries, chains, blobs: named.length, damage }
}

/** Every hash along every chain. */
export async function verifyChains(reads: Reads, damage: Damage[]): Promise<{ entries: number; chains: number }> {
  let entries = 0
  const chains = await reads.all<{ station: string; scope: string }>('SELECT DISTINCT station, scope FROM journal ORDER BY station, scope')
  for (const chain of chains) entries += await verifyChain(reads, chain, damage)
  for (const fork of await reads.all<{ station: string; scope: string; seq: number }>('SELECT station, scope, seq FROM journal_forks')) {
    damage.push({ kind: 'fork', name: entryId(fork) })
  }
  return { entries, chains: chains.length }
}

async function verifyChain(reads: Reads, chain: { station: string; scope: string }, damage: Damage[]): Promise<number> {
  const seals = await reads.all<{ seq: number; headHash: string }>('SELECT seq, headHash FROM journal_seals WHERE station = ? AND scope = ?', [
    chain.station,
    chain.scope,
  ])
  const sealed = new Map(seals.map((seal) => [seal.seq, seal.headHash]))
  const islands = await islandsOf(reads, { station: chain.station, scope: chain.scope as Scope })
  let prev = chainStart
  let seq = 0
  for (;;) {
    const rows = await reads.all<EntryRow>(
      `SELECT ${entryColumns} FROM journal AS j WHERE j.station = ? AND j.scope = ? AND j.seq > ? ORDER BY j.seq LIMIT ?`,
      [chain.station, chain.scope, seq, pageRows],
    )
    for (const row of rows) {
      const name = entryId(row)
      const island = row.seq === seq + 1 ? undefined : islands.get(row.seq)
      if (island !== undefined) prev = island.prev
      else if (row.seq !== seq + 1) damage.push({ kind: 'gap', name: entryId({ ...chain, seq: seq + 1 }) })
      if (row.body !== null && sha256(row.body) !== row.bodyHash) damage.push({ kind: 'body', name })
      else if (entryHash(headerOf(row), prev, row.bodyHash) !== row.hash) damage.push({ kind: 'chain', name })
      if (sealed.has(row.seq) && sealed.get(row.seq) !== row.hash) damage.push({ kind: 'seal', name })
      // One damaged entry is named once: what follows is judged by the hash it was chained to.
      prev = row.hash
      seq = row.seq
    }
    if (rows.length < pageRows) return seq
  }
}

/** @param erased what the file is since an erasure reached it */
async function isWhole(blobs: Blobs, sha: string, erased: string | undefined): Promise<boolean> {
  if (!(await blobs.has(sha))) return false
  const hash = createHash('sha256')
  for await (const chunk of blobs.read(sha)) hash.update(chunk)
  const found = hash.digest('hex')
  return found === sha || found === erased
}
