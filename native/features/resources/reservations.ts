// 预占 → 调用 → 归还: who holds a resource is decided in the transaction that writes it, so of many at once one wins.
import { type CellValue, type Id, type ReadIncidentFacts, type Reservation, type ReservationState, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Reads } from '../../store/types.ts'
import type { ResourcesRepository } from './resources.repository.ts'

const mayFollow: Record<ReservationState, readonly ReservationState[]> = { reserved: ['used', 'returned', 'cancelled'], used: ['returned'], returned: [], cancelled: [] }
const verbs = { used: 'use', returned: 'giveBack', cancelled: 'cancelReservation' } as const

interface Options {
  journal: Journal
  repository: ResourcesRepository
  incident: ReadIncidentFacts
  now: () => number
}

export class Reservations {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** @throws WanglouError NOT_FOUND · STATE_NOT_ALLOWED (incident closed) · ALREADY_RESERVED `{ resource, incident, holder, state }` */
  async reserve(input: { resource: Id; incident: Id; words: string | null }, actor: string): Promise<Reservation> {
    const facts = await this.#options.incident(input.incident)
    if (facts.isClosed) throw new WanglouError('STATE_NOT_ALLOWED', { state: 'closed' })
    const id = newId()
    try {
      await this.#options.journal.write({
        actor, action: 'resources.reserve', subject: { dataset: 'incidents', row: input.incident },
        rows: [{ dataset: 'reservations', row: id, set: { resource: input.resource, incident: input.incident, state: 'reserved', confirmation: 'confirmed', words: input.words, reservedAt: this.#options.now(), reservedBy: actor, usedAt: null, returnedAt: null } }],
        check: (tx) => free(tx, input.resource),
      })
    } catch (error) {
      throw await this.#named(error)
    }
    return this.#read(id)
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
    const { incident } = await this.#read(id)
    const now = this.#options.now()
    const stamp: Record<string, CellValue> = state === 'used' ? { usedAt: now } : { returnedAt: now }
    await this.#options.journal.write({
      actor, action: `resources.${verbs[state]}`, subject: { dataset: 'incidents', row: incident },
      rows: [{ dataset: 'reservations', row: id, set: { state, ...stamp, ...(words === null ? {} : { words }) } }],
      check: async (tx) => {
        const present = await this.#options.repository.reservation(id, tx)
        if (present === null) throw new WanglouError('NOT_RESERVED', { reservation: id })
        if (!mayFollow[present.state].includes(state)) throw new WanglouError('STATE_NOT_ALLOWED', { state: present.state })
      },
    })
    return this.#read(id)
  }

  async #read(id: Id): Promise<Reservation> {
    const reservation = await this.#options.repository.reservation(id)
    if (reservation === null) throw new WanglouError('NOT_RESERVED', { reservation: id })
    return reservation
  }

  /** Adds the title of the incident that holds it: the officer wants to know whom to ring. */
  async #named(error: unknown): Promise<unknown> {
    if (!(error instanceof WanglouError) || error.code !== 'ALREADY_RESERVED') return error
    const holder = await this.#options.incident(String(error.params.incident)).then((facts) => facts.title, () => null)
    return new WanglouError('ALREADY_RESERVED', { ...error.params, holder }, { cause: error })
  }
}

async function free(tx: Reads, resource: Id): Promise<void> {
  const row = await tx.get<{ name: string; incident: string | null; state: string | null }>(
    `SELECT r.name, v.incident, v.state FROM resources r LEFT JOIN reservations v ON v.resource = r.id AND v.state IN ('reserved', 'used') AND v._deleted = 0 WHERE r.id = ? AND r._deleted = 0`,
    [resource],
  )
  if (row === null) throw new WanglouError('NOT_FOUND', { resource })
  if (row.incident !== null) throw new WanglouError('ALREADY_RESERVED', { resource: row.name, incident: row.incident, state: row.state, holder: null })
}
