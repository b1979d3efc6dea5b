// 送审, 审核, 退回, 签发 (in person or by telephone), 补签: what is signed is frozen by hash, and its 期号 is taken in the same transaction.
import {
  type ActingPerson,
  checkWording,
  type HappenedAt,
  type IncidentDetail,
  isAnswered,
  isNumbered,
  kindNames,
  neededFields,
  pathOf,
  type ReportStepKind,
  type SignInput,
  type SignWay,
  type TelephoneSignInput,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { DocumentsService } from './documents.service.ts'
import { allowedSteps, nameOf, stateOf } from './life.ts'
import { expectedSerial, nextSerial, seriesOf, yearOf } from './numbering.ts'
import { type ReportRow, ReportsRepository, type StepRow } from './reports.repository.ts'
import { subjectOf } from './reports.service.ts'
import { readSettings } from './settings.ts'
import { hashOfFields } from './views.ts'

/** A number or a 续报 that another signature took between making the document and signing it; then it is made anew. */
class Raced extends Error {}
const mostTries = 5

interface Signature {
  way: SignWay
  signer: string | null
  signerName: string
  number: string | null
  at: HappenedAt
  words: string
}

export interface SigningOptions {
  journal: Journal
  reads: Reads
  documents: DocumentsService
  detail: (incident: string) => Promise<IncidentDetail>
}

export class SigningService {
  readonly #options: SigningOptions
  readonly #repository: ReportsRepository
  /** One signature at a time on this console: the document carries the number that the transaction then takes. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: SigningOptions) {
    this.#options = options
    this.#repository = new ReportsRepository(options.reads)
  }

  /** 送审 or 送签. */
  submit(report: string, words: string, by: ActingPerson): Promise<void> {
    return this.#step(report, 'submit', words, by)
  }

  /** 审核通过, by somebody else than whoever drafted it. @throws WanglouError SECOND_PERSON_REQUIRED */
  async review(report: string, words: string, by: ActingPerson): Promise<void> {
    const row = await this.#row(report)
    if (row.draftedBy === by.account) throw new WanglouError('SECOND_PERSON_REQUIRED')
    await this.#step(report, 'review', words, by)
  }

  /** 退回 with words. @throws WanglouError REASON_REQUIRED */
  async giveBack(report: string, words: string, by: ActingPerson): Promise<void> {
    if (words.trim() === '') throw new WanglouError('REASON_REQUIRED')
    await this.#step(report, 'return', words, by)
  }

  /** A draft thrown away; it stays in the journal. */
  discard(report: string, words: string, by: ActingPerson): Promise<void> {
    return this.#step(report, 'discard', words, by)
  }

  /** 补签 by the one who had authorised it. @throws WanglouError FORBIDDEN for anybody else; STATE_NOT_ALLOWED when nothing waits for it */
  async countersign(report: string, words: string, by: ActingPerson): Promise<void> {
    await this.#step(report, 'countersign', words, by, (steps) => {
      const signed = steps.find((step) => step.step === 'sign')
      if (signed?.way !== 'telephone' || steps.some((step) => step.step === 'countersign'))
        throw new WanglouError('STATE_NOT_ALLOWED', { to: 'countersign' })
      if (signed.signer !== null && signed.signer !== by.account) throw new WanglouError('FORBIDDEN', { permission: 'reports.sign' })
    })
  }

  /** 签发 in person. @throws WanglouError as `#sign` */
  signInPerson(input: SignInput, by: ActingPerson): Promise<void> {
    const at: HappenedAt = { at: Date.now(), precision: 'exact', source: by.name }
    return this.#inTurn(input, { way: 'in-person', signer: by.account, signerName: by.name, number: null, at, words: '' }, by)
  }

  /** 电话授权签发, as the officer enters it; then 补签 waits for the signer. */
  signByTelephone(input: TelephoneSignInput, by: ActingPerson): Promise<void> {
    const { signer, signerName, number, at, words } = input
    refuseMarked([signerName, words])
    return this.#inTurn(input, { way: 'telephone', signer, signerName, number, at, words }, by)
  }

  /** The act that freezes a 电话口述稿 when it is first told; null when it is frozen already. @throws WanglouError REPORT_UNSIGNED for every other kind */
  async spokenAct(report: string, by: ActingPerson, nowMs: number): Promise<Act | null> {
    const { row, steps, settings } = await this.#facts(report)
    if (steps.some((step) => step.step === 'sign')) return null
    if (pathOf(row.kind, settings) !== 'spoken') throw new WanglouError('REPORT_UNSIGNED', { report })
    const fields = (await this.#repository.fields([report])).get(report)?.fields
    if (fields === undefined) throw new WanglouError('NOT_FOUND', { report })
    const at: HappenedAt = { at: nowMs, precision: 'exact', source: by.name }
    const frozen = { way: 'spoken', fields, hash: hashOfFields(row.kind, fields), overrides: [] }
    return this.#act(row, 'sign', { at, words: '', by, nowMs }, frozen)
  }

  async #inTurn(input: SignInput, signature: Signature, by: ActingPerson): Promise<void> {
    const mine = this.#turn.then(() => this.#sign(input, signature, by))
    this.#turn = mine.catch((error: unknown) => error)
    await mine
  }

  /**
   * @throws WanglouError REPORT_INCOMPLETE {fields} · REPORT_CHANGED when it is not what the signer read · WORDING_UNANSWERED {count} ·
   * STATE_NOT_ALLOWED · CELL_IN_CONFLICT while two consoles' words for a field wait for a decision · FORBIDDEN when the centre names others as signers of the kind. No number is used then.
   */
  async #sign(input: SignInput, signature: Signature, by: ActingPerson): Promise<void> {
    refuseMarked(input.overrides)
    for (let tried = 0; tried < mostTries; tried += 1) {
      try {
        return await this.#signOnce(input, signature, by)
      } catch (error) {
        if (!(error instanceof Raced)) throw error
      }
    }
    throw new WanglouError('CONFLICT', { field: '期号' })
  }

  async #signOnce(input: SignInput, signature: Signature, by: ActingPerson): Promise<void> {
    const { journal, reads, documents, detail } = this.#options
    const { row, steps, settings } = await this.#facts(input.report)
    const signers = settings.signers[row.kind] ?? []
    if (signers.length > 0 && signature.signer !== null && !signers.includes(signature.signer))
      throw new WanglouError('FORBIDDEN', { permission: 'reports.sign' })
    this.#mustAllow(row, steps, 'sign', settings)
    const fields = (await this.#repository.fields([row.id])).get(row.id)?.fields
    if (fields === undefined) throw new WanglouError('NOT_FOUND', { report: row.id })
    const hash = hashOfFields(row.kind, fields)
    if (hash !== input.seen) throw new WanglouError('REPORT_CHANGED', { report: row.id })
    const missing = neededFields(row.kind).filter((name) => fields[name].length === 0)
    if (missing.length > 0) throw new WanglouError('REPORT_INCOMPLETE', { fields: missing.join('、') })
    const open = checkWording(row.kind, fields).filter((warning) => !isAnswered(warning, input.overrides))
    if (open.length > 0) throw new WanglouError('WORDING_UNANSWERED', { count: open.length })

    const series = isNumbered(row.kind) ? seriesOf(row.kind, signature.at.at) : null
    const serial = series === null ? null : await expectedSerial({ reads, journal, series })
    const sequence = await this.#sequence(row, reads)
    const name = `${row.corrects === null ? '' : '更正·'}${nameOf(row.kind, sequence, settings.firstName)}`
    const { blob, template } = await documents.make({
      kind: row.kind,
      name,
      fields,
      incident: row.incident === null ? null : await detail(row.incident),
      signature: { serial, year: yearOf(signature.at.at), signer: signature.signerName, way: signature.way },
      map: row.map,
      atMs: signature.at.at,
    })
    const frozen = {
      way: signature.way,
      signer: signature.signer,
      signerName: signature.signerName,
      number: signature.number,
      overrides: input.overrides.map((one) => ({ ...one })),
      series,
      serial,
      sequence,
      fields,
      hash,
      blob,
      template,
    }
    const action = signature.way === 'telephone' ? 'reports.signByTelephone' : 'reports.sign'
    const act = this.#act(row, 'sign', { at: signature.at, words: signature.words, by, nowMs: Date.now() }, frozen, action)
    await journal.write({
      ...act,
      note: { kind: row.kind, hash, blob, serial, signer: signature.signerName, words: signedWords(name, serial, signature) },
      check: async (tx) => {
        const now = (await this.#repository.steps([row.id], tx)).get(row.id) ?? []
        this.#mustAllow(row, now, 'sign', settings)
        const current = (await this.#repository.fields([row.id], tx)).get(row.id)?.fields
        if (current === undefined || hashOfFields(row.kind, current) !== hash) throw new WanglouError('REPORT_CHANGED', { report: row.id })
        if ((await tx.get('SELECT 1 AS found FROM reportFields WHERE report = ? AND _conflicts > 0 AND _deleted = 0', [row.id])) !== null)
          throw new WanglouError('CELL_IN_CONFLICT', { dataset: 'reportFields', row: row.id, column: 'value' })
        if (series !== null && (await nextSerial(tx, series, journal.station)) !== serial) throw new Raced()
        if ((await this.#sequence(row, tx)) !== sequence) throw new Raced()
      },
    })
  }

  /** Place of a 续报 among the signed ones of its incident; a 更正 keeps the place of what it corrects. */
  async #sequence(row: ReportRow, reads: Reads): Promise<number | null> {
    if (row.kind !== 'follow-up' || row.incident === null) return null
    if (row.corrects === null) return (await this.#repository.course(row.incident, reads)).followUps + 1
    return (await this.#repository.steps([row.corrects], reads)).get(row.corrects)?.find((step) => step.step === 'sign')?.sequence ?? null
  }

  async #step(report: string, step: ReportStepKind, words: string, by: ActingPerson, check?: (steps: readonly StepRow[]) => void): Promise<void> {
    refuseMarked(words)
    const { row, settings } = await this.#facts(report)
    const nowMs = Date.now()
    const at: HappenedAt = { at: nowMs, precision: 'exact', source: by.name }
    await this.#options.journal.write({
      ...this.#act(row, step, { at, words, by, nowMs }, {}),
      check: async (tx) => {
        const steps = (await this.#repository.steps([report], tx)).get(report) ?? []
        this.#mustAllow(row, steps, step, settings)
        check?.(steps)
      },
    })
  }

  #act(
    row: ReportRow,
    step: ReportStepKind,
    done: { at: HappenedAt; words: string; by: ActingPerson; nowMs: number },
    frozen: Act['rows'][number]['set'],
    action = `reports.${step}`,
  ): Act {
    const { at, words, by, nowMs } = done
    const set = { report: row.id, incident: row.incident, step, at, by: by.account, byName: by.name, enteredAt: nowMs, words, ...frozen }
    return {
      actor: by.account,
      action,
      subject: subjectOf(row),
      happenedAt: at,
      note: { kind: row.kind, words: `${kindNames[row.kind]}${words.trim() === '' ? '' : `：${words}`}` },
      rows: [{ dataset: 'reportSteps', row: newId(), set }],
    }
  }

  #mustAllow(row: ReportRow, steps: readonly StepRow[], step: ReportStepKind, settings: Parameters<typeof pathOf>[1]): void {
    const state = stateOf(steps, [], [])
    if (allowedSteps(state, pathOf(row.kind, settings)).includes(step)) return
    if (state === 'signed' && step !== 'countersign') throw new WanglouError('REPORT_FROZEN', { report: row.id })
    throw new WanglouError('STATE_NOT_ALLOWED', { from: state, to: step })
  }

  async #facts(report: string) {
    const [row, steps, settings] = await Promise.all([this.#row(report), this.#repository.steps([report]), readSettings(this.#options.reads)])
    return { row, steps: steps.get(report) ?? [], settings }
  }

  async #row(report: string): Promise<ReportRow> {
    const row = await this.#repository.get(report)
    if (row === null) throw new WanglouError('NOT_FOUND', { report })
    return row
  }
}

/** 首报 第3期 样例带班领导（电话授权 0913-…）: as the time line says it, without the number. */
function signedWords(name: string, serial: number | null, { signerName, way }: Signature): string {
  return `${name}${serial === null ? '' : ` 第${serial}期`} ${signerName}${way === 'telephone' ? '（电话授权）' : ''}`
}
