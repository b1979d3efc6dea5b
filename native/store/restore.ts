// A corrupt database is set aside under the time it was found, and the newest whole copy takes its place.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs, Health } from '../contract/index.ts'
import { faultsOf, listCopies, placeCopy, stamp, syncFile } from './copy.ts'

/** What was done at a start, kept until somebody has taken note. */
export interface Restored {
  at: EpochMs
  /** Folder of the data directory that holds what was found. */
  setAside: string
  /** Name of the copy that took its place; null = none was whole, the database began anew. */
  from: string | null
  /** When that copy was made: what came after it is lost here (peers may still have it). */
  copiedAt: EpochMs | null
  faults: string[]
}

const noteName = 'restored.json'
const suspectName = 'check-at-next-start'
/** A database up to this size is checked at every start; a larger one after something was suspected. Bytes. */
const alwaysCheckedBytes = 64 * 1024 * 1024

/** @returns what is wrong with the database; none when it is absent or whole */
export async function suspectedFaults(directory: string, path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const isSuspect = existsSync(join(directory, suspectName))
  if (!isSuspect && (await stat(path)).size > alwaysCheckedBytes) return []
  return faultsOf(path)
}

/** Asks for a check at the next start; after a read or the nightly check found a fault. */
export async function suspect(directory: string): Promise<void> {
  await writeFile(join(directory, suspectName), '')
}

/** Sets the database aside with its log, and the station's key, so that what goes on is a new incarnation; then puts the newest whole copy in its place. */
export async function setAsideAndRestore(options: { directory: string; path: string; faults: string[]; now: EpochMs }): Promise<Restored> {
  const { directory, path, faults, now } = options
  const setAside = `set-aside-${stamp(now)}`
  await mkdir(join(directory, setAside), { recursive: true })
  for (const name of ['station.key', 'station.mark']) await moveAside(join(directory, name), join(directory, setAside, name))
  for (const suffix of ['', '-wal', '-shm']) await moveAside(`${path}${suffix}`, join(directory, setAside, `wanglou.db${suffix}`))
  const copy = await newestWhole(directory)
  if (copy !== null) await placeCopy(copy.path, path)
  const restored: Restored = { at: now, setAside, from: copy?.name ?? null, copiedAt: copy?.at ?? null, faults: faults.slice(0, 5) }
  await writeFile(join(directory, `${noteName}.new`), JSON.stringify(restored))
  await rename(join(directory, `${noteName}.new`), join(directory, noteName))
  await rm(join(directory, suspectName), { force: true })
  await syncFile(directory)
  return restored
}

async function moveAside(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to)
}

async function newestWhole(directory: string) {
  for (const copy of await listCopies(directory)) if ((await faultsOf(copy.path)).length === 0) return copy
  return null
}

/** The note of a restore nobody has acknowledged yet. */
export async function readRestored(directory: string): Promise<Restored | null> {
  const path = join(directory, noteName)
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Restored) : null
}

/** Somebody has read it: it is said no more. */
export async function acknowledgeRestored(directory: string): Promise<void> {
  await rm(join(directory, noteName), { force: true })
}

/** A restore in words for the health page. */
export function restoredHealth(restored: Restored): Health {
  const { at, setAside, from, copiedAt } = restored
  const reason = from === null ? 'store.startedEmpty' : 'store.restored'
  return {
    subject: 'store:restored',
    state: 'degraded',
    since: at,
    lastEvidenceAt: at,
    reason,
    params: { setAside, from, copiedAt },
    nextStep: `${reason}.next`,
    capability: null,
  }
}
