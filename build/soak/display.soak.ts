// 100 000 mutated frames against each codec of displays and splicers.
import { fuzz, fuzzedCodecs } from '../../native/protocols/display/testing/fuzz.ts'
import type { SoakReport } from './run.ts'

export default function displaySoak(report: SoakReport): Promise<void> {
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  report(`seed ${seed}`)
  for (const name of Object.keys(fuzzedCodecs)) {
    const { frames, refused, heldBytes } = fuzz(name, { frames: 100_000, seed })
    report(`${name}: ${frames} frames, ${refused} refused, held at most ${heldBytes} bytes`)
  }
  return Promise.resolve()
}
