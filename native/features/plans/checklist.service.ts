// The live checklist of a response: items are done, skipped with a reason, taken up again, added; how far it is from the plan, now or at any moment.
import {
  type ChecklistAddInput,
  type ChecklistDoneInput,
  type ChecklistItem,
  type ChecklistReopenInput,
  type ChecklistSkipInput,
  type Deviation,
  type EpochMs,
  type HappenedAt,
  type ResponseView,
  WanglouError,
} from '../../contract/index.ts'
import type { z } from 'zod'
import type { Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { deviationOf } from './deviation.ts'
import { responsesRepository as rows } from './responses.repository.ts'

export class ChecklistService {
  readonly #reads: Reads
  readonly #journal: Journal
  readonly #now: () => number

  constructor(options: { reads: Reads; journal: Journal; now?: () => number }) {
    this.#reads = options.reads
    this.#journal = options.journal
    this.#now = options.now ?? Date.now
  }

  /** The response to an incident as it stands now. */
  async view(incident: string): Promise<ResponseView> {
    const [summary, decisions] = await Promise.all([rows.summary(this.#reads, incident), rows.decisions(this.#reads, incident)])
    const items = summary.response === null ? [] : await rows.items(this.#reads, summary.response)
    const pending = decisions.find((decision) => decision.state === 'proposed') ?? null
    return { summary, pending, decisions, items, deviation: deviationOf(items, this.#now(), summary.endedAt) }
  }

  /** Computed from the journal as it stood: by when things happened, or by when this station knew of them. */
  async deviationAt(incident: string, moment: { happened: EpochMs } | { known: EpochMs } | null): Promise<Deviation & { items: ChecklistItem[] }> {
    const summary = await rows.summary(this.#reads, incident)
    const now = summary.response === null ? [] : await rows.items(this.#reads, summary.response)
    if (moment === null) return { ...deviationOf(now, this.#now(), summary.endedAt), items: now }
    const at = 'happened' in moment ? moment.happened : moment.known
    const then = await Promise.all(now.map(async ({ id }) => asItem(id, await this.#journal.stateAt({ dataset: 'responseTasks', row: id }, moment))))
    const response = summary.response === null ? null : await this.#journal.stateAt({ dataset: 'responses', row: summary.response }, moment)
    const items = then.filter((item) => item !== null)
    return { ...deviationOf(items, at, (response?.['endedAt'] as number | null | undefined) ?? null), items }
  }

  /** @throws WanglouError STATE_NOT_ALLOWED: no longer open, or something that comes first is open and nobody said it is so all the same */
  async done(input: z.infer<typeof ChecklistDoneInput>, actor: string): Promise<void> {
    const item = await this.#item(input.task)
    await this.#journal.write({
      actor,
      action: 'responses.done',
      subject: about(item),
      happenedAt: input.doneAt,
      note: { words: wordsOf(item), ...(input.isOutOfOrder ? { isOutOfOrder: true } : {}) },
      rows: [
        {
          dataset: 'responseTasks',
          row: item.id,
          set: {
            state: 'done',
            doneAt: input.doneAt,
            doneBy: input.doneBy,
            evidence: input.evidence,
            evidenceBlob: input.evidenceBlob,
            enteredBy: actor,
          },
        },
      ],
      check: async (tx) => {
        await mustBe(tx, item.id, 'open')
        if (input.isOutOfOrder) return
        const open = (await rows.items(tx, item.response)).find((other) => item.after.includes(other.id) && other.state === 'open')
        if (open !== undefined) throw new WanglouError('STATE_NOT_ALLOWED', { why: 'comes-after', action: open.action })
      },
    })
  }

  async skip(input: z.infer<typeof ChecklistSkipInput>, actor: string): Promise<void> {
    const item = await this.#item(input.task)
    await this.#journal.write({
      actor,
      action: 'responses.skip',
      subject: about(item),
      note: { words: `${wordsOf(item)}（${input.reason}）` },
      rows: [{ dataset: 'responseTasks', row: item.id, set: { state: 'skipped', skipReason: input.reason, enteredBy: actor } }],
      check: (tx) => mustBe(tx, item.id, 'open'),
    })
  }

  /** Takes up again what was marked done or skipped by mistake. */
  async reopen(input: z.infer<typeof ChecklistReopenInput>, actor: string): Promise<void> {
    const item = await this.#item(input.task)
    await this.#journal.write({
      actor,
      action: 'responses.reopen',
      subject: about(item),
      note: { words: `${wordsOf(item)}（${input.reason}）` },
      rows: [
        {
          dataset: 'responseTasks',
          row: item.id,
          set: { state: 'open', doneAt: null, doneBy: null, evidence: null, evidenceBlob: null, skipReason: null, enteredBy: actor },
        },
      ],
      check: (tx) => mustBe(tx, item.id, item.state === 'open' ? 'done' : item.state),
    })
  }

  /** An item the plan does not have. */
  async add(input: z.infer<typeof ChecklistAddInput>, actor: string): Promise<void> {
    const { id, incident, ...given } = input
    if ((await rows.item(this.#reads, id)) !== null) return
    const summary = await rows.summary(this.#reads, incident)
    if (summary.response === null || !summary.state.startsWith('tier-')) throw new WanglouError('STATE_NOT_ALLOWED', { why: 'not-running' })
    const items = await rows.items(this.#reads, summary.response)
    const set = {
      ...given,
      telephone: given.telephone === '' ? null : given.telephone,
      incident,
      response: summary.response,
      origin: 'extra',
      planAction: null,
      tier: summary.state,
      position: Math.max(0, ...items.map((item) => item.position)) + 1,
      state: 'open',
      enteredBy: actor,
    }
    await this.#journal.write({
      actor,
      action: 'responses.add',
      subject: { dataset: 'incidents', row: incident },
      rows: [{ dataset: 'responseTasks', row: id, set }],
    })
  }

  async #item(id: string): Promise<ChecklistItem> {
    const item = await rows.item(this.#reads, id)
    if (item === null) throw new WanglouError('NOT_FOUND', { task: id })
    return item
  }
}

function wordsOf(item: ChecklistItem): string {
  return [item.role, item.action].filter((words) => words !== null).join(' ')
}

function about(item: ChecklistItem) {
  return { dataset: 'incidents', row: item.incident }
}

/** Two consoles may press at once: the second is told, nothing is overwritten. An ended response takes no more. */
async function mustBe(tx: Reads, id: string, state: ChecklistItem['state']): Promise<void> {
  const item = await rows.item(tx, id)
  if (item?.state !== state) throw new WanglouError('STATE_NOT_ALLOWED', { why: 'item-changed', state: item?.state ?? null })
  const response = await rows.latest(tx, item.incident)
  if (response?.id !== item.response || response.state === 'ended') throw new WanglouError('STATE_NOT_ALLOWED', { why: 'not-running' })
}

function asItem(id: string, state: Record<string, unknown> | null): ChecklistItem | null {
  if (state === null || state['state'] === undefined) return null
  const value = <T>(column: string) => (state[column] ?? null) as T
  return {
    id,
    incident: value('incident'),
    response: value('response'),
    origin: value('origin'),
    planAction: value('planAction'),
    tier: value('tier'),
    position: value('position'),
    role: value('role'),
    action: value('action'),
    contact: value('contact'),
    telephone: value('telephone'),
    dueAt: value('dueAt'),
    after: value<string[] | null>('after') ?? [],
    clause: value('clause'),
    state: value('state'),
    doneAt: value<HappenedAt | null>('doneAt'),
    doneBy: value('doneBy'),
    evidence: value('evidence'),
    skipReason: value('skipReason'),
  }
}
