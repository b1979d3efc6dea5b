// 100 000 mutated frames against each codec of displays and splicers; then each driver over a real socket to a device whose answers are bent on the way.
import { wellBehaved } from '../../native/protocols/display/fake.ts'
import { fuzz, fuzzedCodecs } from '../../native/protocols/display/testing/fuzz.ts'
import { ask, kinds, openKind } from '../../native/protocols/display/testing/kinds.ts'
import { mutate, randomOf } from '../../native/protocols/display/testing/mutate.ts'
import type { SoakReport } from './run.ts'

const frames = 100_000
const acts = 300
/** One frame that takes as long holds up the station. */
const hungMs = 5_000

export default async function displaySoak(report: SoakReport): Promise<void> {
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  report(`seed ${seed}`)
  for (const name of Object.keys(fuzzedCodecs)) {
    const { refused, heldBytes, longestMs } = fuzz(name, { frames, seed })
    report(`${name}: ${frames} frames, ${refused} refused, held at most ${heldBytes} bytes, the longest ${longestMs.toFixed(1)} ms`)
    if (longestMs > hungMs) throw new Error(`${name}, seed ${seed}: one frame took ${longestMs.toFixed(0)} ms`)
  }
  for (const kind of kinds) await overTheWire(kind, { seed, report })
}

async function overTheWire(kind: (typeof kinds)[number], { seed, report }: { seed: number; report: SoakReport }): Promise<void> {
  const random = randomOf(seed)
  const fake = await kind.open(wellBehaved())
  const device = openKind(kind, { port: fake.port, timing: { timeoutMs: 30, quietMs: 5 } })
  const results: Record<string, number> = {}
  try {
    for (let turn = 0; turn < acts; turn += 1) {
      // One answer in three is bent: an act asks several times.
      fake.mood.bend = (answer) => (random(3) === 0 ? mutate([answer], random) : answer)
      const result = await ask(device, kind)
      results[result] = (results[result] ?? 0) + 1
    }
    delete fake.mood.bend
    const patient = openKind(kind, { port: fake.port, timing: { timeoutMs: 10_000, quietMs: 100 } })
    const last = await ask(patient, kind)
    await patient.stop()
    if (last !== (kind.cannotReadBack === true ? 'accepted' : 'confirmed')) throw new Error(`${kind.protocol}, seed ${seed}: ${last} after it all`)
    report(`${kind.protocol}: ${acts} acts with bent answers over a socket: ${JSON.stringify(results)}`)
  } finally {
    await device.stop()
    await fake.close()
  }
}
