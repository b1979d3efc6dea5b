// What the system tells of a station: its own process, those it has started, and what they have used and hold.
import { readdir, readFile } from 'node:fs/promises'

export interface Process {
  pid: number
  parent: number
  command: string
}

const ticksPerS = 100

/** The station on a data directory, and what it has started. */
export async function processesOf(directory: string): Promise<{ station: number; children: Process[] }> {
  const all = (await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(describe))).filter((one) => one !== null)
  const station = all.find(({ command }) => command.includes('native/main.ts') && command.includes(directory))
  if (station === undefined) throw new Error('the station was not found')
  return { station: station.pid, children: all.filter(({ parent }) => parent === station.pid) }
}

/** Those of its children that carry the media. */
export async function workersOf(directory: string): Promise<number[]> {
  const { children } = await processesOf(directory)
  const pids = children.filter(({ command }) => command.includes('mediasoup')).map(({ pid }) => pid)
  if (pids.length === 0) throw new Error('the station has no SFU worker')
  return pids
}

/** User and system time since they began, seconds. */
export async function cpuSecondsOf(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
      return Number(fields[11]) + Number(fields[12])
    }),
  )
  return each.reduce((sum, ticks) => sum + ticks, 0) / ticksPerS
}

/** Files, sockets and pipes; and memory in use, MB. */
export async function holdingsOf(pid: number): Promise<{ files: number; memoryMb: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return { files: (await readdir(`/proc/${pid}/fd`)).length, memoryMb: Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024) }
}

async function describe(name: string): Promise<Process | null> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${name}/stat`, 'utf8'), readFile(`/proc/${name}/cmdline`, 'utf8')])
    return { pid: Number(name), parent: Number(stat.replace(/^.*\) /, '').split(' ')[1]), command }
  } catch {
    // It has ended meanwhile.
    return null
  }
}
