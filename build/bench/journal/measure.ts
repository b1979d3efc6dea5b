// Medians, tails and a station to measure on.
import { newId } from '../../../native/kernel/ids.ts'
import { boatDatasets, boatMigrations } from '../../../native/journal/testing/boats.ts'
import type { Act } from '../../../native/journal/types.ts'
import { openTestStation, type TestStation } from '../../../native/testing/station.ts'
import type { BoatAct } from './bare.ts'

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export async function openBoats(): Promise<TestStation> {
  return openTestStation({ datasets: boatDatasets, migrations: await boatMigrations() })
}

/** A new row of seven cells, as a form would save it. */
export function boatAct(index: number): BoatAct {
  const set = {
    name: `救生艇 ${index}`,
    length: index / 7,
    crew: index % 9,
    isReady: index % 2 === 0,
    kit: { ropes: index % 5 },
    seenAt: 1_800_000_000_000 + index,
    phone: `0913-${index}`,
  }
  return { row: newId(), set }
}

export function asAct({ row, set }: BoatAct): Act {
  return { actor: 'person', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set }] }
}
