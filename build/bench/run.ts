// Runs one bench file and prints its results, one JSON object a line.
import { basename } from 'node:path'
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

const [, , file, ...names] = process.argv
if (file !== undefined) {
  const { default: bench } = (await import(pathToFileURL(file).href)) as { default: () => Promise<BenchResult[]> }
  for (const { bench: name, value, unit, baseline, ratio, n } of await bench()) {
    const isAsked = names.length === 0 || names.some((asked) => name === asked || name.startsWith(`${asked}.`) || asked === fileName(file))
    if (isAsked) console.log(JSON.stringify({ bench: name, value, unit, baseline, ratio, n }))
  }
}

/** `journal` of build/bench/journal.bench.ts: asked for by its file, a bench prints everything. */
function fileName(path: string): string {
  return basename(path, '.bench.ts')
}
