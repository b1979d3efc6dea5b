// 200 kills at random moments under load.
import { crash } from '../../native/journal/testing/crash.ts'
import type { SoakReport } from './run.ts'

export default async function crashSoak(report: SoakReport): Promise<void> {
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  report(`seed ${seed}`)
  await crash({ kills: 200, seed, report })
}
