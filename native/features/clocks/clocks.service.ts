// The clocks of incidents as they stand: derived at each look; what is written are the evidence that stops them and what is declared not applicable.
import {
  type ActingPerson,
  type Clock,
  type ClockBoard,
  type ClockEvidence,
  type ClockEvidenceInput,
  type ClockRuleInput,
  type ClockSubject,
  type EvidenceOffer,
  isClockOpen,
  nearestClocks,
  type ReadClockSubjects,
  type ReadOnDuty,
  type WaiveInput,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { ClocksRepository } from './clocks.repository.ts'
import { clocksOf } from './derive.ts'
import { isLikely, recipientOf, typedTimes, type Units } from './recipients.ts'
import { isForUs, minuteMs, type OwnUnit } from './rule-match.ts'

export interface ClocksServiceOptions {
  journal: Journal
  repository: ClocksRepository
  rules: () => Promise<ClockRuleInput[]>
  subjects: ReadClockSubjects
  /** Calls and receipts; each may fail without taking the clocks down. */
  evidence: (incident: string) => Promise<ClockEvidence[]>
  onDuty: ReadOnDuty
  /** The unit this centre is; null = it has not said. */
  centreUnit: () => Promise<string | null>
  now: () => number
}

/** A sample's clock is shown for the first watch, then no longer asks for anybody. */
const sampleForMs = 12 * 3_600_000
const futureSlackMs = 5 * minuteMs

interface Context {
  own: OwnUnit
  units: Units
  now: number
}

export class ClocksService {
  readonly #options: ClocksServiceOptions

  constructor(options: ClocksServiceOptions) {
    this.#options = options
  }

  /** Clocks of one incident, with what is done; or the open ones of all (null), nearest first. */
  async board(incident: string | null): Promise<ClockBoard> {
    const { repository, rules, onDuty, now } = this.#options
    const [clocks, settings, watch] = await Promise.all([
      rules().then((table) => this.#clocks(incident, table)),
      repository.settings(),
      onDuty(now()),
    ])
    return {
      clocks: incident === null ? clocks.filter((clock) => isClockOpen(clock) && !isOldSample(clock, now())) : clocks.filter(isWorthALine(clocks)),
      settings,
      // Without a roster nobody is known to be on: the 值班长 is asked from the start, the 带班领导 only after the delay.
      isOfficerOn: watch !== null && watch.officers.length > 0,
      isShiftLeaderOn: watch === null || watch.shiftLeaders.length > 0,
    }
  }

  /** Clocks of one incident by a table that need not be saved (what-if). */
  derive(incident: string, rules: readonly ClockRuleInput[]): Promise<Clock[]> {
    return this.#clocks(incident, rules)
  }

  /** Every clock, done or not, of every incident that counts. */
  async all(): Promise<Clock[]> {
    return this.#clocks(null, await this.#options.rules())
  }

  /** What is nearest to each recipient, for the handover and for other rooms. */
  async open(): Promise<Clock[]> {
    return nearestClocks((await this.board(null)).clocks)
  }

  /** Calls and receipts about the incident that may well be a clock's, for a person to say so. */
  async offers(incident: string): Promise<EvidenceOffer[]> {
    const clocks = (await this.board(incident)).clocks.filter(isClockOpen)
    const [subject] = await this.#options.subjects(incident)
    const evidence = (await this.#told(subject?.family ?? [incident])).filter((one) => one.who.trim() !== '')
    return clocks.flatMap((clock) =>
      evidence.filter((one) => one.means === clock.means && isLikely(one, clock.recipient)).map((one) => ({ clock: clock.id, evidence: one })),
    )
  }

  /** @throws WanglouError NOT_FOUND; DUPLICATE; INVALID_INPUT {field: 'happenedAt'} for a moment that has not come */
  async record(input: ClockEvidenceInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const now = this.#options.now()
    if (input.happenedAt.at > now + futureSlackMs) throw new WanglouError('INVALID_INPUT', { field: 'happenedAt' })
    const { id, ...set } = input
    await this.#options.journal.write({
      actor: by.account,
      action: 'clocks.evidence',
      subject: { dataset: 'incidents', row: input.incident },
      happenedAt: input.happenedAt,
      note: { words: [input.recipient, input.who, input.said].filter((part) => part.trim() !== '').join(' ') },
      rows: [{ dataset: 'clockEvidence', row: id, set: { ...set, enteredAt: now, enteredByName: by.name } }],
      check: async (tx) => {
        await mustExist(tx, input.incident)
        if ((await tx.get('SELECT 1 AS found FROM clockEvidence WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { evidence: id })
      },
    })
  }

  /** It was typed by mistake: it stays in the journal and no longer stops anything. */
  async withdraw(input: { id: string; reason: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input.reason)
    const row = await this.#options.repository.evidenceRow(input.id)
    if (row === null || row.isWithdrawn === 1) throw new WanglouError('NOT_FOUND', { evidence: input.id })
    await this.#options.journal.write({
      actor: by.account,
      action: 'clocks.withdrawEvidence',
      subject: { dataset: 'incidents', row: row.incident },
      note: { words: `${row.recipient}：${input.reason}` },
      rows: [{ dataset: 'clockEvidence', row: input.id, set: { isWithdrawn: true } }],
    })
  }

  /** 不适用, with its reason; one act for all that are named. */
  async waive(input: WaiveInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.reason)
    const now = this.#options.now()
    await this.#options.journal.write({
      actor: by.account,
      action: 'clocks.waive',
      subject: { dataset: 'incidents', row: input.incident },
      note: { words: input.reason },
      rows: input.clocks.map(({ rule, stage }) => ({
        dataset: 'clockWaivers',
        row: importedId('clockWaivers', input.incident, `${rule}/${stage}`),
        set: { incident: input.incident, rule, stage, reason: input.reason, enteredAt: now, enteredByName: by.name, isWithdrawn: false },
      })),
      check: (tx) => mustExist(tx, input.incident),
    })
  }

  /** The clock runs again, from where it was counted. */
  async unwaive(input: { id: string; reason: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input.reason)
    const row = await this.#options.repository.waiverRow(input.id)
    if (row === null) throw new WanglouError('NOT_FOUND', { waiver: input.id })
    await this.#options.journal.write({
      actor: by.account,
      action: 'clocks.unwaive',
      subject: { dataset: 'incidents', row: row.incident },
      note: { words: input.reason },
      rows: [{ dataset: 'clockWaivers', row: input.id, set: { isWithdrawn: true } }],
    })
  }

  async #clocks(incident: string | null, rules: readonly ClockRuleInput[]): Promise<Clock[]> {
    const { repository, subjects } = this.#options
    const [found, context] = await Promise.all([subjects(incident), this.#context()])
    if (incident !== null && found.length === 0) throw new WanglouError('NOT_FOUND', { incident })
    const family = found.flatMap((subject) => subject.family)
    const [typed, told, waivers] = await Promise.all([repository.evidence(family), this.#told(family), repository.waivers(family)])
    const proof = [...typed, ...told]
    return found.flatMap((subject) => clocksOf({ rules, subject, waivers, ...context, evidence: [...proof, ...timesOf(subject, rules, context)] }))
  }

  /** Asked by incident: what a room calls open may leave out a closed one whose final report is still owed. */
  async #told(family: readonly string[]): Promise<ClockEvidence[]> {
    return (await Promise.all(family.map((incident) => this.#options.evidence(incident)))).flat()
  }

  async #context(): Promise<Context> {
    const { repository, centreUnit, now } = this.#options
    const [unit, units, settings] = await Promise.all([centreUnit(), repository.units(), repository.settings()])
    const kind = unit === null ? undefined : units.get(unit)?.kind
    const level = kind === 'province' || kind === 'city' || kind === 'county' ? kind : settings.level
    return { own: { unit, level }, units, now: now() }
  }
}

function timesOf(subject: ClockSubject, rules: readonly ClockRuleInput[], { own, units }: Context): ClockEvidence[] {
  if (subject.firstPhoned === null && subject.written === null) return []
  return typedTimes(
    subject,
    rules.filter((rule) => rule.isActive && isForUs(rule, own)).map((rule) => recipientOf(rule, own.unit, units)),
  )
}

function isOldSample(clock: Clock, now: number): boolean {
  return clock.isSample && now > clock.dueAt + sampleForMs
}

/** Of the follow-ups the last that was given and the next; of the rest everything. */
function isWorthALine(clocks: readonly Clock[]): (clock: Clock) => boolean {
  const last = new Map<string, number>()
  for (const clock of clocks)
    if (clock.stage === 'follow-up' && clock.evidence !== null) last.set(clock.rule, Math.max(last.get(clock.rule) ?? 0, clock.number))
  return (clock) => clock.stage !== 'follow-up' || clock.evidence === null || clock.number === last.get(clock.rule)
}

async function mustExist(tx: Reads, incident: string): Promise<void> {
  if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [incident])) === null)
    throw new WanglouError('NOT_FOUND', { incident })
}
