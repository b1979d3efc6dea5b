// 预占 → 调用 → 归还: who holds a resource is decided in the transaction that writes it, so of many at once one wins.
import { type CellValue, type Id, type ReadIncidentFacts, type Reservation, type ReservationState, type Scope, type UnsettledReservation, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Reads, Store } from '../../store/types.ts'
import { ownerOf, type OwnersPort } from './owners.ts'
import { type ReservationRow, ReservationsRepository, reservationView, isForeign } from './reservations.repository.ts'

const mayFollow: Record<ReservationState, readonly ReservationState[]> = { reserved: ['used', 'returned', 'cancelled'], used: ['returned'], returned: [], cancelled: [] }
const verbs = { used: 'use', returned: 'giveBack', cancelled: 'cancelReservation' } as const

/** Not answered for so long, somebody should ring, ms. */
const patienceMs = 60_000

interface Options {
  store: Store
  journal: Journal
  incident: ReadIncidentFacts
  owners: OwnersPort
  /** What our centre calls itself. */
  centreName: () => Promise<string>
  now: () => number
}

export class Reservations {
  readonly #options: Options
  readonly #repository: ReservationsRepository

  constructor(options: Options) {
    this.#options = options
    this.#repository = new ReservationsRepository(options.store)
  }

  async of(where: 'resource' | 'incident', id: Id): Promise<Reservation[]> {
    return (await this.#repository.of(where, id)).map((row) => this.#view(row))
  }

  /** Held by more than one incident, for 待办 on every console: none of them is dropped, a person decides. */
  doubleBooked() {
    return this.#repository.doubleBooked()
  }

  /** Ours that were refused, or not answered for a minute. */
  async unsettled(): Promise<UnsettledReservation[]> {
    const { owners, now } = this.#options
    const rows = await this.#repository.unsettled(owners.unit, now() - patienceMs)
    return rows.map((row) => {
      const { id, resource, resourceName, incident, confirmation, ownerName, answer, reservedAt } = this.#view(row)
      return {
        reservation: id, resource, resourceName, incident, answer, ownerName: ownerName ?? '',
        confirmation: confirmation === 'refused' ? 'refused' : 'provisional', since: answer?.at ?? reservedAt,
      }
    })
  }

  /**
   * Written at once whoever must be asked: of another's resource it is 未确认 until an entry of theirs says otherwise.
   * @throws WanglouError NOT_FOUND · STATE_NOT_ALLOWED (incident closed) · ALREADY_RESERVED `{ resource, incident, holder, state }`
   */
  async reserve(input: { resource: Id; incident: Id; words: string | null }, actor: string): Promise<Reservation> {
    const facts = await this.#options.incident(input.incident)
    if (facts.isClosed) throw new WanglouError('STATE_NOT_ALLOWED', { state: 'closed' })
    const { scope, asked } = await this.#asked(input.resource, facts.title)
    const id = newId()
    const set = { ...input, ...asked, state: 'reserved', reservedAt: this.#options.now(), reservedBy: actor, usedAt: null, returnedAt: null }
    try {
      await this.#options.journal.write({
        actor, action: 'resources.reserve', subject: { dataset: 'incidents', row: input.incident }, ...(scope === undefined ? {} : { scope }),
        rows: [{ dataset: 'reservations', row: id, set }],
        check: (tx) => this.#isFree(tx, input.resource),
      })
    } catch (error) {
      throw await this.#named(error)
    }
    return this.#view(await this.#read(id))
  }

  /** Who decides about it, and what of our incident may be told there. */
  async #asked(resource: Id, title: string): Promise<{ scope: Scope | undefined; asked: Record<string, CellValue> }> {
    const { store, owners, centreName } = this.#options
    const row = await store.get<{ unit: string | null }>('SELECT unit FROM resources WHERE id = ?', [resource])
    const owner = ownerOf(row?.unit ?? null, owners)
    if (owner === null) return { scope: undefined, asked: { confirmation: 'confirmed' } }
    const { unit, scope } = owner
    const told: Record<string, CellValue> = scope === undefined ? {} : { incidentTitle: title, fromName: await centreName() }
    return { scope, asked: { confirmation: 'provisional', owner: unit, ...told } }
  }

  use(reservation: Id, words: string | null, actor: string): Promise<Reservation> {
    return this.#move(reservation, 'used', words, actor)
  }

  giveBack(reservation: Id, words: string | null, actor: string): Promise<Reservation> {
    return this.#move(reservation, 'returned', words, actor)
  }

  cancel(reservation: Id, words: string | null, actor: string): Promise<Reservation> {
    return this.#move(reservation, 'cancelled', words, actor)
  }

  async #move(id: Id, state: 'used' | 'returned' | 'cancelled', words: string | null, actor: string): Promise<Reservation> {
    const { incident, scope } = await this.#read(id)
    const { owners } = this.#options
    if (isForeign(scope, owners.unit)) throw new WanglouError('STATE_NOT_ALLOWED', { state: 'foreign' })
    const now = this.#options.now()
    const stamp: Record<string, CellValue> = state === 'used' ? { usedAt: now } : { returnedAt: now }
    await this.#options.journal.write({
      actor, action: `resources.${verbs[state]}`, subject: { dataset: 'incidents', row: incident }, ...(scope.startsWith('centre:') ? {} : { scope }),
      rows: [{ dataset: 'reservations', row: id, set: { state, ...stamp, ...(words === null ? {} : { words }) } }],
      check: async (tx) => {
        const present = await this.#repository.one(id, tx)
        if (present === null) throw new WanglouError('NOT_RESERVED', { reservation: id })
        if (!mayFollow[present.state].includes(state)) throw new WanglouError('STATE_NOT_ALLOWED', { state: present.state })
      },
    })
    return this.#view(await this.#read(id))
  }

  async #read(id: Id): Promise<ReservationRow> {
    const reservation = await this.#repository.one(id)
    if (reservation === null) throw new WanglouError('NOT_RESERVED', { reservation: id })
    return reservation
  }

  #view(row: ReservationRow): Reservation {
    const { owners } = this.#options
    return reservationView(row, { ours: owners.unit, nameOf: (unit) => owners.nameOf(unit) })
  }

  async #isFree(tx: Reads, id: Id): Promise<void> {
    const { resource, holder } = await this.#repository.heldBy(tx, id)
    if (resource === null) throw new WanglouError('NOT_FOUND', { resource: id })
    if (holder === null) return
    const { incident, incidentTitle, fromName, state } = holder
    const words = incidentTitle === null ? null : `${fromName ?? ''}《${incidentTitle}》`
    throw new WanglouError('ALREADY_RESERVED', { resource, incident, state, holder: words })
  }

  /** Adds the title of the incident that holds it: the officer wants to know whom to ring. */
  async #named(error: unknown): Promise<unknown> {
    if (!(error instanceof WanglouError) || error.code !== 'ALREADY_RESERVED') return error
    const holder = await this.#options.incident(String(error.params.incident)).then((facts) => facts.title, () => error.params.holder ?? null)
    return new WanglouError('ALREADY_RESERVED', { ...error.params, holder }, { cause: error })
  }
}
