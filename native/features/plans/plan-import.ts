// Takes a plan document in: parsed in a worker, stored in bulk, and in force only when all of it is there.
import { type Entry, type ImportPlanInput, type PlanCounts, type PlanFormat, type PlanImportState, WanglouError } from '../../contract/index.ts'
import { importedId, newId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import type { PlanHints } from './parse/plan-head.ts'
import type { ParsedPlan } from './parse/structure.ts'

const maxOldSpaceMb = 512
const timeoutMs = 180_000
const keptJobs = 20

interface BulkPart {
  dataset: string
  columns: string[]
  /** Values after the key, in the order of `columns` without plan and version. */
  rows: unknown[][]
}

export interface PlanImportOptions {
  reads: Reads
  journal: Journal
  blobs: Blobs
  /** Code table and area names in force, to know what a title speaks of. */
  hints: () => Promise<Omit<PlanHints, 'fileName'>>
  now?: () => number
}

export class PlanImporter {
  readonly #options: PlanImportOptions
  readonly #jobs = new Map<string, PlanImportState>()
  readonly #aborts = new Map<string, AbortController>()
  readonly #now: () => number

  constructor(options: PlanImportOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  state(job: string): PlanImportState | null {
    return this.#jobs.get(job) ?? null
  }

  /** Newest first. */
  states(): PlanImportState[] {
    return [...this.#jobs.values()].toReversed()
  }

  cancel(job: string): void {
    this.#aborts.get(job)?.abort()
  }

  stop(): void {
    for (const abort of this.#aborts.values()) abort.abort()
  }

  /** Starts in the background; asks `state` for how it goes. A job that runs or is done is not started again. */
  start(input: ImportPlanInput, actor: string): PlanImportState {
    const known = this.#jobs.get(input.job)
    if (known !== undefined && known.stage !== 'failed') return known
    void this.run(input, actor).catch(() => undefined)
    return this.#set(input.job, {})
  }

  /** @throws WanglouError what is wrong with the file; the state says it too */
  async run(input: ImportPlanInput, actor: string): Promise<PlanImportState> {
    this.#jobs.delete(input.job)
    this.#jobs.set(input.job, {
      job: input.job,
      fileName: input.fileName,
      stage: 'reading',
      share: 0,
      plan: input.plan,
      version: null,
      counts: null,
      unsureCount: 0,
      error: null,
    })
    for (const old of [...this.#jobs.keys()].slice(0, -keptJobs)) this.#jobs.delete(old)
    const abort = new AbortController()
    this.#aborts.set(input.job, abort)
    try {
      return await this.#take(input, actor, abort.signal)
    } catch (error) {
      const refusal = error instanceof WanglouError ? { code: error.code, params: error.params } : { code: 'INTERNAL', params: {} }
      this.#set(input.job, { stage: 'failed', error: refusal })
      throw error
    } finally {
      this.#aborts.delete(input.job)
    }
  }

  async #take(input: ImportPlanInput, actor: string, signal: AbortSignal): Promise<PlanImportState> {
    const { reads, journal, blobs, hints } = this.#options
    if (!(await blobs.has(input.blob))) throw new WanglouError('NOT_FOUND', { blob: input.blob })
    const before =
      input.plan === null
        ? null
        : await reads.get<{ last: number | null }>(
            'SELECT (SELECT max(number) FROM planVersions WHERE plan = p.id) AS last FROM plans p WHERE p.id = ? AND p._deleted = 0',
            [input.plan],
          )
    if (input.plan !== null && before === null) throw new WanglouError('NOT_FOUND', { plan: input.plan })
    this.#set(input.job, { stage: 'parsing' })
    const { format, plan: parsed } = await runInWorker<{ format: PlanFormat; plan: ParsedPlan }, number>({
      url: new URL('./parse/plan.worker.ts', import.meta.url),
      data: { path: blobs.pathOf(input.blob), hints: { ...(await hints()), fileName: input.fileName } },
      maxOldSpaceMb,
      timeoutMs,
      signal,
      onProgress: (share) => this.#set(input.job, { share: share * 0.7 }),
    })
    const plan = input.plan ?? newId()
    const version = newId()
    const counts = countsOf(parsed)
    this.#set(input.job, { stage: 'storing', share: 0.8, plan, version, counts, unsureCount: unsureOf(parsed) })
    const subject = { dataset: 'plans', row: plan }
    const versionRow = {
      plan,
      number: (before?.last ?? 0) + 1,
      blob: input.blob,
      fileName: input.fileName,
      format,
      importedAt: this.#now(),
      importedBy: actor,
      counts: { ...counts },
    }
    const head = {
      title: parsed.head.title,
      issuer: parsed.head.issuer,
      area: input.area ?? parsed.head.area,
      eventTypes: parsed.head.eventTypes,
      keywords: parsed.head.keywords,
      isRetired: false,
      isSample: input.isSample,
      unsure: parsed.head.unsure.filter((mark) => mark !== 'area' || input.area === null),
    }
    // A plan that people may have corrected keeps its head; a new one gets what was read.
    const rows = [
      { dataset: 'planVersions', row: version, set: versionRow },
      ...(input.plan === null ? [{ dataset: 'plans', row: plan, set: head }] : []),
    ]
    await journal.write({ actor, action: 'plans.import', subject, rows })
    const parts: Entry[] = []
    for (const part of partsOf(parsed, version)) if (part.rows.length > 0) parts.push(await this.#store(part, { plan, version, actor }))
    // Its own parts alone: a ledger of a million rows that goes in meanwhile keeps nobody from a plan.
    for (const part of parts) await journal.bulkDone(part)
    await journal.write({ actor, action: 'plans.in-force', subject, rows: [{ dataset: 'plans', row: plan, set: { currentVersion: version } }] })
    return this.#set(input.job, { stage: 'done', share: 1 })
  }

  async #store(part: BulkPart, { plan, version, actor }: { plan: string; version: string; actor: string }): Promise<Entry> {
    const lines = part.rows.map((values, key) => Buffer.from(`${JSON.stringify([String(key), plan, version, key, ...values])}\n`))
    const { sha256 } = await this.#options.blobs.put(
      (async function* () {
        yield* lines
      })(),
      { limitBytes: 500_000_000 },
    )
    return this.#options.journal.writeBulk({
      actor,
      action: 'plans.import',
      subject: { dataset: 'plans', row: plan },
      dataset: part.dataset,
      source: sourceOf(version),
      columns: ['plan', 'version', 'position', ...part.columns],
      blob: sha256,
      rows: part.rows.length,
    })
  }

  #set(job: string, change: Partial<PlanImportState>): PlanImportState {
    const state = this.#jobs.get(job)
    if (state === undefined) throw new Error(`no import ${job}`)
    return Object.assign(state, change)
  }
}

function sourceOf(version: string): string {
  return `plan:${version}`
}

function partsOf(parsed: ParsedPlan, version: string): BulkPart[] {
  const paragraph = (position: number | null) => (position === null ? null : importedId('planParagraphs', sourceOf(version), String(position)))
  const action = (index: number) => importedId('planActions', sourceOf(version), String(index))
  return [
    {
      dataset: 'planParagraphs',
      columns: ['kind', 'depth', 'number', 'body', 'cells', 'isHeaderRow', 'tiers', 'unsure'],
      rows: parsed.paragraphs.map((one) => [one.kind, one.depth, one.number, one.body, one.cells, one.isHeaderRow, one.tiers, one.unsure]),
    },
    {
      dataset: 'planTiers',
      columns: ['tier', 'condition', 'grades', 'approver', 'clause', 'paragraph', 'unsure'],
      rows: parsed.tiers.map((one) => [one.tier, one.condition, one.grades, one.approver, one.clause, paragraph(one.paragraph), one.unsure]),
    },
    {
      dataset: 'planActions',
      columns: ['tier', 'role', 'action', 'deadlineMinutes', 'deadlineWords', 'after', 'afterWords', 'clause', 'paragraph', 'unsure'],
      rows: parsed.actions.map((one) => [
        one.tier,
        one.role,
        one.action,
        one.deadlineMinutes,
        one.deadlineWords,
        one.after.map(action),
        one.afterWords,
        one.clause,
        paragraph(one.paragraph),
        one.unsure,
      ]),
    },
    {
      dataset: 'planContacts',
      columns: ['unit', 'post', 'name', 'telephone', 'paragraph', 'unsure'],
      rows: parsed.contacts.map((one) => [one.unit, one.post, one.name, one.telephone, paragraph(one.paragraph), one.unsure]),
    },
    {
      dataset: 'planUnits',
      columns: ['unit', 'members', 'duties', 'paragraph', 'unsure'],
      rows: parsed.units.map((one) => [one.unit, one.members, one.duties, paragraph(one.paragraph), one.unsure]),
    },
  ]
}

function countsOf(parsed: ParsedPlan): PlanCounts {
  return {
    paragraphs: parsed.paragraphs.length,
    tiers: parsed.tiers.length,
    actions: parsed.actions.length,
    contacts: parsed.contacts.length,
    units: parsed.units.length,
  }
}

function unsureOf(parsed: ParsedPlan): number {
  const all = [...parsed.paragraphs, ...parsed.tiers, ...parsed.actions, ...parsed.contacts, ...parsed.units]
  return all.filter((one) => one.unsure.length > 0).length + parsed.head.unsure.length
}
