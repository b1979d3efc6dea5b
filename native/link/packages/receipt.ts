// A small signed package that says what we hold now (回执): read on the other side, it marks those entries as held.
import { randomBytes } from 'node:crypto'
import type { EpochMs } from '../../contract/index.ts'
import type { LocalJournal } from '../../journal/journal.ts'
import type { Superiors } from '../permits.ts'
import { makerOf } from './export.ts'
import { type Manifest, permittedEnds, vectorOf } from './manifest.ts'
import { inParts, type PackagePart } from './parts.ts'
import { type PackageMaker, signedFrames } from './signed-frames.ts'

export interface ReceiptPackageOptions {
  journal: Pick<LocalJournal, 'heads'>
  own: PackageMaker
  /** The centre it is for: only chains that it may hold are named. */
  unit: string
  superiors: Superiors
  /** The package it answers; null = none in particular. */
  answers: string | null
  now: EpochMs
}

/** One part; it is imported like any package. */
export async function receiptPackage(options: ReceiptPackageOptions): Promise<PackagePart> {
  const { journal, own, unit, superiors, answers, now } = options
  const id = randomBytes(16).toString('hex')
  const holds = vectorOf(permittedEnds(await journal.heads(), unit, superiors))
  const manifest: Manifest = { ...makerOf(own), v: 1, id, kind: 'receipt', forUnit: unit, madeAt: now, held: {}, holds, answers }
  const { value } = await inParts(signedFrames(manifest, null, own), { id, partBytes: null }).next()
  if (value === undefined) throw new Error('a package has at least one part')
  return value
}
