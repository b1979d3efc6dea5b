// What comes in after the first report: 续报, figures and which of them counts, files.
import type { Metric } from '../../contract/index.ts'
import { type FollowUpInput, type ActingPerson, type StatementInput, type StatementState, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import { attachmentAct, reportRow, statementAct } from './incident-acts.ts'
import { refuseMarked } from '../../kernel/marking.ts'

export class FollowUpsService {
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #reads: Reads

  constructor(options: { journal: Journal; blobs: Blobs; reads: Reads }) {
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#reads = options.reads
  }

  /** 续报: what somebody said later, with the figures in it. @throws WanglouError NOT_FOUND, CLASSIFIED_MARKING */
  async followUp(input: FollowUpInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const now = Date.now()
    await this.#journal.writeAll([
      {
        actor: by.account,
        action: 'incidents.followUp',
        subject: { dataset: 'incidents', row: input.incident },
        happenedAt: input.report.received,
        rows: [reportRow(input.incident, 'follow-up', input.report, now)],
        check: (tx) => mustExist(tx, input.incident),
      },
      ...input.statements.map((statement) => statementAct(input.incident, statement, by, now)),
    ])
  }

  async state(incident: string, statement: StatementInput, by: ActingPerson): Promise<void> {
    refuseMarked(statement)
    await this.#journal.write({ ...statementAct(incident, statement, by, Date.now()), check: (tx) => mustExist(tx, incident) })
  }

  /** 待核, 已核实, 有出入. @throws WanglouError NOT_FOUND */
  async setStatementState(options: { statement: string; state: StatementState; words: string }, by: ActingPerson): Promise<void> {
    refuseMarked(options.words)
    const row = await this.#reads.get<{ incident: string }>('SELECT incident FROM incidentStatements WHERE id = ? AND _deleted = 0', [
      options.statement,
    ])
    if (row === null) throw new WanglouError('NOT_FOUND', { statement: options.statement })
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.verifyFigure',
      subject: { dataset: 'incidents', row: row.incident },
      note: options.words.trim() === '' ? null : { words: options.words },
      rows: [{ dataset: 'incidentStatements', row: options.statement, set: { state: options.state } }],
    })
  }

  /**
   * Chooses which of several differing statements counts (null = none); the others stay beside it.
   * @throws WanglouError CONFLICT when another choice was made since `seen`; NOT_FOUND
   */
  async choose(options: { incident: string; metric: Metric; statement: string | null; seen: string | null }, by: ActingPerson): Promise<void> {
    const row = importedId('incidentFigures', options.incident, options.metric)
    await this.#journal.write({
      actor: by.account,
      action: 'incidents.chooseFigure',
      subject: { dataset: 'incidents', row: options.incident },
      rows: [{ dataset: 'incidentFigures', row, set: { incident: options.incident, metric: options.metric, statement: options.statement } }],
      check: async (tx) => {
        await mustExist(tx, options.incident)
        const now = await tx.get<{ statement: string | null }>('SELECT statement FROM incidentFigures WHERE id = ? AND _deleted = 0', [row])
        if ((now?.statement ?? null) !== options.seen) throw new WanglouError('CONFLICT', { field: options.metric, theirs: now?.statement ?? null })
        if (options.statement === null) return
        const stated = await tx.get('SELECT 1 AS found FROM incidentStatements WHERE id = ? AND metric = ? AND _deleted = 0', [
          options.statement,
          options.metric,
        ])
        if (stated === null) throw new WanglouError('NOT_FOUND', { statement: options.statement })
      },
    })
  }

  /** Ties a file that has been uploaded to an incident. @throws WanglouError NOT_FOUND when the file is not whole */
  async attach(incident: string, file: { sha256: string; name: string; sizeBytes: number; mime: string }, by: ActingPerson): Promise<void> {
    const stored = await this.#blobs.info(file.sha256)
    if (stored === null) throw new WanglouError('NOT_FOUND', { sha256: file.sha256 })
    await this.#journal.write({
      ...attachmentAct(incident, { ...file, sizeBytes: stored.size }, by, Date.now()),
      check: (tx) => mustExist(tx, incident),
    })
  }
}

async function mustExist(tx: Reads, incident: string): Promise<void> {
  if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [incident])) === null)
    throw new WanglouError('NOT_FOUND', { incident })
}
