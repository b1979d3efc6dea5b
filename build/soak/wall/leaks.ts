// What a wall holds now: files and sockets of the station, nodes, listeners and memory of each page; two of them say what leaks.
import { readdir, readFile, readlink } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { WallOfPages } from '../../bench/wall/screens.ts'

export interface Held {
  /** Open files of the station, its sockets among them. */
  files: number
  sockets: number
  /** Resident memory of the station, MB. */
  stationMb: number
  /** Of all pages together. */
  windows: number
  nodes: number
  listeners: number
  heapMb: number
}

/** Grown by more than this between two looks at rest is a leak. */
const allowed: Held = { files: 6, sockets: 3, stationMb: 60, windows: 0, nodes: 2_000, listeners: 200, heapMb: 25 }

export async function held({ station, pages }: WallOfPages): Promise<Held> {
  const of = await Promise.all(pages().map(pageHolds))
  const sum = (key: 'nodes' | 'listeners' | 'heapMb') => of.reduce((total, one) => total + one[key], 0)
  const files = await openFiles(station.pid)
  const status = await readFile(`/proc/${station.pid}/status`, 'utf8')
  return {
    files: files.length,
    sockets: files.filter((file) => file.startsWith('socket:')).length,
    stationMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024),
    windows: pages()
      .map((page) => page.context().pages().length)
      .reduce((total, count) => total + count, 0),
    nodes: sum('nodes'),
    listeners: sum('listeners'),
    heapMb: Math.round(sum('heapMb')),
  }
}

/** Counts of things; memory also breathes. */
const counted: readonly (keyof Held)[] = ['files', 'sockets', 'windows', 'nodes', 'listeners']

/** @returns what has grown by more than is allowed, or from each look to the next, in words */
export function grown(looks: readonly Held[]): string[] {
  return (Object.keys(allowed) as (keyof Held)[]).flatMap((key) => {
    const values = looks.map((look) => look[key])
    const isMore = values.at(-1)! - values[0]! > allowed[key]
    const isSteady = counted.includes(key) && values.slice(1).every((value, index) => value > values[index]!)
    return isMore || isSteady ? [`${key} ${values.join(' → ')}`] : []
  })
}

async function pageHolds(page: Page): Promise<{ nodes: number; listeners: number; heapMb: number }> {
  const devtools = await page.context().newCDPSession(page)
  try {
    await devtools.send('HeapProfiler.collectGarbage')
    await devtools.send('Performance.enable')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heapMb: of('JSHeapUsedSize') / 2 ** 20 }
  } finally {
    await devtools.detach()
  }
}

async function openFiles(pid: number): Promise<string[]> {
  const names = await readdir(`/proc/${pid}/fd`)
  return (await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')))).filter((file) => file !== '')
}
