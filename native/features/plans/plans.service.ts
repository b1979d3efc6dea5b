// Plans: the library, one plan whole, putting right what the parser was unsure of, and which plan answers to an incident.
import type { z } from 'zod'
import {
  type AddActionInput,
  type CellValue,
  type ConfirmPartInput,
  type FixActionInput,
  type FixContactInput,
  type FixParagraphInput,
  type FixTierInput,
  type FixUnitInput,
  type IncidentFacts,
  type MatchResult,
  type PlanDocument,
  type PlanSearchResult,
  type PlanSummary,
  type UpdatePlanInput,
  WanglouError,
} from '../../contract/index.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import { newId } from '../../kernel/ids.ts'
import type { Journal } from '../../journal/types.ts'
import { changedOf, mustHaveSeen } from '../../kernel/unseen.ts'
import type { Reads } from '../../store/types.ts'
import { matchPlans } from './match.ts'
import { PlansRepository } from './plans.repository.ts'
import { type PlanSearch, searchPlans } from './plans.search.ts'

export class PlansService {
  readonly #reads: Reads
  readonly #journal: Journal
  readonly #repository: PlansRepository
  readonly #words: EventWords

  constructor(options: { reads: Reads; journal: Journal; words: EventWords }) {
    this.#reads = options.reads
    this.#journal = options.journal
    this.#words = options.words
    this.#repository = new PlansRepository(options.reads)
  }

  list(): Promise<PlanSummary[]> {
    return this.#repository.summaries()
  }

  /** One version whole; the one in force when none is named. Throws NOT_FOUND. */
  async document(plan: string, version: string | null): Promise<PlanDocument> {
    const [summary, versions] = await Promise.all([this.#repository.summary(plan), this.#repository.versions(plan)])
    const wanted = version ?? summary?.currentVersion ?? versions[0]?.id
    const found = versions.find((one) => one.id === wanted)
    if (summary === null || found === undefined) throw new WanglouError('NOT_FOUND', { plan })
    const [counts, paragraphs, tiers, actions, contacts, units] = await Promise.all([
      this.#repository.counts(found.id),
      this.#repository.paragraphs(found.id),
      this.#repository.tiers(found.id),
      this.#repository.actions(found.id),
      this.#repository.contacts(found.id),
      this.#repository.units(found.id),
    ])
    const isComplete = (Object.keys(found.counts) as (keyof typeof counts)[]).every((kind) => counts[kind] >= found.counts[kind])
    return { plan: summary, version: found, versions, isComplete, paragraphs, tiers, actions, contacts, units }
  }

  search(search: PlanSearch): Promise<PlanSearchResult> {
    return searchPlans(this.#reads, search)
  }

  async match(facts: IncidentFacts): Promise<MatchResult> {
    const plans = await this.#repository.summaries()
    const withTiers = await Promise.all(
      plans.map(async (plan) => ({ plan, tiers: plan.currentVersion === null ? [] : await this.#repository.tiers(plan.currentVersion) })),
    )
    return matchPlans(facts, { plans: withTiers, spoken: this.#words.classesIn(facts.words) })
  }

  /** @throws WanglouError NOT_FOUND, CONFLICT {field} when another changed it since the form showed it */
  async update({ plan, seen, ...head }: z.infer<typeof UpdatePlanInput>, actor: string): Promise<void> {
    const set = changedOf(head, seen)
    if ((await this.#repository.summary(plan)) === null) throw new WanglouError('NOT_FOUND', { plan })
    await this.#journal.write({
      actor,
      action: 'plans.update',
      subject: { dataset: 'plans', row: plan },
      rows: [{ dataset: 'plans', row: plan, set: { ...set, unsure: [] } }],
      check: async (tx) => void (seen !== null && mustHaveSeen((await this.#repository.summary(plan, tx)) ?? {}, { set, seen })),
    })
  }

  fixParagraph({ id, ...set }: z.infer<typeof FixParagraphInput>, actor: string): Promise<void> {
    return this.#fix('planParagraphs', id, set, actor)
  }
  fixTier({ id, ...set }: z.infer<typeof FixTierInput>, actor: string): Promise<void> {
    return this.#fix('planTiers', id, set, actor)
  }
  fixAction({ id, ...set }: z.infer<typeof FixActionInput>, actor: string): Promise<void> {
    return this.#fix('planActions', id, set, actor)
  }
  fixContact({ id, ...set }: z.infer<typeof FixContactInput>, actor: string): Promise<void> {
    return this.#fix('planContacts', id, set, actor)
  }
  fixUnit({ id, ...set }: z.infer<typeof FixUnitInput>, actor: string): Promise<void> {
    return this.#fix('planUnits', id, set, actor)
  }

  /** A person looked and it is right as it stands. */
  confirm({ part, id }: z.infer<typeof ConfirmPartInput>, actor: string): Promise<void> {
    return this.#fix(`plan${part}`, id, {}, actor)
  }

  async addAction(input: z.infer<typeof AddActionInput>, actor: string): Promise<string> {
    const { version, ...set } = input
    const owner = await this.#reads.get<{ plan: string }>('SELECT plan FROM planVersions WHERE id = ? AND _deleted = 0', [version])
    if (owner === null) throw new WanglouError('NOT_FOUND', { version })
    const id = newId()
    const position = (await this.#repository.lastPosition('planActions', version)) + 1
    const row = { ...set, plan: owner.plan, version, position, deadlineWords: null, afterWords: null, clause: null, paragraph: null, unsure: [] }
    await this.#journal.write({
      actor,
      action: 'plans.add-action',
      subject: { dataset: 'plans', row: owner.plan },
      rows: [{ dataset: 'planActions', row: id, set: row }],
    })
    return id
  }

  async removePart({ part, id }: z.infer<typeof ConfirmPartInput>, actor: string): Promise<void> {
    const dataset = `plan${part}`
    const found = await this.#repository.part(dataset, id)
    if (found === null) throw new WanglouError('NOT_FOUND', { id })
    await this.#journal.write({
      actor,
      action: 'plans.remove-part',
      subject: { dataset: 'plans', row: found.plan },
      rows: [],
      deletes: [{ dataset, row: id }],
    })
  }

  async #fix(dataset: string, id: string, set: Record<string, CellValue>, actor: string): Promise<void> {
    const found = await this.#repository.part(dataset, id)
    if (found === null) throw new WanglouError('NOT_FOUND', { id })
    await this.#journal.write({
      actor,
      action: 'plans.fix',
      subject: { dataset: 'plans', row: found.plan },
      rows: [{ dataset, row: id, set: { ...set, unsure: [] } }],
    })
  }
}
