// One station a data directory: a lock file that names the process, so that what a crash left behind never blocks.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

export interface Holder {
  pid: number
  /** What tells this process from a later one with the same number; null where the system does not say. */
  startedAs: string | null
  /** Address of the running station's door without a token; null while it starts. */
  origin: string | null
}

/** Linux: boot and start time in clock ticks; elsewhere the number of the process must do. */
function startedAs(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in brackets and may hold blanks; the start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${boot}/${fields[19]}`
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it is there, but another person's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.startedAs === null || startedAs(holder.pid) === holder.startedAs
}

function readHolder(path: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    if (typeof value.pid !== 'number') return null
    return { pid: value.pid, startedAs: value.startedAs ?? null, origin: value.origin ?? null }
  } catch {
    // Gone in between, or torn by a power cut: nobody's.
    return null
  }
}

export class DirectoryLock {
  readonly #path: string
  #isHeld = false

  private constructor(path: string) {
    this.#path = path
  }

  /** @returns the lock, or who holds it */
  static take(directory: string): DirectoryLock | Holder {
    const path = join(directory, 'station.lock')
    const mine = `${path}.${randomUUID()}`
    writeFileSync(mine, JSON.stringify({ pid: process.pid, startedAs: startedAs(process.pid), origin: null } satisfies Holder), { mode: 0o600 })
    try {
      for (;;) {
        try {
          linkSync(mine, path)
          const lock = new DirectoryLock(path)
          lock.#isHeld = true
          return lock
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        }
        const holder = readHolder(path)
        if (holder !== null && isAlive(holder)) return holder
        const moved = removeStale(path)
        if (moved !== null) return moved
      }
    } finally {
      rmSync(mine, { force: true })
    }
  }

  /** Says where the door is, so that a second start can point there. */
  setOrigin(origin: string): void {
    const next = `${this.#path}.${randomUUID()}`
    writeFileSync(next, JSON.stringify({ pid: process.pid, startedAs: startedAs(process.pid), origin } satisfies Holder), { mode: 0o600 })
    renameSync(next, this.#path)
  }

  release(): void {
    if (!this.#isHeld) return
    this.#isHeld = false
    rmSync(this.#path, { force: true })
  }
}

/** Moves what looked stale aside; another start may have been quicker and put its own there: then that goes back. @returns it */
function removeStale(path: string): Holder | null {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const holder = readHolder(aside)
  const isQuicker = holder !== null && isAlive(holder)
  if (isQuicker) linkSync(aside, path)
  rmSync(aside, { force: true })
  return isQuicker ? holder : null
}
