// Who did what: the journal as a list, whether its chains hold, and its export as a file that says what it is.
import { type AuditFilter, type AuditPage, type AuditRow, type ChainState, NOT_CLASSIFIED_NOTICE } from '../../contract/index.ts'
import type { AuditTrail } from '../accounts/audit-trail.ts'
import { AuditRepository, entryIdOf, type JournalRow } from './audit.repository.ts'
import { csvLine } from './csv.ts'
import type { Reads } from '../../store/types.ts'

const exportBatch = 2_000

/** Checks every hash of every chain; handed in by the journal. */
export type VerifyChains = () => Promise<Omit<ChainState, 'verifiedAt'>>

export class AuditService {
  readonly #repository: AuditRepository
  readonly #verifyChains: VerifyChains
  readonly #nameOf: (account: string) => string | null
  readonly #trail: AuditTrail
  #verifying: Promise<ChainState> | null = null
  #last: ChainState | null = null

  constructor(options: { reads: Reads; verifyChains: VerifyChains; nameOf: (account: string) => string | null; trail: AuditTrail }) {
    this.#repository = new AuditRepository({ reads: options.reads })
    this.#verifyChains = options.verifyChains
    this.#nameOf = options.nameOf
    this.#trail = options.trail
  }

  async page(page: AuditPage): Promise<AuditRow[]> {
    return (await this.#repository.page(page)).map((row) => this.#row(row))
  }

  /** The result of the last check; null = not checked since the start. */
  lastVerified(): ChainState | null {
    return this.#last
  }

  /** Reads every entry from the first to the last; two who ask at once share one run. */
  verify(): Promise<ChainState> {
    this.#verifying ??= this.#verify().finally(() => {
      this.#verifying = null
    })
    return this.#verifying
  }

  /**
   * CSV (UTF-8 with mark, RFC 4180), oldest first, with the notice on top and the last hash of the list at the end. The export itself is an entry.
   * Cells that a spreadsheet would run as a formula are made harmless.
   */
  async *exportCsv(filter: AuditFilter, actor: string): AsyncGenerator<string, void, void> {
    await this.#trail.write('accounts.export', { actor, account: actor, note: { what: 'audit', ...filter } })
    yield `\uFEFF${csvLine([NOT_CLASSIFIED_NOTICE])}`
    yield csvLine(['序号', '时间', '人员', '账号', '动作', '对象', '记录', '单元格数', '说明', '条目', '哈希'])
    let after = 0
    for (;;) {
      const rows = await this.#repository.after(filter, { after, limit: exportBatch })
      if (rows.length === 0) return
      yield rows.map((row) => this.#csvOf(row)).join('')
      after = rows.at(-1)?.arrival ?? after
    }
  }

  async #verify(): Promise<ChainState> {
    this.#last = { ...(await this.#verifyChains()), verifiedAt: Date.now() }
    return this.#last
  }

  #row(row: JournalRow): AuditRow {
    return {
      entry: entryIdOf(row),
      arrival: row.arrival,
      at: row.at,
      actor: row.actor,
      actorName: this.#nameOf(row.actor),
      action: row.action,
      subject: { dataset: row.dataset, row: row.row },
      cells: row.cells ?? 0,
      note: row.note === null ? null : (JSON.parse(row.note) as Record<string, unknown> | null),
    }
  }

  #csvOf(row: JournalRow): string {
    const note = row.note === null || row.note === 'null' ? '' : row.note
    const time = new Date(row.at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
    return csvLine([
      row.arrival,
      time,
      this.#nameOf(row.actor) ?? '',
      row.actor,
      row.action,
      row.dataset,
      row.row,
      row.cells ?? '',
      note,
      entryIdOf(row),
      row.hash,
    ])
  }
}
