// Runs one bench file and prints its results, one JSON object a line.
import { pathToFileURL } from 'node:url'

/** One figure beside the same figure of the bare thing, measured in the same run. */
export interface BenchResult {
  /** `<feature>.<what>`, e.g. `journal.single`. */
  bench: string
  /** Ours, in `unit`. */
  value: number
  /** E.g. `entries/s`, `ms p95`. */
  unit: string
  /** The bare thing's, in the same unit; null where there is none to compare with (an absolute limit). */
  baseline: number | null
  /** value / baseline; null without a baseline. */
  ratio: number | null
  /** How many measurements stand behind the figures. */
  n: number
}

const file = process.argv[2]
if (file !== undefined) {
  const { default: bench } = (await import(pathToFileURL(file).href)) as { default: () => Promise<BenchResult[]> }
  for (const { bench: name, value, unit, baseline, ratio, n } of await bench()) {
    console.log(JSON.stringify({ bench: name, value, unit, baseline, ratio, n }))
  }
}
