// 报送 and receipts: each send and each receipt is a row; 送达 by a machine, 签收 by a person, 阅示 by a leader are never one another.
import {
  type ActingPerson,
  type IncidentDetail,
  kindNames,
  type ReceiptInput,
  type ReportReceipt,
  type ReportSettings,
  type SendInput,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Blobs, Reads, Store } from '../../store/types.ts'
import { copySheet, type CopyLine } from './copy-sheet.ts'
import { mailFile } from './mail.ts'
import { isFrozen, signatureOf, stateOf } from './life.ts'
import { type ReportRow, ReportsRepository, type StepRow } from './reports.repository.ts'
import { subjectOf } from './reports.service.ts'
import { readSettings } from './settings.ts'
import type { SigningService } from './signing.service.ts'

const mailLimitBytes = 64 * 1024 * 1024

export interface SendsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  signing: SigningService
  detail: (incident: string) => Promise<IncidentDetail>
  /** The lines up, as far as a report needs them. */
  upward: Upward
  /** A drill's station: nothing leaves it, and nothing is written down as if it had. */
  isDrill: boolean
}

/** Who of those above is reached by the link. */
export interface Upward {
  /** Our own unit, as it stands in scopes. */
  unit: string
  /** What we are called on papers. */
  name: () => Promise<string>
  /** @param unit row id in the tree @returns the unit as it stands in scopes; null = not linked */
  linkedUnit: (unit: string | null) => string | null
}

export class SendsService {
  readonly #options: SendsOptions
  readonly #repository: ReportsRepository

  constructor(options: SendsOptions) {
    this.#options = options
    this.#repository = new ReportsRepository(options.store)
  }

  /**
   * Records that a signed report went out, one row a recipient; an e-mail file is made for each.
   * @throws WanglouError REPORT_UNSIGNED · EVIDENCE_REQUIRED {field: number} when somebody took it by telephone · SAMPLE_RECORD (also in a drill) · STATE_NOT_ALLOWED for a draft thrown away · UNIT_NOT_LINKED {unit} by the link · DUPLICATE
   */
  async send(input: SendInput, by: ActingPerson): Promise<{ sends: { id: string; blob: string | null }[] }> {
    refuseMarked(input)
    const { store, journal, signing, isDrill } = this.#options
    const row = await this.#row(input.report)
    if (row.isSample || isDrill) throw new WanglouError('SAMPLE_RECORD', { report: row.id })
    const nowMs = Date.now()
    const spoken = await signing.spokenAct(row.id, by, nowMs)
    const steps = (await this.#repository.steps([row.id])).get(row.id) ?? []
    const settings = await readSettings(store)
    const files = await Promise.all(
      input.recipients.map((recipient) => (input.channel === 'email' ? this.#mail(row, steps, recipient, settings) : Promise.resolve(null))),
    )
    for (const { takenBy, target } of input.recipients)
      if (takenBy.trim() !== '' && input.channel === 'telephone' && target.trim() === '')
        throw new WanglouError('EVIDENCE_REQUIRED', { field: 'number' })
    const rows = input.recipients.map((recipient, at) => ({
      dataset: 'reportSends',
      row: recipient.id,
      set: {
        report: row.id,
        incident: row.incident,
        unit: recipient.unit,
        recipient: recipient.name.trim(),
        channel: input.channel,
        target: recipient.target,
        sentAt: input.sentAt,
        words: input.words,
        receiptWithinMinutes: settings.receiptWithinMinutes,
        blob: files[at] ?? null,
        enteredAt: nowMs,
        enteredBy: by.account,
        enteredByName: by.name,
      },
    }))
    const taken = input.recipients
      .filter((recipient) => recipient.takenBy.trim() !== '')
      .map((recipient) => ({
        dataset: 'reportReceipts',
        row: newId(),
        set: {
          report: row.id,
          incident: row.incident,
          send: recipient.id,
          kind: 'signed',
          who: recipient.takenBy.trim(),
          how: input.channel === 'telephone' ? 'telephone' : 'in-person',
          number: input.channel === 'telephone' ? recipient.target : '',
          words: input.words,
          at: input.sentAt,
          enteredAt: nowMs,
          enteredBy: by.account,
          enteredByName: by.name,
        },
      }))
    await journal.writeAll([
      ...(spoken === null ? [] : [{ ...spoken, check: (tx: Reads) => this.#mustBeUnsigned(tx, row.id) }]),
      {
        actor: by.account,
        action: 'reports.send',
        subject: subjectOf(row),
        happenedAt: input.sentAt,
        note: {
          kind: row.kind,
          words: `${kindNames[row.kind]} → ${input.recipients.map((recipient) => recipient.name).join('、')}${input.words === '' ? '' : `：${input.words}`}`,
        },
        rows: [...rows, ...taken],
        check: (tx) =>
          this.#mustBeSigned(
            tx,
            row.id,
            input.recipients.map(({ id }) => id),
          ),
      },
      ...(input.channel === 'link' ? await this.#upward(row, input, by) : []),
    ])
    return { sends: rows.map((one, at) => ({ id: one.row, blob: files[at] ?? null })) }
  }

  /** What goes up: an entry of its own in the wider scope, with nothing in it but what a report says by itself. */
  async #upward(row: ReportRow, input: SendInput, by: ActingPerson): Promise<Act[]> {
    const { upward, detail } = this.#options
    const signature = signatureOf((await this.#repository.steps([row.id])).get(row.id) ?? [])
    if (signature === null || signature.blob === null) throw new WanglouError('REPORT_UNSIGNED', { report: row.id })
    const [fromName, incident] = await Promise.all([upward.name(), row.incident === null ? null : detail(row.incident)])
    return input.recipients.map(({ id, unit, name }) => {
      const toUnit = upward.linkedUnit(unit)
      if (toUnit === null) throw new WanglouError('UNIT_NOT_LINKED', { unit: name })
      return {
        actor: by.account,
        action: 'reports.sendByLink',
        subject: { dataset: 'receivedReports', row: id },
        rows: [
          {
            dataset: 'receivedReports',
            row: id,
            set: {
              toUnit,
              fromUnit: upward.unit,
              fromName,
              report: row.id,
              incident: row.incident,
              kind: row.kind,
              title: signature.fields?.['标题'] || kindNames[row.kind],
              incidentTitle: incident?.title ?? '',
              words: input.words,
              signerName: signature.signerName,
              blob: signature.blob,
              sentAt: input.sentAt,
              sentByName: by.name,
            },
          },
        ],
      }
    })
  }

  /**
   * 送达, 签收 or 阅示 of one send.
   * @throws WanglouError EVIDENCE_REQUIRED {field: who} unless a machine says so; by telephone also {field: number}; NOT_FOUND; DUPLICATE
   */
  async receipt(input: ReceiptInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    if (input.kind !== 'delivered' && input.who.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { field: 'who' })
    if (input.kind !== 'delivered' && input.how === 'telephone' && input.number.trim() === '')
      throw new WanglouError('EVIDENCE_REQUIRED', { field: 'number' })
    const send = await this.#options.store.get<{ report: string; incident: string | null; recipient: string }>(
      'SELECT report, incident, recipient FROM reportSends WHERE id = ? AND _deleted = 0',
      [input.send],
    )
    if (send === null) throw new WanglouError('NOT_FOUND', { send: input.send })
    const { id, ...told } = input
    await this.#options.journal.write({
      ...receiptAct(send, input.kind, by),
      happenedAt: input.at,
      note: { words: `${send.recipient}${input.who === '' ? '' : ` ${input.who}`}${input.words === '' ? '' : `：${input.words}`}` },
      rows: [
        {
          dataset: 'reportReceipts',
          row: id,
          set: { ...told, report: send.report, incident: send.incident, enteredAt: Date.now(), enteredBy: by.account, enteredByName: by.name },
        },
      ],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM reportReceipts WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { receipt: id })
      },
    })
  }

  /** The fields that the unified system asks for, in its order, with when each was copied on this console. */
  async copySheet(report: string): Promise<CopyLine[]> {
    const row = await this.#row(report)
    const [steps, fields, settings, copied] = await Promise.all([
      this.#repository.steps([report]),
      this.#repository.fields([report]),
      readSettings(this.#options.store),
      this.#options.store.all<{ field: string; copiedAt: number }>('SELECT field, copiedAt FROM report_copied WHERE report = ?', [report]),
    ])
    const signature = signatureOf(steps.get(report) ?? [])
    const current = signature?.fields ?? fields.get(report)?.fields
    if (current === undefined) throw new WanglouError('NOT_FOUND', { report })
    const incident = row.incident === null ? null : await this.#options.detail(row.incident)
    const at = new Map(copied.map((one) => [one.field, one.copiedAt]))
    return copySheet({ fields: current, incident, signer: signature?.signerName ?? '', order: settings.copyFields }).map((line) => ({
      ...line,
      copiedAt: at.get(line.name) ?? null,
    }))
  }

  /** Progress is this console's own: it is no act. */
  async copied(report: string, field: string): Promise<void> {
    await this.#options.store.write((tx) =>
      tx.run(
        'INSERT INTO report_copied (report, field, copiedAt) VALUES (?, ?, ?) ON CONFLICT (report, field) DO UPDATE SET copiedAt = excluded.copiedAt',
        [report, field, Date.now()],
      ),
    )
  }

  async #mail(row: ReportRow, steps: readonly StepRow[], to: { name: string; target: string }, settings: ReportSettings): Promise<string> {
    const signature = signatureOf(steps)
    if (signature === null || signature.blob === null || signature.fields === null) throw new WanglouError('REPORT_UNSIGNED', { report: row.id })
    const chunks: Uint8Array[] = []
    for await (const chunk of this.#options.blobs.read(signature.blob)) chunks.push(chunk)
    const { 标题, 正文, 报送单位, 联系人, 联系电话 } = signature.fields
    const title = 标题 || (正文[0] ?? '').slice(0, 40)
    const file = mailFile({
      from: { name: 报送单位, address: settings.mailFrom },
      to: { name: to.name, address: to.target },
      subject: title,
      text: [...正文, '', `联系人：${联系人}　电话：${联系电话}`].join('\n'),
      attachment: { name: `${title}.docx`, bytes: Buffer.concat(chunks) },
      date: new Date(),
      id: `${row.id}@wanglou.invalid`,
    })
    return (await this.#options.blobs.put(once(file), { limitBytes: mailLimitBytes })).sha256
  }

  async #mustBeSigned(tx: Reads, report: string, ids: readonly string[]): Promise<void> {
    const steps = (await this.#repository.steps([report], tx)).get(report) ?? []
    if (signatureOf(steps) === null) throw new WanglouError('REPORT_UNSIGNED', { report })
    const known = await tx.get('SELECT 1 AS found FROM reportSends WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])
    if (known !== null) throw new WanglouError('DUPLICATE', { report })
  }

  async #mustBeUnsigned(tx: Reads, report: string): Promise<void> {
    const steps = (await this.#repository.steps([report], tx)).get(report) ?? []
    if (isFrozen(stateOf(steps, [], []))) throw new WanglouError('CONFLICT', { report })
  }

  async #row(report: string): Promise<ReportRow> {
    const row = await this.#repository.get(report)
    if (row === null) throw new WanglouError('NOT_FOUND', { report })
    return row
  }
}

function receiptAct(
  send: { report: string; incident: string | null },
  kind: ReportReceipt['kind'],
  by: ActingPerson,
): Pick<Act, 'actor' | 'action' | 'subject'> {
  return {
    actor: by.account,
    action: `reports.${kind === 'read' ? 'readByLeader' : kind === 'signed' ? 'receipt' : 'delivered'}`,
    subject: subjectOf({ id: send.report, incident: send.incident }),
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
