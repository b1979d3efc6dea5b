// What lies compressed in a package: keys, sealed batches, files, and at the end what could not be taken along.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { erasedFiles } from '../../journal/erased-files.ts'
import type { LocalJournal } from '../../journal/journal.ts'
import type { ChainEnd } from '../../journal/replication.ts'
import { isSealedBatch } from '../../journal/seal.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { frameHead } from './frames.ts'
import { chainKey, type ChainVector } from './manifest.ts'
import { namedFiles } from '../named-files.ts'
import type { StationClaim } from './stations.ts'

/** Largest record in bytes; a batch has about 1 MiB, a piece of a file 64 KiB. */
export const recordLimitBytes = 16 * 1024 * 1024

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
/** `is`: an erasure has changed the file; what is left of it hashes to this, by the word of whoever signs the package. */
export const FileHead = z.object({ sha256: Hash, size: z.int().min(0), is: Hash.optional() })

export const Left = z.object({
  /** Chains that end before what is here, for want of a seal to pass on: `station/scope`. */
  chains: z.array(z.string().max(200)),
  /** Files that entries name. `erased` in packages of release 0.1: an erasure changed it; now it comes as it is. */
  files: z.array(z.object({ sha256: z.string(), reason: z.enum(['missing', 'erased', 'damaged']) })),
})
/** What a package does not carry though its reader lacks it. */
export type Left = z.infer<typeof Left>

/** Filled while the parts are read; complete after the last. */
export interface PackageMade {
  entries: number
  batches: number
  files: number
  left: Left
}

export interface ContentsOptions {
  journal: Pick<LocalJournal, 'sealedBatch'>
  store: Store
  blobs: Blobs
  ends: readonly ChainEnd[]
  held: ChainVector
  claims: readonly StationClaim[]
}

export async function* writeContents(options: ContentsOptions, made: PackageMade): AsyncGenerator<Uint8Array, void, undefined> {
  const files = { imports: new Set<string>(), others: new Set<string>() }
  yield* record('K', options.claims)
  for (const end of options.ends) yield* writeChain(end, options, files, made)
  yield* writeFiles(files, options, made)
  yield* record('S', made.left)
}

async function* writeChain(
  end: ChainEnd,
  { journal, held }: ContentsOptions,
  files: { imports: Set<string>; others: Set<string> },
  made: PackageMade,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { station, scope } = end
  let after = held.get(chainKey(end)) ?? 0
  while (after < end.seq) {
    const batch = await journal.sealedBatch({ station, scope, after })
    if (!isSealedBatch(batch) || batch.seal.seq <= after) {
      made.left.chains.push(chainKey(end))
      return
    }
    const named = namedFiles(batch)
    for (const sha of named.imports) files.imports.add(sha)
    for (const sha of named.others) files.others.add(sha)
    made.entries += batch.entries.length
    made.batches += 1
    after = batch.seal.seq
    yield* record('B', batch)
  }
}

/** A text that looks like a hash and names no file here is no file; the rows of an import are missed. */
async function* writeFiles(
  { imports, others }: { imports: ReadonlySet<string>; others: ReadonlySet<string> },
  { store, blobs }: ContentsOptions,
  made: PackageMade,
): AsyncGenerator<Uint8Array, void, undefined> {
  const erased = await erasedFiles(store)
  for (const sha256 of new Set([...imports, ...others])) {
    const info = await blobs.info(sha256)
    if (info === null) {
      if (imports.has(sha256)) made.left.files.push({ sha256, reason: 'missing' })
      continue
    }
    const is = await hashOf(blobs.read(sha256))
    if (is !== sha256 && erased.get(sha256) !== is) {
      made.left.files.push({ sha256, reason: 'damaged' })
      continue
    }
    yield* record('F', { sha256, size: info.size, ...(is === sha256 ? {} : { is }) })
    for await (const bytes of blobs.read(sha256)) {
      yield frameHead('C', bytes.byteLength)
      yield bytes
    }
    made.files += 1
  }
}

export async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

function* record(type: string, value: unknown): Generator<Uint8Array, void, undefined> {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8')
  if (bytes.length > recordLimitBytes) throw new Error(`a record of ${bytes.length} bytes does not fit a package`)
  yield frameHead(type, bytes.length)
  yield bytes
}
