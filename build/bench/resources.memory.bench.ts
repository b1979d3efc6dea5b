// Resident memory: the station with a million resources once it is ready, a process whose resource services have worked hard, and a station after its first run.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stationFlags } from '../programs.mjs'
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

interface Memory {
  rss: number
  highest: number
}

/** @param until resolves when it has done what it is measured after; it is measured once it has come to rest */
async function run(args: string[], until: (child: ChildProcess) => Promise<void>): Promise<Memory> {
  const child = spawn(process.execPath, [...stationFlags, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await until(child)
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    return { rss: await memoryMb(child.pid ?? 0, 'VmRSS'), highest: await memoryMb(child.pid ?? 0, 'VmHWM') }
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** A fresh directory, until the shipped pack with its samples is in. */
async function firstRun(): Promise<Memory> {
  const directory = await mkdtemp(join(tmpdir(), 'wanglou-bench-'))
  try {
    return await run(['native/main.ts', '--headless', '--port', '0', '--data', directory], async (child) => {
      child.stdout?.resume()
      while (!(await readFile(join(directory, 'wanglou.log'), 'utf8').catch(() => '')).includes('"pack loaded"')) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

export default async function bench(): Promise<BenchResult[]> {
  const services = await openMillion()
  const { directory } = services
  await services.close()
  const measured = {
    station: await run(['native/main.ts', '--headless', '--port', '0', '--data', directory, '--no-sample'], (child) =>
      readyLine(child, 'wanglou ready '),
    ),
    worked: await run(['build/bench/resources/work-hard.ts'], (child) => readyLine(child, 'worked hard')),
    firstRun: await firstRun(),
  }
  const figure = (name: string, value: number): BenchResult => ({ bench: name, value, unit: 'MB RSS', baseline: null, ratio: null, n: 1 })
  return Object.entries(measured).flatMap(([name, { rss, highest }]) => [
    figure(`resources.memory.${name}`, rss),
    figure(`resources.memory.${name}.highest`, highest),
  ])
}
