// Takes a signed package in (导入数据包): verifies all of it first, then applies it batch by batch; a receipt only says what its maker holds.
import type { PackageReport } from '../../contract/index.ts'
import type { LocalJournal } from '../../journal/journal.ts'
import type { SealedBatch } from '../../journal/seal.ts'
import type { Blobs, Store } from '../../store/types.ts'
import type { Superiors } from '../permits.ts'
import { hashOf, type Left } from './contents.ts'
import { Judge } from './judge.ts'
import { chainKey, type ChainVector, permittedVector } from './manifest.ts'
import { type OpenedPackage, openPackage } from './open.ts'
import type { PartSource } from './part-reader.ts'
import { readContents } from './read-contents.ts'
import { refused } from './refusal.ts'
import { knownStations } from './stations.ts'

export interface ImportPackageOptions {
  journal: Pick<LocalJournal, 'apply' | 'trust' | 'blobArrived' | 'takeErased'>
  store: Store
  blobs: Blobs
  ourUnit: string
  superiors: Superiors
  /** In any order. */
  parts: readonly PartSource[]
}

export interface ImportedPackage {
  id: string
  kind: 'entries' | 'receipt'
  report: PackageReport
  /** What the maker held when it made this; empty when its centre is not known here. An older package says less than a newer one: keep the higher number. */
  holds: ChainVector
  /** Of a receipt: the package it answers; null = none. */
  answers: string | null
  /** What the maker could not take along. */
  left: Left
}

/**
 * The same package again, or its entries by the network later, changes nothing. Cut off in the middle, it is imported again.
 * @throws WanglouError PACKAGE_REFUSED with `reason`: then nothing was changed · DISK_FULL
 */
export async function importPackage(options: ImportPackageOptions): Promise<ImportedPackage> {
  const { store, ourUnit, superiors } = options
  const known = await knownStations(store, { ourUnit, superiors })
  const opened = await openPackage(options.parts, { known, ourUnit })
  const { manifest, maker } = opened
  const report: PackageReport = {
    station: manifest.station,
    unit: manifest.unit,
    madeAt: manifest.madeAt,
    added: 0,
    duplicates: 0,
    refused: [],
    files: 0,
  }
  const judge = new Judge({ known, maker, ourUnit, superiors })
  const holds = maker.unit === null ? new Map<string, number>() : permittedVector(new Map(Object.entries(manifest.holds)), ourUnit, superiors)
  const { id, kind, answers } = manifest
  const imported: ImportedPackage = { id, kind, report, holds, answers, left: { chains: [], files: [] } }
  if (kind === 'receipt') return imported
  await check(opened, judge)
  imported.left = await apply(opened, judge, options, report)
  return imported
}

/** Reads all of it and changes nothing. */
async function check({ parts }: OpenedPackage, judge: Judge): Promise<void> {
  for await (const content of readContents(parts)) {
    if (content.kind === 'keys') judge.hear(content.claims)
    if (content.kind === 'batch') judge.check(content.batch)
    if (content.kind === 'file' && (await hashOf(content.bytes)) !== (content.is ?? content.sha256))
      throw refused('tampered', { file: content.sha256 })
  }
}

async function apply({ parts }: OpenedPackage, judge: Judge, options: ImportPackageOptions, report: PackageReport): Promise<Left> {
  const { journal, blobs } = options
  // A station that is known under another key meanwhile is refused by the journal, by its seal.
  for (const key of judge.keys()) await journal.trust(key)
  const closed = new Set<string>()
  let left: Left = { chains: [], files: [] }
  for await (const content of readContents(parts)) {
    if (content.kind === 'batch') await applyBatch(content.batch as SealedBatch, { judge, journal, closed, report })
    if (content.kind === 'file') await takeFile(content, { blobs, journal, report })
    if (content.kind === 'left') left = content.left
  }
  if (report.files > 0) journal.blobArrived()
  return left
}

async function applyBatch(
  batch: SealedBatch,
  { judge, journal, closed, report }: { judge: Judge; journal: ImportPackageOptions['journal']; closed: Set<string>; report: PackageReport },
): Promise<void> {
  const key = chainKey(batch)
  const { station, scope } = batch
  const refuse = (reason: PackageReport['refused'][number]['reason']) => {
    if (!report.refused.some((one) => one.station === station && one.scope === scope)) report.refused.push({ station, scope, reason })
  }
  const refusal = judge.refusal(batch)
  if (refusal !== null) refuse(refusal)
  if (refusal !== null || closed.has(key)) return
  for (const received of await journal.apply([batch])) {
    report.added += received.added
    report.duplicates += received.duplicates
    if (received.refusal === null) continue
    refuse(received.refusal)
    // What follows a batch that is held waits with it; what follows one that does not fit cannot fit either.
    if (received.refusal !== 'held') closed.add(key)
  }
}

async function takeFile(
  { sha256, size, is, bytes }: { sha256: string; size: number; is: string | null; bytes: AsyncIterable<Uint8Array> },
  { blobs, journal, report }: { blobs: Blobs; journal: ImportPackageOptions['journal']; report: PackageReport },
): Promise<void> {
  if (is !== null) {
    if (await journal.takeErased({ blob: sha256, is }, bytes)) report.files += 1
    return
  }
  report.files += 1
  if (await blobs.has(sha256)) return
  const put = await blobs.put(bytes, { limitBytes: size })
  // The medium gives other bytes than a moment ago.
  if (put.sha256 !== sha256) throw refused('tampered', { file: sha256 })
}
