// Whom we believe: stations we were paired with, and those that a host we believe has vouched for.
import type { Reads, Store } from '../store/types.ts'
import { mayVouch, type Superiors } from './permits.ts'

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
    const known = await believedStations(this.#store, { ourUnit: this.#unit, superiors: this.#superiors() })
    known.delete(this.#journal.station)
    const fresh = [...known.values()].filter((card) => !this.#known.has(card.station))
    for (const card of fresh) await this.#journal.trust({ station: card.station, publicKey: card.publicKey, certifiedBy: null })
    this.#known = known
    return fresh.length > 0
  }
}

/**
 * Every station whose centre is known here: we ourselves under any name we have had, those we were paired with, and those that a host among
 * them vouches for. What anybody else has written of a station counts for nothing, whoever wrote last.
 */
export async function believedStations(reads: Reads, way: { ourUnit: string; superiors: Superiors }): Promise<Map<string, StationCard>> {
  const ours = new Set((await reads.all<{ station: string }>('SELECT station FROM journal_incarnations')).map(({ station }) => station))
  const known = new Map((await readPaired(reads)).map((card) => [card.station, card]))
  const claims = (await readClaims(reads)).filter(({ station }) => !known.has(station) && !ours.has(station))
  const mayBelieve = ({ writer, unit }: Claim) => {
    const host = known.get(writer)
    return ours.has(writer) || (host !== undefined && host.isHost && mayVouch(host.unit, unit, way))
  }
  for (let isMore = true; isMore;) {
    isMore = false
    for (const claim of claims) {
      if (known.has(claim.station) || !mayBelieve(claim)) continue
      const { writer: _writer, ...card } = claim
      known.set(claim.station, card)
      isMore = true
    }
  }
  return known
}

async function readPaired(reads: Reads): Promise<StationCard[]> {
  const rows = await reads.all<Omit<StationCard, 'isHost'> & { isHost: number }>('SELECT station, unit, name, publicKey, isHost FROM link_paired')
  return rows.map((row) => ({ ...row, isHost: row.isHost === 1 }))
}

/** What one station has written of another. */
interface Claim extends StationCard {
  writer: string
}

/**
 * Cell by cell with its writer: of the projected row nobody could tell whose each value is. In the order in which they came to stand, so that
 * whoever may vouch too and comes later moves nobody; a key that is trusted is never another one.
 */
async function readClaims(reads: Reads): Promise<Claim[]> {
  const cells = await reads.all<{ station: string; column: string; value: string; writer: string; arrival: number }>(
    `SELECT h.row AS station, h."column", h.value, h.arrival, j.station AS writer FROM cell_history AS h JOIN journal AS j ON j.arrival = h.arrival
      WHERE h.dataset = 'stations' AND h.row NOT IN (SELECT id FROM stations WHERE _deleted = 1) ORDER BY h.arrival`,
  )
  const keys = await reads.all<{ station: string; publicKey: string }>('SELECT station, publicKey FROM journal_stations')
  const trusted = new Map(keys.map(({ station, publicKey }) => [station, publicKey]))
  const written = [...Map.groupBy(cells, ({ station, writer }) => `${station}\0${writer}`).values()]
  return written
    .sort((a, b) => arrivalOf(a) - arrivalOf(b))
    .flatMap((some) => {
      const set = Object.fromEntries(some.map(({ column, value }) => [column, JSON.parse(value) as unknown]))
      const { unit, name, publicKey, isHost } = set
      const [first] = some
      if (first === undefined || typeof unit !== 'string' || typeof publicKey !== 'string') return []
      const { station, writer } = first
      if ((trusted.get(station) ?? publicKey) !== publicKey) return []
      return [{ station, writer, unit, publicKey, name: typeof name === 'string' ? name : '', isHost: isHost === true }]
    })
}

function arrivalOf(cells: readonly { arrival: number }[]): number {
  return cells.at(-1)?.arrival ?? 0
}
