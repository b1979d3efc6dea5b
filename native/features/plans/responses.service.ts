// 建议启动 → 批准启动 → checklist; 级别调整 and 终止 likewise. One response to an incident at a time; every step is an act about the incident.
import {
  type ApproveResponseInput,
  type HappenedAt,
  type OverdueItem,
  type ProposeResponseInput,
  type ReadIncidentFacts,
  type RefuseResponseInput,
  type ResponseDecision,
  type ResponseState,
  type ResponseSummary,
  type ResponseTier,
  WanglouError,
} from '../../contract/index.ts'
import type { z } from 'zod'
import { importedId, newId } from '../../kernel/ids.ts'
import type { Act, Journal } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { itemsOf } from './checklist.ts'
import { PlansRepository } from './plans.repository.ts'
import { type ResponseRow, responsesRepository as rows } from './responses.repository.ts'

/** Items an entry, so that its body stays far below 64 KiB. */
const itemsAnAct = 12
const running: readonly ResponseState[] = ['tier-1', 'tier-2', 'tier-3', 'tier-4']

export class ResponsesService {
  readonly #reads: Reads
  readonly #journal: Journal
  readonly #facts: ReadIncidentFacts
  readonly #now: () => number

  constructor(options: { reads: Reads; journal: Journal; facts: ReadIncidentFacts; now?: () => number }) {
    this.#reads = options.reads
    this.#journal = options.journal
    this.#facts = options.facts
    this.#now = options.now ?? Date.now
  }

  /** What others may know: 未启动, 一级…四级 or 终止, by which plan. */
  responseOf(incident: string): Promise<ResponseSummary> {
    return rows.summary(this.#reads, incident)
  }

  /** For papers: `三级响应（《…应急预案》）`; null = not started. */
  async wordsOf(incident: string): Promise<string | null> {
    const { state, planTitle } = await this.responseOf(incident)
    if (state === 'not-started') return null
    const plan = planTitle === null ? '' : `（《${planTitle}》）`
    return state === 'ended' ? `响应终止${plan}` : `${tierName(state)}响应${plan}`
  }

  /** Open items whose time has passed, or passes within the given span; the longest due first. */
  overdue(withinMs = 0, limit = 100): Promise<OverdueItem[]> {
    return rows.overdue(this.#reads, this.#now() + withinMs, limit)
  }

  async waiting() {
    return (await rows.waiting(this.#reads)).map((row) => ({ ...row, proposedAt: JSON.parse(row.proposedAt) as HappenedAt }))
  }

  /** @throws WanglouError STATE_NOT_ALLOWED (another proposal waits, nothing runs, the tier is in force already, the incident is closed) · NOT_FOUND (plan) */
  async propose(input: ProposeResponseInput, actor: string): Promise<string> {
    const facts = await this.#facts(input.incident)
    if (facts.isClosed) throw refusal('incident-closed')
    if ((await rows.decision(this.#reads, input.id)) !== null) return input.id
    const latest = await rows.latest(this.#reads, input.incident)
    const target = this.#target(input, latest)
    const plan = input.plan ?? target.plan
    const version = plan === null ? null : plan === target.plan && target.version !== null ? target.version : await this.#versionInForce(plan)
    if (input.kind === 'start' && (plan === null || version === null)) throw new WanglouError('NOT_FOUND', { plan })
    const set = {
      incident: input.incident,
      response: target.id,
      kind: input.kind,
      state: 'proposed',
      tier: input.tier,
      fromTier: isRunning(latest) ? latest.state : null,
      plan,
      version,
      grade: input.grade,
      clause: input.clause,
      reason: input.reason,
      proposedAt: input.proposedAt,
      proposedBy: actor,
    }
    await this.#journal.write({
      actor,
      action: 'responses.propose',
      subject: aboutIncident(input.incident),
      happenedAt: input.proposedAt,
      note: { words: `${wordsOf(input.kind, input.tier)}：${input.reason}` },
      rows: [{ dataset: 'responseDecisions', row: input.id, set }],
      check: async (tx) => {
        this.#target(input, await rows.latest(tx, input.incident))
        const waiting = (await rows.decisions(tx, input.incident)).some((decision) => decision.state === 'proposed')
        if (waiting) throw refusal('proposal-waiting')
      },
    })
    return input.id
  }

  /** Takes a proposal back, or enters the leader's refusal. */
  async refuse(input: z.infer<typeof RefuseResponseInput>, actor: string): Promise<void> {
    const decision = await this.#decision(input.decision)
    await this.#journal.write({
      actor,
      action: 'responses.refuse',
      subject: aboutIncident(decision.incident),
      note: { words: `${wordsOf(decision.kind, decision.tier)}：${input.reason}` },
      rows: [
        {
          dataset: 'responseDecisions',
          row: decision.id,
          set: { state: input.state, approver: input.approver === '' ? null : input.approver, evidence: input.reason, enteredBy: actor },
        },
      ],
      check: (tx) => this.#stillProposed(tx, decision.id),
    })
  }

  /**
   * Enters an approval as given: who, in person or by telephone, when. The proposal becomes the state of the response, and a start or change its checklist.
   * @throws WanglouError STATE_NOT_ALLOWED when it was decided meanwhile, another response runs, or the plan is still being taken in · EVIDENCE_REQUIRED (no number by telephone)
   */
  async approve(input: ApproveResponseInput, actor: string): Promise<ResponseSummary> {
    const decision = await this.#decision(input.decision)
    if (input.approvalWay === 'telephone' && input.approvalNumber.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { what: 'number' })
    const { incident } = decision
    const latest = await rows.latest(this.#reads, incident)
    const about = { actor, subject: aboutIncident(incident), happenedAt: input.approvedAt }
    const approval = {
      state: 'approved',
      approver: input.approver,
      approvalWay: input.approvalWay,
      approvalNumber: input.approvalNumber === '' ? null : input.approvalNumber,
      approvedAt: input.approvedAt,
      evidence: input.evidence,
      evidenceBlob: input.evidenceBlob,
      enteredBy: actor,
    }
    const state: ResponseState = decision.kind === 'end' ? 'ended' : (decision.tier ?? 'not-started')
    const response = {
      state,
      ...(decision.kind === 'end' ? { endedAt: input.approvedAt.at } : { incident, plan: decision.plan, version: decision.version }),
      ...(decision.kind === 'start' ? { sequence: (latest?.sequence ?? 0) + 1, approvedAt: input.approvedAt.at } : {}),
    }
    const acts = decision.kind === 'end' ? [] : await this.#checklistActs(decision, input, about)
    await this.#journal.writeAll([
      {
        ...about,
        action: { start: 'responses.approve', change: 'responses.change', end: 'responses.end' }[decision.kind],
        note: {
          words: `${wordsOf(decision.kind, decision.tier)}，${input.approver}（${input.approvalWay === 'telephone' ? `电话授权 ${input.approvalNumber}` : '当面'}）`,
        },
        rows: [
          { dataset: 'responseDecisions', row: decision.id, set: approval },
          { dataset: 'responses', row: decision.response, set: response },
        ],
        check: async (tx) => {
          await this.#stillProposed(tx, decision.id)
          this.#target({ kind: decision.kind, tier: decision.tier, incident }, await rows.latest(tx, incident))
        },
      },
      ...acts,
    ])
    return rows.summary(this.#reads, incident)
  }

  async #checklistActs(
    decision: ResponseDecision,
    input: ApproveResponseInput,
    about: Pick<Act, 'actor' | 'subject' | 'happenedAt'>,
  ): Promise<Act[]> {
    const { tier, version, response, incident } = decision
    if (tier === null || version === null) throw refusal('no-plan')
    const repository = new PlansRepository(this.#reads)
    const [actions, contacts, existing, declared, counted] = await Promise.all([
      repository.actions(version),
      repository.contacts(version),
      rows.items(this.#reads, response),
      this.#reads.get<{ counts: string }>('SELECT counts FROM planVersions WHERE id = ?', [version]),
      repository.counts(version),
    ])
    if (declared === null || counted.actions < (JSON.parse(declared.counts) as { actions: number }).actions) throw refusal('plan-incomplete')
    const dropped = input.openTasks === 'skip' ? existing.filter((item) => item.state === 'open' && item.tier !== tier && item.origin === 'plan') : []
    const fresh = itemsOf({ tier, actions, contacts, approvedAt: input.approvedAt.at, existing, newId })
    const writes = [
      ...fresh.map(({ id, set }) => ({ dataset: 'responseTasks', row: id, set: { ...set, incident, response, decision: decision.id } })),
      ...dropped.map(({ id }) => ({
        dataset: 'responseTasks',
        row: id,
        set: { state: 'skipped', skipReason: `级别调整：${tierName(decision.fromTier)}→${tierName(tier)}`, enteredBy: about.actor },
      })),
    ]
    return Array.from({ length: Math.ceil(writes.length / itemsAnAct) }, (_, index) => ({
      ...about,
      action: 'responses.checklist',
      note: { words: `${tierName(tier)}响应 ${fresh.length} 项` },
      rows: writes.slice(index * itemsAnAct, (index + 1) * itemsAnAct),
    }))
  }

  /** Which response a decision is about, and whether it may be made now. */
  #target(
    input: { kind: ProposeResponseInput['kind']; tier: ResponseTier | null; incident: string },
    latest: ResponseRow | null,
  ): { id: string; plan: string | null; version: string | null } {
    if (input.kind !== 'end' && input.tier === null) throw refusal('tier-missing')
    if (input.kind === 'start') {
      if (isRunning(latest)) throw refusal('already-running')
      return { id: importedId('responses', input.incident, String((latest?.sequence ?? 0) + 1)), plan: null, version: null }
    }
    if (!isRunning(latest)) throw refusal('not-running')
    if (input.kind === 'change' && latest.state === input.tier) throw refusal('same-tier')
    return latest
  }

  async #versionInForce(plan: string): Promise<string | null> {
    return (
      (await this.#reads.get<{ currentVersion: string | null }>('SELECT currentVersion FROM plans WHERE id = ? AND _deleted = 0', [plan]))
        ?.currentVersion ?? null
    )
  }

  async #decision(id: string): Promise<ResponseDecision> {
    const decision = await rows.decision(this.#reads, id)
    if (decision === null) throw new WanglouError('NOT_FOUND', { decision: id })
    return decision
  }

  async #stillProposed(tx: Reads, id: string): Promise<void> {
    const decision = await rows.decision(tx, id)
    if (decision?.state !== 'proposed') throw refusal('already-decided', { approver: decision?.approver ?? null, state: decision?.state ?? null })
  }
}

function isRunning(row: ResponseRow | null): row is ResponseRow & { state: ResponseTier } {
  return row !== null && running.includes(row.state)
}

function tierName(tier: ResponseTier | null): string {
  return tier === null ? '' : { 'tier-1': '一级', 'tier-2': '二级', 'tier-3': '三级', 'tier-4': '四级' }[tier]
}

function wordsOf(kind: ResponseDecision['kind'], tier: ResponseTier | null): string {
  return { start: `启动${tierName(tier)}响应`, change: `调整为${tierName(tier)}响应`, end: '终止响应' }[kind]
}

function aboutIncident(incident: string) {
  return { dataset: 'incidents', row: incident }
}

function refusal(why: string, params: Record<string, string | null> = {}): WanglouError {
  return new WanglouError('STATE_NOT_ALLOWED', { why, ...params })
}
