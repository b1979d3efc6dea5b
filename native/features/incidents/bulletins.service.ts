// 值班快报: drafted from the facts, edited by a person, filled into a DOCX template, frozen by its hash.
import {
  type ActingPerson,
  type Bulletin,
  BulletinFields,
  type BulletinInput,
  type IncidentDetail,
  type Task,
  type TemplateReport,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import { bulletinFields } from './bulletin-text.ts'
import type { BulletinResult, BulletinTask } from './bulletin.worker.ts'
import { dayWords, figureWords, gradeWords, metricWords, stateWords } from './wording.ts'

/** Carried by every document that leaves. */
export const notSecret = '非涉密系统，严禁处理、存储、传输国家秘密'
/** Without these a document would not say what it is. */
const required = ['标题', '正文', '拟稿标记', '非涉密提示']
const known = [
  ...Object.keys(BulletinFields.shape),
  '正文.段落',
  '期号',
  '签发人',
  '拟稿标记',
  '非涉密提示',
  '日期',
  '事件等级',
  '事发时间',
  '地点',
  '数字',
  '数字.口径',
  '数字.数值',
  '数字.单位',
  '数字.据谁',
  '数字.状态',
  '数字.全文',
]
const templateRow = importedId('documentTemplates', 'station', 'duty-bulletin')

export class BulletinsService {
  readonly #journal: Journal
  readonly #reads: Reads
  readonly #blobs: Blobs
  readonly #options: BulletinsOptions

  constructor(options: BulletinsOptions) {
    this.#options = options
    this.#journal = options.journal
    this.#reads = options.reads
    this.#blobs = options.blobs
  }

  /** A draft from what is known now; nothing is stored. */
  async compose(incident: string, by: ActingPerson): Promise<BulletinFields> {
    const { detail, tasks, response, unit } = this.#options
    const last = await this.#reads.get<{ fields: string }>(
      "SELECT fields FROM bulletins WHERE state = 'exported' AND _deleted = 0 ORDER BY exportedAt DESC LIMIT 1",
    )
    const before = last === null ? null : (JSON.parse(last.fields) as BulletinFields)
    const [found, given, words, name] = await Promise.all([detail(incident), tasks(incident), response(incident), unit()])
    const fields = bulletinFields({ incident: found, tasks: given, response: words, unit: name, contact: by.name, phone: before?.联系电话 ?? '' })
    // Whom it goes to rarely changes: what was printed last stands until somebody types otherwise.
    return { ...fields, 主送: before?.主送 ?? '', 抄送: before?.抄送 ?? '', 报送单位: name || (before?.报送单位 ?? '') }
  }

  async list(incident: string): Promise<Bulletin[]> {
    const rows = await this.#reads.all<Omit<Bulletin, 'fields'> & { fields: string }>(
      'SELECT id, incident, state, fields, blob, exportedAt, exportedBy FROM bulletins WHERE incident = ? AND _deleted = 0 ORDER BY key',
      [incident],
    )
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as BulletinFields }))
  }

  /** Keeps a draft (拟稿). @throws WanglouError STATE_NOT_ALLOWED when that paper was exported: it is frozen */
  async save(input: BulletinInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.fields)
    await this.#write(input, by, 'incidents.draftBulletin', { state: 'drafted' })
  }

  /**
   * Fills the template and freezes the document. @returns its hash
   * @throws WanglouError TEMPLATE_INVALID never for the customer's template (the shipped one takes over), only if the shipped one is damaged
   */
  async export(input: BulletinInput, by: ActingPerson): Promise<{ blob: string; template: TemplateReport }> {
    refuseMarked(input.fields)
    const incident = await this.#options.detail(input.incident)
    const { path, report, blob: template } = await this.#template()
    const { document } = await this.#run({ kind: 'fill', path, values: values(input.fields, incident, Date.now()) })
    if (document === null) throw new WanglouError('INTERNAL')
    const stored = await this.#blobs.put(once(document), { limitBytes: 64 * 1024 * 1024 })
    await this.#write(input, by, 'incidents.exportBulletin', {
      state: 'exported',
      blob: stored.sha256,
      template,
      exportedAt: Date.now(),
      exportedBy: by.name,
    })
    return { blob: stored.sha256, template: report }
  }

  /** Which template is in use, and why not the customer's if it cannot be read. */
  async template(): Promise<TemplateReport> {
    return (await this.#template()).report
  }

  /**
   * Puts the customer's own template in place (null = back to the shipped one).
   * @throws WanglouError TEMPLATE_INVALID {unknown, missing, reason}: then nothing changes
   */
  async setTemplate(options: { blob: string | null; name: string }, by: ActingPerson): Promise<TemplateReport> {
    if (options.blob !== null) await this.#examine(this.#blobs.pathOf(options.blob))
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.setTemplate',
      subject: { dataset: 'documentTemplates', row: templateRow },
      rows: [{ dataset: 'documentTemplates', row: templateRow, set: { kind: 'duty-bulletin', blob: options.blob, name: options.name } }],
    })
    return this.template()
  }

  async #template(): Promise<{ path: string; report: TemplateReport; blob: string | null }> {
    const own = await this.#reads.get<{ blob: string | null; name: string }>(
      'SELECT blob, name FROM documentTemplates WHERE id = ? AND _deleted = 0',
      [templateRow],
    )
    const shipped = this.#options.shippedTemplate
    if (own === null || own.blob === null)
      return { path: shipped, blob: null, report: { name: null, ...(await this.#examine(shipped)), problem: null } }
    try {
      const path = this.#blobs.pathOf(own.blob)
      return { path, blob: own.blob, report: { name: own.name, ...(await this.#examine(path)), problem: null } }
    } catch (error) {
      // The night's paper must go out: the shipped template takes over, and the page says why.
      const problem = error instanceof WanglouError ? { code: error.code, params: error.params } : { code: 'FILE_UNREADABLE', params: {} }
      return { path: shipped, blob: null, report: { name: own.name, ...(await this.#examine(shipped)), problem } }
    }
  }

  async #examine(path: string): Promise<{ fields: string[]; unused: string[] }> {
    const { fields } = await this.#run({ kind: 'examine', path })
    // Inside a repeated part the fields of the whole paper may be named too.
    const unknown = fields.filter((field) => !known.includes(field) && !known.includes(field.split('.').at(-1) ?? ''))
    const missing = required.filter((field) => !fields.includes(field))
    if (unknown.length > 0 || missing.length > 0)
      throw new WanglouError('TEMPLATE_INVALID', { unknown: unknown.join('、'), missing: missing.join('、') })
    return { fields, unused: known.filter((field) => !fields.includes(field)) }
  }

  #run(data: BulletinTask): Promise<BulletinResult> {
    return runInWorker<BulletinResult>({ url: new URL('./bulletin.worker.ts', import.meta.url), data, maxOldSpaceMb: 256, timeoutMs: 60_000 })
  }

  async #write(input: BulletinInput, by: ActingPerson, action: string, set: Record<string, string | number | null>): Promise<void> {
    await this.#journal.write({
      actor: by.account,
      action,
      subject: { dataset: 'incidents', row: input.incident },
      note: action === 'incidents.exportBulletin' ? { notice: notSecret } : null,
      rows: [{ dataset: 'bulletins', row: input.id, set: { incident: input.incident, fields: input.fields, ...set } }],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [input.incident])) === null)
          throw new WanglouError('NOT_FOUND', { incident: input.incident })
        const row = await tx.get<{ state: string }>('SELECT state FROM bulletins WHERE id = ?', [input.id])
        if (row?.state === 'exported') throw new WanglouError('STATE_NOT_ALLOWED', { from: 'exported', to: String(set['state']) })
      },
    })
  }
}

export interface BulletinsOptions {
  journal: Journal
  reads: Reads
  blobs: Blobs
  /** Path of the shipped DOCX. */
  shippedTemplate: string
  detail: (incident: string) => Promise<IncidentDetail>
  tasks: (incident: string) => Promise<Task[]>
  /** The response in words for the paper; null = not started. */
  response: (incident: string) => Promise<string | null>
  /** Name of this centre; empty = not set. */
  unit: () => Promise<string>
}

/** Everything a template may name. 期号 and 签发人 stay empty until the paper is signed. */
function values(fields: BulletinFields, incident: IncidentDetail, nowMs: number): Record<string, unknown> {
  return {
    ...fields,
    正文: fields.正文.map((段落) => ({ 段落 })),
    期号: '',
    签发人: '',
    拟稿标记: '拟稿',
    非涉密提示: notSecret,
    日期: dayWords(nowMs),
    事件等级: incident.grade === null ? '无法初判' : `${gradeWords[incident.grade]}${incident.isGradeConfirmed ? '' : '（初判）'}`,
    事发时间: incident.occurred === null ? '' : dayWords(incident.occurred.at),
    地点: incident.place,
    数字: incident.figures.map((figure) => ({
      口径: metricWords[figure.metric][0],
      数值: figure.chosen === null ? figure.statements.map((said) => said.value).join(' / ') : String(figure.chosen.value),
      单位: metricWords[figure.metric][1],
      据谁: figure.chosen?.source ?? figure.statements.map((said) => said.source).join(' / '),
      状态: figure.chosen === null ? '有出入' : stateWords[figure.chosen.state],
      全文: figureWords(figure),
    })),
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
