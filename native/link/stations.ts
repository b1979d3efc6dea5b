// Whom we believe: stations we were paired with, and those that a host we believe has vouched for.
import type { Scope } from '../contract/index.ts'
import type { Reads, Store } from '../store/types.ts'
import { isWithin, type Superiors } from './permits.ts'

/** What a station shows of itself at pairing. */
export interface StationCard {
  station: string
  /** The centre it belongs to. */
  unit: string
  name: string
  /** Ed25519, SPKI, base64. */
  publicKey: string
  /** Carries its centre's entries up and down, and vouches for others. */
  isHost: boolean
}

/** What is needed of the journal. */
export interface TrustPort {
  readonly station: string
  trust(station: { station: string; publicKey: string; certifiedBy: string | null }): Promise<boolean>
}

export class Stations {
  readonly #store: Store
  readonly #journal: TrustPort
  readonly #unit: string
  readonly #superiors: () => Superiors
  #known = new Map<string, StationCard>()

  constructor(options: { store: Store; journal: TrustPort; unit: string; superiors: () => Superiors }) {
    this.#store = options.store
    this.#journal = options.journal
    this.#unit = options.unit
    this.#superiors = options.superiors
  }

  unitOf(station: string): string | null {
    return station === this.#journal.station ? this.#unit : (this.#known.get(station)?.unit ?? null)
  }

  get all(): StationCard[] {
    return [...this.#known.values()]
  }

  /** Remembers a station that we were paired with; from now on its seals are believed. @returns false when it is known under another key */
  async pair(card: StationCard, now: number): Promise<boolean> {
    const isSame = await this.#journal.trust({ station: card.station, publicKey: card.publicKey, certifiedBy: null })
    if (!isSame) return false
    await this.#store.write(async (tx) => {
      await tx.run(
        `INSERT INTO link_paired (station, unit, name, publicKey, isHost, pairedAt) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (station) DO UPDATE SET unit = excluded.unit, name = excluded.name, isHost = excluded.isHost`,
        [card.station, card.unit, card.name, card.publicKey, card.isHost ? 1 : 0, now],
      )
    })
    await this.refresh()
    return true
  }

  /** Reads again who is vouched for, and believes whoever is new. @returns whether somebody is */
  async refresh(): Promise<boolean> {
    const known = new Map((await readPaired(this.#store)).map((card) => [card.station, card]))
    const claims = (await readClaims(this.#store)).filter((claim) => !known.has(claim.station) && claim.station !== this.#journal.station)
    for (let isMore = true; isMore;) {
      isMore = false
      for (const claim of claims) {
        if (known.has(claim.station) || !this.#mayVouch(claim.writer, claim.unit, known)) continue
        known.set(claim.station, claim)
        isMore = true
      }
    }
    const fresh = [...known.values()].filter((card) => !this.#known.has(card.station))
    for (const card of fresh) await this.#journal.trust({ station: card.station, publicKey: card.publicKey, certifiedBy: null })
    this.#known = known
    return fresh.length > 0
  }

  /** A host at or above our own centre for anybody; another one for what lies at or below its own. */
  #mayVouch(writer: string, unit: string, known: ReadonlyMap<string, StationCard>): boolean {
    if (writer === this.#journal.station) return true
    const host = known.get(writer)
    if (host === undefined || !host.isHost) return false
    const superiors = this.#superiors()
    return isWithin(this.#unit, host.unit, superiors) || isWithin(unit, host.unit, superiors)
  }
}

async function readPaired(reads: Reads): Promise<StationCard[]> {
  const rows = await reads.all<Omit<StationCard, 'isHost'> & { isHost: number }>('SELECT station, unit, name, publicKey, isHost FROM link_paired')
  return rows.map((row) => ({ ...row, isHost: row.isHost === 1 }))
}

/** Rows of `stations` that nobody contradicts, each with whoever wrote it last. */
async function readClaims(reads: Reads): Promise<(StationCard & { writer: string })[]> {
  const rows = await reads.all<{
    station: string
    unit: string
    name: string | null
    publicKey: string
    isHost: number | null
    writer: string
    scope: Scope
  }>(
    `SELECT s.id AS station, s.unit, s.name, s.publicKey, s.isHost, j.station AS writer FROM stations AS s JOIN journal AS j ON j.arrival = s._entry
      WHERE s._deleted = 0 AND s._conflicts = 0 AND s.unit IS NOT NULL AND s.publicKey IS NOT NULL`,
  )
  return rows.map((row) => ({ ...row, name: row.name ?? '', isHost: row.isHost === 1 }))
}
