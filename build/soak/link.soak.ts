// 300 steps of trouble on three real servers and four stations, then the simulation, 20 seeds of 10 000 steps; each says its seed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ourNode, root } from '../programs.mjs'
import type { SoakReport } from './run.ts'

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

const [seeds, seedsAtOnce] = [20, 5] as const

export default async function linkSoak(report: SoakReport): Promise<void> {
  const seed = process.env.WANGLOU_SEED ?? `${Date.now() % 2 ** 31}`
  report(`seed ${seed}`)
  // The tests themselves, longer: what holds there must hold here.
  await run(['native/link/link.test.ts', '-t', 'after any trouble'], { WANGLOU_PROPERTY_SEED: seed, WANGLOU_LINK_STEPS: '300' })
  // Two at a time: the machines of the project have two cores.
  const rounds = Array.from({ length: seeds / seedsAtOnce }, (_, index) => Number(seed) + index * seedsAtOnce)
  const play = async () => {
    for (let first = rounds.shift(); first !== undefined; first = rounds.shift()) {
      await run(['native/link/simulation.test.ts'], {
        WANGLOU_PROPERTY_SEED: `${first}`,
        WANGLOU_SIMULATION_SEEDS: `${seedsAtOnce}`,
        WANGLOU_SIMULATION_STEPS: '10000',
      })
    }
  }
  await Promise.all([play(), play()])
}

async function run(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(ourNode(), [vitest, 'run', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${args[0]} failed`)
}
