// The owner's side of a reservation: what others have reserved of ours is confirmed or refused by an entry of our own; what is others' is asked of them.
import { type CellValue, type Id, type ReadIncidentFacts, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Reads, Store } from '../../store/types.ts'
import { answerScope, type EntryPlace, type OwnersPort } from './owners.ts'
import { type OpenQuestion, ReservationsRepository } from './reservations.repository.ts'

export interface DecidingOptions {
  store: Store
  journal: Journal
  incident: ReadIncidentFacts
  owners: OwnersPort
  /** What our centre calls itself. */
  centreName: () => Promise<string>
  now: () => number
  onError: (error: unknown) => void
}

type Decision = { answer: 'confirmed' } | { answer: 'refused'; reason: 'held' | 'unknown'; heldFor: string | null }
const watched: ReadonlySet<string> = new Set(['reservations', 'reservationAnswers', 'resources', '*'])

export class Deciding {
  readonly #options: DecidingOptions
  readonly #reservations: ReservationsRepository
  /** Asked since the start; once is enough, the entry itself is on its way. */
  readonly #asked = new Set<Id>()
  #isStopped = false
  #isDue = false
  #sweeping: Promise<void> | null = null
  #unsubscribe: () => void = () => undefined

  constructor(options: DecidingOptions) {
    this.#options = options
    this.#reservations = new ReservationsRepository(options.store)
  }

  start(): void {
    this.#unsubscribe = this.#options.journal.onChange((changes) => {
      if (changes.some(({ dataset }) => watched.has(dataset))) void this.#look()
    })
    // What came while nobody was here to answer.
    void this.#look()
  }

  async stop(): Promise<void> {
    this.#unsubscribe()
    this.#isStopped = true
    await this.#sweeping
  }

  /** The link has brought an entry straight and somebody waits. @returns where our answer stands; null = none is due from us */
  async answer({ station, scope, seq }: EntryPlace): Promise<EntryPlace | null> {
    const entry = await this.#options.journal.entry(`${station}/${scope}/${seq}`)
    const reservation = entry?.cells.find(([dataset]) => dataset === 'reservations')?.[1]
    if (reservation === undefined) return null
    await this.#look()
    return this.#reservations.answerPlace(reservation)
  }

  /** Resolves when everything that has come is answered. */
  async settled(): Promise<void> {
    await this.#sweeping
  }

  /** One look at a time; resolves when everything that is here now has been looked at. */
  #look(): Promise<void> {
    this.#isDue = true
    this.#sweeping ??= this.#lookAll().finally(() => {
      this.#sweeping = null
    })
    return this.#sweeping
  }

  async #lookAll(): Promise<void> {
    const { onError } = this.#options
    while (this.#isDue && !this.#isStopped) {
      this.#isDue = false
      // One that fails keeps no other from its answer.
      for (const question of await this.#reservations.questions().catch(failed(onError))) await this.#consider(question).catch(failed(onError))
    }
  }

  async #consider(question: OpenQuestion): Promise<void> {
    const { owners, journal } = this.#options
    if (question.owner === owners.unit && owners.isHost) return this.#decide(question)
    const isOurs = question.station === journal.station
    if (question.confirmation !== 'provisional' || this.#asked.has(question.id) || !(isOurs || owners.isHost)) return
    this.#asked.add(question.id)
    void owners.ask({ station: question.station, scope: question.scope, seq: question.seq }, question.owner)
  }

  async #decide(question: OpenQuestion): Promise<void> {
    const { store, journal, owners, centreName, now } = this.#options
    const decision = await this.#judge(store, question)
    if (decision === null || isSame(decision, question)) return
    const set: Record<string, CellValue> = {
      reservation: question.id,
      reason: null,
      heldFor: null,
      ...decision,
      byName: answerScope(question.scope, owners.unit) === undefined ? owners.consoleName : await centreName(),
      answeredAt: now(),
    }
    const scope = answerScope(question.scope, owners.unit)
    let isStale = false
    try {
      await journal.write({
        actor: 'station',
        action: decision.answer === 'confirmed' ? 'resources.confirmReservation' : 'resources.refuseReservation',
        subject: { dataset: 'incidents', row: question.incident },
        ...(scope === undefined ? {} : { scope }),
        note: { words: question.resourceName ?? '' },
        // The same id whoever says it: said twice it is one.
        rows: [{ dataset: 'reservationAnswers', row: importedId('reservationAnswers', 'link', question.id), set }],
        check: async (tx) => {
          const present = await this.#reservations.question(tx, question.id)
          isStale = present === null || !isEqual(await this.#judge(tx, present), decision)
          if (isStale) throw new WanglouError('STATE_NOT_ALLOWED', { state: 'decided' })
        },
      })
    } catch (error) {
      if (!isStale) throw error
      this.#isDue = true
    }
  }

  /** @returns null = nothing can be said yet */
  async #judge(reads: Reads, question: OpenQuestion): Promise<Decision | null> {
    const holder = await this.#reservations.holder(reads, question)
    if (holder !== null) return { answer: 'refused', reason: 'held', heldFor: await this.#words(holder) }
    if (question.resourceName !== null) return { answer: 'confirmed' }
    // In our own centre the resource is on its way.
    return question.scope.startsWith('centre:') ? null : { answer: 'refused', reason: 'unknown', heldFor: null }
  }

  async #words({ incident, incidentTitle, fromName }: { incident: Id; incidentTitle: string | null; fromName: string | null }): Promise<string> {
    const title = incidentTitle ?? (await this.#options.incident(incident).then((facts) => facts.title, () => ''))
    return `${fromName ?? ''}《${title}》`
  }
}

function failed(onError: (error: unknown) => void): (error: unknown) => never[] {
  return (error) => {
    onError(error)
    return []
  }
}

function isSame(decision: Decision, { confirmation, reason, heldFor }: OpenQuestion): boolean {
  if (confirmation === 'provisional') return false
  return decision.answer === confirmation && (decision.answer === 'confirmed' || (decision.reason === reason && decision.heldFor === heldFor))
}

function isEqual(one: Decision | null, other: Decision): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
