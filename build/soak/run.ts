// Runs one soak file; it fails when the soak throws.
import { pathToFileURL } from 'node:url'

/** Says how far a soak has come. */
export type SoakReport = (line: string) => void

const file = process.argv[2]
if (file !== undefined) {
  const { default: soak } = (await import(pathToFileURL(file).href)) as { default: (report: SoakReport) => Promise<void> }
  await soak((line) => console.log(line))
}
