// The conflict inbox: lists cells with several heads in words people know, and writes what a person decides.
import {
  type CellValue,
  type ColumnType,
  type Conflict,
  type ConflictItem,
  type DecideConflict,
  type Head,
  DELETED,
  datasets,
  type ListConflicts,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { readTitles } from './conflicts.repository.ts'
import { typedValue } from './typed-value.ts'

export class ConflictsService {
  readonly #journal: Journal
  readonly #store: Reads

  constructor(options: { journal: Journal; store: Reads }) {
    this.#journal = options.journal
    this.#store = options.store
  }

  /** Every undecided cell, the row last written to first. */
  async list(filter: ListConflicts): Promise<ConflictItem[]> {
    const conflicts = await this.#journal.conflicts(filter)
    const titles = await this.#titlesOf(conflicts)
    const items = conflicts.map((conflict): ConflictItem => ({
      dataset: conflict.dataset,
      row: conflict.row,
      column: conflict.column,
      type: columnType(conflict.dataset, conflict.column) ?? 'boolean',
      rowTitle: titles.get(`${conflict.dataset}/${conflict.row}`) ?? null,
      heads: conflict.heads.map((head, index) => ({
        entry: head.entry,
        column: head.column,
        value: head.value,
        who: titles.get(`accounts/${head.actor}`) ?? null,
        station: stationOf(head.entry),
        at: head.at,
        isShown: index === 0,
      })),
    }))
    return items.sort((a, b) => newest(b) - newest(a))
  }

  async count(): Promise<number> {
    return (await this.#journal.conflicts()).length
  }

  /**
   * Writes the chosen value, or the third that was typed, with all heads as bases.
   * Throws NOT_FOUND when it was decided meanwhile, CONFLICT when another value has arrived that the person has not seen, REASON_REQUIRED,
   * INVALID_INPUT for a typed value that is none of the column's type, STATE_NOT_ALLOWED where none can be typed (deleted or not, identities, JSON).
   */
  async decide(input: DecideConflict & { actor: string }): Promise<void> {
    const { actor, dataset, row, column, chosen, typed, seen, reason } = input
    if (reason === '') throw new WanglouError('REASON_REQUIRED')
    const conflict = await this.#undecided(dataset, row, column)
    const head = conflict.heads.find((candidate) => candidate.entry === chosen)
    if (typed === null && head === undefined) throw new WanglouError('CONFLICT', { dataset, column })
    const value = head === undefined ? typedValue(columnType(dataset, column), typed?.value ?? null) : chosenValue(column, head)
    await this.#journal.write({
      actor,
      action: 'conflicts.decide',
      subject: { dataset, row },
      ...decision({ dataset, row }, column, value),
      note: {
        reason,
        column,
        isTyped: head === undefined,
        over: conflict.heads.filter((other) => other.entry !== chosen).map((other) => other.entry),
      },
      isDecision: true,
      // Nothing else is committed while this runs: what the person saw is what is being decided.
      check: async () => {
        const { heads } = await this.#undecided(dataset, row, column)
        if (heads.some((other) => !seen.includes(other.entry))) throw new WanglouError('CONFLICT', { dataset, column })
      },
    })
  }

  async #undecided(dataset: string, row: string, column: string): Promise<Conflict> {
    const conflict = (await this.#journal.conflicts({ dataset, row })).find((candidate) => candidate.column === column)
    if (conflict === undefined) throw new WanglouError('NOT_FOUND', { dataset, column })
    return conflict
  }

  /** Names of the rows in conflict and of those who wrote, one query a dataset. */
  async #titlesOf(conflicts: readonly Conflict[]): Promise<Map<string, string>> {
    const wanted = new Map<string, Set<string>>([['accounts', new Set()]])
    for (const conflict of conflicts) {
      wanted.set(conflict.dataset, (wanted.get(conflict.dataset) ?? new Set()).add(conflict.row))
      for (const head of conflict.heads) wanted.get('accounts')?.add(head.actor)
    }
    const titles = new Map<string, string>()
    for (const [dataset, rows] of wanted) {
      for (const [row, title] of await readTitles(this.#store, dataset, [...rows])) titles.set(`${dataset}/${row}`, title)
    }
    return titles
  }
}

/** null = "deleted or not", which is no column; one that this version does not know holds JSON. */
function columnType(dataset: string, column: string): ColumnType | null {
  return column === DELETED ? null : (datasets[dataset]?.columns[column]?.type ?? 'json')
}

/** `station/scope/seq`, and a scope may itself hold no slash. */
function stationOf(entry: string): string {
  return entry.slice(0, entry.indexOf('/'))
}

function newest(item: ConflictItem): number {
  return Math.max(...item.heads.map((head) => head.at))
}

/** Whoever chooses an edit over a delete chooses that the row stays; the edit then stands by itself. */
function chosenValue(column: string, head: Head): CellValue {
  return head.column === column ? head.value : false
}

function decision(
  subject: { dataset: string; row: string },
  column: string,
  value: CellValue,
): { rows: RowWrite[]; deletes: { dataset: string; row: string }[] } {
  if (column === DELETED && value === true) return { rows: [], deletes: [subject] }
  return { rows: [{ ...subject, set: { [column]: value } }], deletes: [] }
}
