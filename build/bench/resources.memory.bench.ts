// Resident memory with a million resources: the station itself once it is ready, and a process whose resource services have worked hard.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openMillion } from './resources/million.ts'
import type { BenchResult } from './run.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const settleMs = 3000

/** VmRSS or VmHWM (the highest it was) of a process, MB. */
async function memoryMb(pid: number, what: 'VmRSS' | 'VmHWM'): Promise<number> {
  const kib = new RegExp(`${what}:\\s+(\\d+) kB`).exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round((Number(kib) * 1024) / 1e6)
}

async function readyLine(child: ChildProcess, marker: string): Promise<void> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    if (said.includes(marker)) return
  }
  throw new Error(`ended without "${marker}": ${said}`)
}

async function run(args: string[], marker: string): Promise<{ rss: number; highest: number }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await readyLine(child, marker)
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    return { rss: await memoryMb(child.pid ?? 0, 'VmRSS'), highest: await memoryMb(child.pid ?? 0, 'VmHWM') }
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

export default async function bench(): Promise<BenchResult[]> {
  const services = await openMillion()
  const { directory } = services
  await services.close()
  const station = await run(['native/main.ts', '--headless', '--port', '0', '--data', directory, '--no-sample'], 'wanglou ready ')
  const worked = await run(['build/bench/resources/work-hard.ts'], 'worked hard')
  const figure = (name: string, value: number): BenchResult => ({ bench: name, value, unit: 'MB RSS', baseline: null, ratio: null, n: 1 })
  return [
    figure('resources.memory.station', station.rss),
    figure('resources.memory.station.highest', station.highest),
    figure('resources.memory.worked', worked.rss),
    figure('resources.memory.worked.highest', worked.highest),
  ]
}
