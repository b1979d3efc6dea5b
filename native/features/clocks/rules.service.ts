// The table of limits: the shipped rows with the centre's changes and its own; saved as a whole, with what the editor had seen.
import {
  type ActingPerson,
  type Clock,
  type ClockRule,
  type ClockRuleInput,
  type ClockSettings,
  type SaveRulesInput,
  WanglouError,
  type WhatIf,
} from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { ClocksRepository } from './clocks.repository.ts'
import type { ShippedRules } from './shipped-rules.ts'

/** Rules an entry may carry and stay below 64 KiB, however long their words: a cell names its row and the writes it replaces. */
const rulesPerEntry = 10

export interface RulesOptions {
  journal: Journal
  repository: ClocksRepository
  shipped: ShippedRules
  /** Clocks of one incident by a table that need not be saved. */
  derive: (incident: string, rules: readonly ClockRuleInput[]) => Promise<Clock[]>
}

export class RulesService {
  readonly #options: RulesOptions
  readonly #shipped: ReadonlyMap<string, ClockRuleInput>

  constructor(options: RulesOptions) {
    this.#options = options
    this.#shipped = new Map(options.shipped.rules.map((rule) => [rule.id, rule]))
  }

  /** Shipped rows first, in their order, each as the centre changed it; then its own. */
  async list(reads?: Reads): Promise<ClockRule[]> {
    const rows = await this.#options.repository.rules(reads)
    const known = new Map(rows.map((row) => [row.id, row]))
    const shipped = [...this.#shipped.values()].map((rule): ClockRule => {
      const changed = known.get(rule.id)
      return changed === undefined ? { ...rule, origin: 'shipped' } : { ...changed, origin: 'changed' }
    })
    return [...shipped, ...rows.filter((row) => !this.#shipped.has(row.id)).map((row): ClockRule => ({ ...row, origin: 'own' }))]
  }

  get source(): string {
    return this.#options.shipped.source
  }

  /**
   * All changes of the editor in one transaction.
   * @throws WanglouError CONFLICT {rule} when another console changed one of them since the editor saw it: nothing is written
   */
  async save(input: SaveRulesInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const writes: Act[] = []
    for (let at = 0; at < input.changes.length; at += rulesPerEntry) {
      const part = input.changes.slice(at, at + rulesPerEntry)
      const rows = part.map(({ rule: { id, ...set } }) => ({ dataset: 'clockRules', row: id, set }))
      const first = rows[0]
      if (first !== undefined) writes.push({ actor: by.account, action: 'clocks.rule', subject: { dataset: 'clockRules', row: first.row }, rows })
    }
    const rows = await this.#options.repository.rules()
    // A shipped row that was never changed is not there to be removed: it is switched off.
    const deletes = input.removed.filter(({ id }) => rows.some((row) => row.id === id)).map(({ id }) => ({ dataset: 'clockRules', row: id }))
    const gone = deletes[0]
    if (gone !== undefined)
      writes.push({ actor: by.account, action: 'clocks.removeRule', subject: { dataset: 'clockRules', row: gone.row }, rows: [], deletes })
    const [leading, ...others] = writes
    // Checked once, before the first of them: the others are in the same transaction and would see its rows.
    if (leading !== undefined) await this.#options.journal.writeAll([{ ...leading, check: (tx) => this.#mustBeAsSeen(input, tx) }, ...others])
  }

  async setSettings(set: Partial<ClockSettings>, by: ActingPerson): Promise<ClockSettings> {
    const rows = Object.entries(set).map(([name, value]) => ({
      dataset: 'clockSettings',
      row: importedId('clockSettings', 'centre', name),
      set: { name, value },
    }))
    const first = rows[0]
    if (first !== undefined)
      await this.#options.journal.write({
        actor: by.account,
        action: 'clocks.settings',
        subject: { dataset: 'clockSettings', row: first.row },
        rows,
      })
    return this.#options.repository.settings()
  }

  /** This incident, now: by the table as saved, and by the one in the editor. */
  async whatIf(incident: string, rules: readonly ClockRuleInput[]): Promise<WhatIf> {
    const [before, after] = await Promise.all([
      this.list().then((saved) => this.#options.derive(incident, saved)),
      this.#options.derive(incident, rules),
    ])
    return { before, after }
  }

  async #mustBeAsSeen(input: SaveRulesInput, tx: Reads): Promise<void> {
    const now = new Map((await this.list(tx)).map((rule) => [rule.id, rule]))
    const isAsSeen = (id: string, seen: ClockRuleInput | null) => {
      const found = now.get(id)
      return found === undefined ? seen === null : seen !== null && isSameRule(found, seen)
    }
    const clash =
      input.changes.find(({ rule, seen }) => !isAsSeen(rule.id, seen))?.rule.id ?? input.removed.find(({ id, seen }) => !isAsSeen(id, seen))?.id
    if (clash !== undefined) throw new WanglouError('CONFLICT', { field: 'rule', rule: clash })
  }
}

const fields = [
  'level',
  'ourUnit',
  'events',
  'grades',
  'reasons',
  'recipient',
  'recipientName',
  'recipientUnit',
  'means',
  'limitMinutes',
  'countedFrom',
  'followUpMinutes',
  'followUpHours',
  'finalMinutes',
  'clause',
  'source',
  'isExample',
  'isActive',
] as const satisfies readonly (keyof ClockRuleInput)[]

function isSameRule(a: ClockRuleInput, b: ClockRuleInput): boolean {
  return fields.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]))
}
