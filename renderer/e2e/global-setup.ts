// Before a run: what an earlier one furnished may be of another version.
import { rm } from 'node:fs/promises'
import { furnishedDirectory } from './station.ts'

export default async function forgetFurnished(): Promise<void> {
  await rm(furnishedDirectory, { recursive: true, force: true })
}
