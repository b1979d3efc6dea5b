// Judges the chains of a package: whose they are, whether we may hold them, whether every batch stands under a good seal.
import { chainStart } from '../../journal/encode.ts'
import { isScope } from '../../journal/scopes.ts'
import { hashAlong, isSealedBatch, isSealGood, type SealedBatch } from '../../journal/seal.ts'
import type { PackageReport } from '../../contract/index.ts'
import { mayHold, mayVouch, mayWrite, type Superiors } from '../permits.ts'
import { chainKey } from './manifest.ts'
import { refused } from './refusal.ts'
import { type KnownStation, publicKeyOf, type StationClaim } from './stations.ts'

export type ChainRefusal = PackageReport['refused'][number]['reason']

export interface JudgeOptions {
  known: ReadonlyMap<string, KnownStation>
  maker: KnownStation
  ourUnit: string
  superiors: Superiors
}

export class Judge {
  readonly #options: JudgeOptions
  /** What the maker says and may say. */
  readonly #vouched = new Map<string, StationClaim>()
  /** Where each chain stands after the batch before, as its seal says. */
  readonly #ends = new Map<string, { seq: number; hash: string }>()
  /** Stations of chains that go in. */
  readonly #used = new Set<string>()

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** Takes of the keys in a package those that its maker may vouch for. A key that is known here is never changed. */
  hear(claims: readonly StationClaim[]): void {
    const { maker, known } = this.#options
    for (const claim of claims) {
      const publicKey = known.get(claim.station)?.publicKey ?? claim.publicKey
      if (publicKey !== claim.publicKey || publicKeyOf(publicKey) === null) continue
      if (maker.isHost && maker.unit !== null && mayVouch(maker.unit, claim.unit, this.#options)) this.#vouched.set(claim.station, claim)
    }
  }

  /** @throws WanglouError PACKAGE_REFUSED: unsealed */
  check(value: unknown): void {
    if (!isSealedBatch(value)) throw refused('unsealed')
    const publicKey = this.#keyOf(value.station)
    if (publicKey !== null && !(isSealGood(value.seal, publicKey) && this.#isCovered(value))) throw refused('unsealed', { chain: chainKey(value) })
    if (this.refusal(value) === null) this.#used.add(value.station)
  }

  /** Why a chain is not taken; null = it goes in. */
  refusal({ station, scope }: Pick<SealedBatch, 'station' | 'scope'>): ChainRefusal | null {
    const { known, ourUnit, superiors } = this.#options
    if (!isScope(scope)) return 'malformed'
    if (!mayHold(scope, ourUnit, superiors)) return 'scope'
    const unit = known.get(station)?.unit ?? this.#vouched.get(station)?.unit ?? null
    if (unit === null || this.#keyOf(station) === null) return 'unknown-station'
    return mayWrite(scope, unit) ? null : 'scope'
  }

  /** Keys to be believed from now on, of stations whose chains go in. */
  keys(): { station: string; publicKey: string; certifiedBy: string | null }[] {
    const { known, maker } = this.#options
    return [...this.#used].flatMap((station) => {
      const publicKey = this.#keyOf(station)
      return publicKey === null ? [] : [{ station, publicKey, certifiedBy: known.has(station) ? null : maker.station }]
    })
  }

  #keyOf(station: string): string | null {
    return this.#options.known.get(station)?.publicKey ?? this.#vouched.get(station)?.publicKey ?? null
  }

  /** Whether the seal is of these entries, as far as the package alone can tell; the rest the journal finds out. */
  #isCovered(batch: SealedBatch): boolean {
    const key = chainKey(batch)
    const first = batch.entries[0]?.seq ?? 1
    const before = this.#ends.get(key)
    const prev = first === 1 ? chainStart : before?.seq === first - 1 ? before.hash : null
    this.#ends.set(key, { seq: batch.seal.seq, hash: batch.seal.headHash })
    return prev === null || hashAlong(batch, prev).at(-1)?.hash === batch.seal.headHash
  }
}
