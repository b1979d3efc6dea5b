// Documents: which template a kind has, what it may name, and a report filled into it as a DOCX that is kept by its hash.
import { join } from 'node:path'
import { type ActingPerson, type ReportKind, type TemplateReport, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import { type DocumentFacts, documentValues, knownNames, neededNames } from './document-values.ts'
import type { DocumentResult, DocumentTask } from './documents.worker.ts'

/** What is asked of a template, whichever it is. */
type Task = { kind: 'examine' } | { kind: 'fill'; values: Record<string, unknown>; map: string | null }

const limitBytes = 64 * 1024 * 1024

export class DocumentsService {
  readonly #options: { journal: Journal; reads: Reads; blobs: Blobs; folder: string }

  /** @param options `folder`: where the shipped templates lie, `<kind>.docx` */
  constructor(options: { journal: Journal; reads: Reads; blobs: Blobs; folder: string }) {
    this.#options = options
  }

  /** Fills the kind's template. @returns the document's hash and which template made it */
  async make(facts: DocumentFacts): Promise<{ blob: string; template: string | null; report: TemplateReport }> {
    const { blobs } = this.#options
    const own = await this.#own(facts.kind)
    const map = facts.map === null || !(await blobs.has(facts.map)) ? null : blobs.pathOf(facts.map)
    const filled = await this.#used(facts.kind, own, { kind: 'fill', values: documentValues(facts), map })
    if (filled.document === null) throw new WanglouError('INTERNAL')
    const stored = await blobs.put(once(filled.document), { limitBytes })
    return { blob: stored.sha256, template: filled.report.problem === null ? (own?.blob ?? null) : null, report: filled.report }
  }

  /** Which template is in use for a kind, and why not the customer's if it cannot be read. */
  async template(kind: ReportKind): Promise<TemplateReport> {
    return (await this.#used(kind, await this.#own(kind), { kind: 'examine' })).report
  }

  /**
   * Puts the customer's own template of a kind in place (null = back to the shipped one).
   * @throws WanglouError TEMPLATE_INVALID {unknown, missing, reason}: then nothing changes
   */
  async setTemplate(options: { kind: ReportKind; blob: string | null; name: string }, by: ActingPerson): Promise<TemplateReport> {
    const { kind, blob, name } = options
    if (blob !== null) examined(kind, (await this.#run({ kind: 'examine', path: this.#options.blobs.pathOf(blob) })).fields)
    const row = templateRow(kind)
    await this.#options.journal.write({
      actor: by.account,
      action: 'reports.template',
      subject: { dataset: 'documentTemplates', row },
      rows: [{ dataset: 'documentTemplates', row, set: { kind, blob, name } }],
    })
    return this.template(kind)
  }

  /** A shipped document that is no report: it has no life here and no template of the customer. @returns the DOCX */
  async fill(name: 'handover', values: Record<string, unknown>): Promise<Uint8Array> {
    const { document } = await this.#run({ kind: 'fill', path: join(this.#options.folder, `${name}.docx`), values, map: null })
    if (document === null) throw new WanglouError('INTERNAL')
    return document
  }

  /** The customer's template of a kind; null = the shipped one holds. */
  async #own(kind: ReportKind): Promise<{ blob: string; name: string } | null> {
    const own = await this.#options.reads.get<{ blob: string | null; name: string }>(
      'SELECT blob, name FROM documentTemplates WHERE id = ? AND _deleted = 0',
      [templateRow(kind)],
    )
    return own === null || own.blob === null ? null : { blob: own.blob, name: own.name }
  }

  /** The customer's template where it is sound. The night's paper must go out: else the shipped one takes over, and the report says why. */
  async #used(kind: ReportKind, own: { blob: string; name: string } | null, task: Task): Promise<DocumentResult & { report: TemplateReport }> {
    let problem: TemplateReport['problem'] = null
    if (own !== null) {
      try {
        const result = await this.#run({ ...task, path: this.#options.blobs.pathOf(own.blob) })
        return { ...result, report: { kind, name: own.name, ...examined(kind, result.fields), problem: null } }
      } catch (error) {
        problem = error instanceof WanglouError ? { code: error.code, params: error.params } : { code: 'FILE_UNREADABLE', params: {} }
      }
    }
    const result = await this.#run({ ...task, path: join(this.#options.folder, `${kind}.docx`) })
    return { ...result, report: { kind, name: own?.name ?? null, ...examined(kind, result.fields), problem } }
  }

  #run(data: DocumentTask): Promise<DocumentResult> {
    return runInWorker<DocumentResult>({ url: new URL('./documents.worker.ts', import.meta.url), data, maxOldSpaceMb: 256, timeoutMs: 60_000 })
  }
}

/** @throws WanglouError TEMPLATE_INVALID with the unknown and the missing fields by name */
function examined(kind: ReportKind, fields: string[]): { fields: string[]; unused: string[] } {
  const known = knownNames(kind)
  // Inside a repeated part the fields of the whole paper may be named too.
  const unknown = fields.filter((field) => !known.includes(field) && !known.includes(field.split('.').at(-1) ?? ''))
  const missing = neededNames(kind).filter((field) => !fields.includes(field))
  if (unknown.length > 0 || missing.length > 0)
    throw new WanglouError('TEMPLATE_INVALID', { unknown: unknown.join('、'), missing: missing.join('、') })
  return { fields, unused: known.filter((field) => !fields.includes(field)) }
}

function templateRow(kind: ReportKind): string {
  return importedId('documentTemplates', 'station', kind)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
