// Power cuts after many acknowledgements, dropped and torn.
import { canTrace, power } from '../../native/journal/testing/power.ts'
import type { SoakReport } from './run.ts'

export default async function powerSoak(report: SoakReport): Promise<void> {
  if (!canTrace()) {
    report('power: skipped, strace is not installed or may not trace here')
    return
  }
  const first = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  for (let round = 0; round < 10; round += 1) {
    const seed = first + round
    const result = await power({ acts: 200, cuts: 100, seed, synchronous: 'FULL' })
    report(`seed ${seed}: ${JSON.stringify(result)}`)
    if (result.early > 0 || result.lost > 0 || result.damaged.length > 0) throw new Error('a power cut lost what was acknowledged')
    if (result.unfinished > 0) throw new Error('after a power cut an import did not come to its end')
  }
}
