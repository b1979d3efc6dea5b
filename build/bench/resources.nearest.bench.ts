// The twenty nearest of a kind over a million resources, through the service, beside the one R*Tree box query that returns the same twenty.
import { type LonLat, NearestInput, type ResourceKind, resourceKinds } from '../../native/contract/index.ts'
import { boxAround } from '../../native/kernel/great-circle.ts'
import { kindPlane, kindThickness, treeUnits } from '../../native/features/resources/resources.projection.ts'
import { openMillion, places, quantile, rareKind, type Services } from './resources/million.ts'
import type { BenchResult } from './run.ts'

const questions = 400
const warmUp = 40

const boxSql = `SELECT r.* FROM resourceTree t CROSS JOIN resources r ON r.key = t.key WHERE t.west >= ? AND t.east <= ? AND t.south >= ? AND t.north <= ? AND t.kindLow >= ? AND t.kindHigh <= ?`

/** The bare query is told the right box beforehand; that is what no service can know. */
async function bareMs(services: Services, position: LonLat, kind: ResourceKind, radiusM: number): Promise<number> {
  const { lonDeg, latDeg } = boxAround(position, radiusM + 0.1)
  const [lon, lat] = position
  const params = [lon - lonDeg, lon + lonDeg, lat - latDeg, lat + latDeg].map((degrees) => Math.round(degrees * treeUnits))
  const from = performance.now()
  await services.store.all(boxSql, [...params, kindPlane(kind), kindPlane(kind) + kindThickness])
  return performance.now() - from
}

async function measure(services: Services, bench: string, kindOf: (index: number) => ResourceKind, seed: number): Promise<BenchResult[]> {
  const positions = await places(services, questions + warmUp, seed)
  const ours: number[] = []
  const bare: number[] = []
  for (const [index, position] of positions.entries()) {
    const kind = kindOf(index)
    const from = performance.now()
    const rows = await services.resources.nearest(NearestInput.parse({ position, kinds: [kind], k: 20 }))
    const took = performance.now() - from
    if (rows.length !== 20) throw new Error(`${rows.length} rows for ${kind} at ${position.join()}`)
    const baseline = await bareMs(services, position, kind, rows.at(-1)?.distanceM ?? 0)
    if (index < warmUp) continue
    ours.push(took)
    bare.push(baseline)
  }
  const figure = (name: string, q: number, unit: string): BenchResult => {
    const [value, baseline] = [quantile(ours, q), quantile(bare, q)]
    return { bench: name, value: round(value), unit, baseline: round(baseline), ratio: round(value / baseline), n: ours.length }
  }
  return [figure(bench, 0.5, 'ms median'), figure(`${bench}.p95`, 0.95, 'ms p95')]
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

export default async function bench(): Promise<BenchResult[]> {
  const services = await openMillion()
  const common = resourceKinds.filter((kind) => kind !== rareKind)
  try {
    return [
      ...(await measure(services, 'resources.nearest', (index) => common[index % common.length] ?? 'team', 7)),
      ...(await measure(services, 'resources.nearest.rare', () => rareKind, 8)),
    ]
  } finally {
    await services.close()
  }
}
