// How old a picture is when the page shows it: the clock burned into the source, read back from each decoded frame, every protocol in turn and in one run.
import { setTimeout as sleep } from 'node:timers/promises'
import { sampleAges } from '../../renderer/e2e/clock-picture.ts'
import { quantile } from './journal/measure.ts'
import { openCameraHouse } from './media/camera-house.ts'
import { type Kind, openSources } from './media/sources.ts'
import type { BenchResult } from './run.ts'

const rounds = 3
const settleMs = 2_000
const lookMs = 4_000
const limitMs = 300

export default async function mediaLatency(): Promise<BenchResult[]> {
  const house = await openCameraHouse({ slot: 6 })
  const sources = await openSources(house)
  try {
    // HLS has nothing to give before its first segments are written.
    await sleep(6_000)
    const ages = new Map<Kind, number[]>([...sources.cameras.keys()].map((kind) => [kind, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, id] of sources.cameras) {
        await house.show(id)
        await house.page.locator(`[data-testid="tile-${id}"][data-state="live"]`).waitFor({ timeout: 60_000 })
        // Whoever joins stands behind at first and catches up.
        await sleep(settleMs)
        const seen = await sampleAges(house.page, `tile-${id}`, { forMs: lookMs, withinMs: 30_000 })
        if (seen.length < 10) throw new Error(`${kind}: ${seen.length} frames could be read`)
        ages.get(kind)!.push(...seen)
      }
    }
    return figures(ages)
  } finally {
    await sources.close()
    await house.close()
  }
}

/** Each protocol beside the limit, and RTSP through our SFU beside those it must beat: a third of FLV's, a tenth of HLS's. */
function figures(ages: ReadonlyMap<Kind, readonly number[]>): BenchResult[] {
  const of = (kind: Kind, q: number) => Math.round(quantile(ages.get(kind) ?? [], q))
  const own = of('rtsp', 0.5)
  const each = [...ages].flatMap(([kind, { length: n }]): BenchResult[] => [
    {
      bench: `media.latency.${kind}`,
      value: of(kind, 0.5),
      unit: 'ms p50',
      baseline: kind === 'rtsp' ? limitMs : null,
      ratio: kind === 'rtsp' ? own / limitMs : null,
      n,
    },
    { bench: `media.latency.${kind}.p95`, value: of(kind, 0.95), unit: 'ms p95', baseline: null, ratio: null, n },
  ])
  const against = (['flv', 'hls'] as const).map((kind): BenchResult => {
    const baseline = of(kind, 0.5)
    return { bench: `media.latency.against.${kind}`, value: own, unit: 'ms p50', baseline, ratio: own / baseline, n: ages.get(kind)!.length }
  })
  return [...each, ...against]
}
