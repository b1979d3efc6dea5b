// Makes a signed package (导出数据包) of what another centre lacks and may hold, for a stick or a one-way gateway (网闸).
import { randomBytes } from 'node:crypto'
import type { EpochMs } from '../../contract/index.ts'
import type { LocalJournal } from '../../journal/journal.ts'
import type { ChainEnd } from '../../journal/replication.ts'
import type { Blobs, Reads, Store } from '../../store/types.ts'
import type { Superiors } from '../permits.ts'
import { type PackageMade, writeContents } from './contents.ts'
import { type ChainVector, type Manifest, permittedEnds, permittedVector, vectorOf } from './manifest.ts'
import { inParts, type PackagePart } from './parts.ts'
import { type PackageMaker, signedFrames } from './signed-frames.ts'
import { knownStations, type StationClaim } from './stations.ts'

export interface ExportPackageOptions {
  journal: Pick<LocalJournal, 'heads' | 'sealedBatch'>
  store: Store
  blobs: Blobs
  own: PackageMaker
  /** The centre it is for. */
  unit: string
  superiors: Superiors
  /** What that centre is known to hold; empty = everything goes. */
  held: ChainVector
  /** Largest part in bytes, at least 1 024; null = one part. */
  partBytes: number | null
  now: EpochMs
}

export interface ExportedPackage {
  /** 32 hexadecimal digits. */
  id: string
  /** Made as they are read; never more than a batch or a piece of a file in memory. */
  parts: AsyncGenerator<PackagePart, void, undefined>
  /** Complete after the last part. */
  made: PackageMade
}

export async function exportPackage(options: ExportPackageOptions): Promise<ExportedPackage> {
  const { journal, store, blobs, own, unit, superiors, partBytes } = options
  const id = randomBytes(16).toString('hex')
  const held = permittedVector(options.held, unit, superiors)
  const ends = permittedEnds(await journal.heads(), unit, superiors)
  const made: PackageMade = { entries: 0, batches: 0, files: 0, left: { chains: [], files: [] } }
  const manifest: Manifest = {
    ...makerOf(own),
    v: 1,
    id,
    kind: 'entries',
    forUnit: unit,
    madeAt: options.now,
    held: Object.fromEntries(held),
    holds: vectorOf(ends),
    answers: null,
  }
  const claims = await claimsOf(store, ends, { ourUnit: own.unit, superiors })
  const contents = writeContents({ journal, store, blobs, ends, held, claims }, made)
  return { id, parts: inParts(signedFrames(manifest, contents, own), { id, partBytes }), made }
}

/** What a manifest says of its maker. */
export function makerOf({ station, unit, publicKey }: PackageMaker): Pick<Manifest, 'station' | 'unit' | 'publicKey'> {
  return { station, unit, publicKey }
}

/** Keys of the stations whose chains go along. Of one whose centre is not known here there is nothing to say. */
async function claimsOf(reads: Reads, ends: readonly ChainEnd[], way: { ourUnit: string; superiors: Superiors }): Promise<StationClaim[]> {
  const known = await knownStations(reads, way)
  return [...new Set(ends.map((end) => end.station))].flatMap((station) => {
    const one = known.get(station)
    return one === undefined || one.unit === null ? [] : [{ station, unit: one.unit, publicKey: one.publicKey }]
  })
}
