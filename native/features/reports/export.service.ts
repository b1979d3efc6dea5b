// A report as a file: signed, the document as it was frozen; unsigned, 拟稿 on every page. Each export is an act and carries the notice.
import { type ActingPerson, type IncidentDetail, kindNames, NOT_CLASSIFIED_NOTICE, type TemplateReport, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { DocumentsService } from './documents.service.ts'
import { nameOf, signatureOf } from './life.ts'
import { yearOf } from './numbering.ts'
import { ReportsRepository } from './reports.repository.ts'
import { subjectOf } from './reports.service.ts'
import { readSettings } from './settings.ts'

export class ExportService {
  readonly #options: { journal: Journal; reads: Reads; documents: DocumentsService; detail: (incident: string) => Promise<IncidentDetail> }
  readonly #repository: ReportsRepository

  constructor(options: { journal: Journal; reads: Reads; documents: DocumentsService; detail: (incident: string) => Promise<IncidentDetail> }) {
    this.#options = options
    this.#repository = new ReportsRepository(options.reads)
  }

  /** @returns the document's hash; `template` null when it was frozen before. @throws WanglouError NOT_FOUND */
  async export(report: string, by: ActingPerson): Promise<{ blob: string; isSigned: boolean; template: TemplateReport | null }> {
    const { journal, reads, documents, detail } = this.#options
    const row = await this.#repository.get(report)
    if (row === null) throw new WanglouError('NOT_FOUND', { report })
    const [steps, fields, settings] = await Promise.all([this.#repository.steps([report]), this.#repository.fields([report]), readSettings(reads)])
    const signature = signatureOf(steps.get(report) ?? [])
    const current = signature?.fields ?? fields.get(report)?.fields
    if (current === undefined) throw new WanglouError('NOT_FOUND', { report })
    refuseMarked(current)
    const sequence =
      signature?.sequence ?? (row.kind === 'follow-up' && row.incident !== null ? (await this.#repository.course(row.incident)).followUps + 1 : null)
    const made =
      signature !== null && signature.blob !== null
        ? { blob: signature.blob, report: null }
        : await documents.make({
            kind: row.kind,
            name: `${row.corrects === null ? '' : '更正·'}${nameOf(row.kind, sequence, settings.firstName)}`,
            fields: current,
            incident: row.incident === null ? null : await detail(row.incident),
            signature:
              signature === null
                ? null
                : {
                    serial: signature.serial,
                    year: yearOf(signature.at.at),
                    signer: signature.signerName ?? '',
                    way: signature.way ?? 'in-person',
                  },
            map: row.map,
            atMs: signature?.at.at ?? Date.now(),
          })
    await journal.write({
      actor: by.account,
      action: 'reports.export',
      subject: subjectOf(row),
      note: { notice: NOT_CLASSIFIED_NOTICE, words: kindNames[row.kind], kind: row.kind, blob: made.blob, isSigned: signature !== null },
      rows: [],
    })
    return { blob: made.blob, isSigned: signature !== null, template: made.report }
  }
}
