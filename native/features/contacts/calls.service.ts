// Calls: each with its outcome, who took it and their words; those about an incident stand on its time line; a sample is never dialled.
import {
  type ActingPerson,
  type AmendCallInput,
  type Call,
  type CallFact,
  type CallsInput,
  type RecordCallInput,
  type ReportingEvidence,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { CallsRepository } from './calls.repository.ts'
import type { ContactsRepository } from './contacts.repository.ts'

const weekMs = 7 * 86_400_000
/** A clock on the wall may be ahead of ours. */
const slackMs = 5 * 60_000

export class CallsService {
  readonly #journal: Journal
  readonly #calls: CallsRepository
  readonly #contacts: ContactsRepository
  readonly #now: () => number

  constructor(options: { journal: Journal; calls: CallsRepository; contacts: ContactsRepository; now: () => number }) {
    this.#journal = options.journal
    this.#calls = options.calls
    this.#contacts = options.contacts
    this.#now = options.now
  }

  /**
   * Sent twice it is there once.
   * @throws WanglouError SAMPLE_RECORD (a sample party or incident, and not typed as 样例), EVIDENCE_REQUIRED {who}, INVALID_INPUT (in the future, or 样例
   * where nothing is a sample), NOT_FOUND, DUPLICATE
   */
  async record(input: RecordCallInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    mustSayWho(input)
    if (input.happenedAt.at > this.#now() + slackMs) throw new WanglouError('INVALID_INPUT', { field: 'happenedAt' })
    const { id, ...call } = input
    await this.#journal.write({
      actor: by.account,
      action: 'contacts.call',
      subject: input.incident === null ? { dataset: 'calls', row: id } : { dataset: 'incidents', row: input.incident },
      happenedAt: input.happenedAt,
      rows: [
        { dataset: 'calls', row: id, set: { ...call, enteredAt: this.#now(), enteredBy: by.account, enteredByName: by.name, amendedWhy: null } },
      ],
      check: async (tx) => {
        if (await this.#contacts.isKnown('calls', id, tx)) throw new WanglouError('DUPLICATE', { call: id })
        const parties = await this.#calls.parties(input, tx)
        for (const what of ['incident', 'unit', 'contact'] as const)
          if (input[what] !== null && parties[what] === null) throw new WanglouError('NOT_FOUND', { [what]: input[what] })
        const isSample = parties.incident === true || (parties.contact ?? parties.unit) === true
        if (isSample && !input.isSample) throw new WanglouError('SAMPLE_RECORD', { party: input.party })
        // A party that is in no table (the team of an order) is a sample by the word of whoever offers it.
        if (!isSample && input.isSample && (input.unit ?? input.contact) !== null) throw new WanglouError('INVALID_INPUT', { field: 'isSample' })
      },
    })
  }

  /** Puts a record right, with the reason; what stood there stays in the journal. @throws WanglouError NOT_FOUND, EVIDENCE_REQUIRED */
  async amend(input: AmendCallInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const call = await this.#calls.get(input.call)
    if (call === null) throw new WanglouError('NOT_FOUND', { call: input.call })
    mustSayWho({ ...call, ...input })
    const { outcome, who, words, why } = input
    await this.#journal.write({
      actor: by.account,
      action: 'contacts.amendCall',
      subject: call.incident === null ? { dataset: 'calls', row: call.id } : { dataset: 'incidents', row: call.incident },
      rows: [{ dataset: 'calls', row: call.id, set: { outcome, who, words, amendedWhy: why.trim() } }],
      note: { words: why.trim() },
    })
  }

  list(input: CallsInput): Promise<Call[]> {
    return this.#calls.list(input)
  }

  /** For other features. @param incident null = all of the last seven days */
  facts(incident: string | null): Promise<CallFact[]> {
    return this.#calls.facts(incident === null ? { sinceAt: this.#now() - weekMs } : { incident })
  }

  /** Calls of purpose `report` that somebody took or passed on. @param incident null = every open one */
  async evidence(incident: string | null): Promise<ReportingEvidence[]> {
    return (await this.#calls.reports(incident)).map((call) => ({
      incident: call.matter,
      unit: call.unit,
      recipient: call.unitName ?? call.party,
      means: 'telephone',
      at: call.happenedAt,
      who: call.who,
      words: call.words,
      source: { dataset: 'calls', row: call.id },
      report: '',
    }))
  }
}

/** What others rest on must say who took the call: a report that somebody heard, a reminder, an order. */
function mustSayWho(call: Pick<RecordCallInput, 'outcome' | 'purpose' | 'who'>): void {
  const isTaken = call.outcome === 'answered' || call.outcome === 'relayed'
  if (isTaken && call.purpose !== 'other' && call.who.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { field: 'who' })
}
