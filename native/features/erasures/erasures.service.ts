// Erasing personal data when a person asks for it: finds where it stands, erases chosen columns of chosen records, lists what was erased.
import { type ErasePersonal, type ErasureState, type FoundPersonal, type PersonalRow, personalColumns, WanglouError } from '../../contract/index.ts'
import type { JournalAdministration } from '../../journal/types.ts'
import type { Reads } from '../../store/types.ts'
import { ErasuresRepository, rowLimit } from './erasures.repository.ts'

const doneLimit = 50

export class ErasuresService {
  readonly #journal: JournalAdministration
  readonly #repository: ErasuresRepository
  readonly #nameOf: (account: string) => string | null

  constructor(options: { journal: JournalAdministration; reads: Reads; nameOf: (account: string) => string | null }) {
    this.#journal = options.journal
    this.#repository = new ErasuresRepository(options.reads)
    this.#nameOf = options.nameOf
  }

  /** Records in which the words stand or stood. */
  async find(words: string): Promise<FoundPersonal> {
    const rows: PersonalRow[] = []
    for (const dataset of Object.keys(personalColumns)) {
      const hits = await this.#repository.find(dataset, words)
      if (hits.size > 0) rows.push(...(await this.#repository.describe(dataset, hits, words)))
    }
    return { rows: rows.slice(0, rowLimit), hasMore: rows.length > rowLimit }
  }

  /** One record, and where else its names and numbers stand. Throws NOT_FOUND. */
  async about(input: { dataset: string; row: string }): Promise<FoundPersonal & { record: PersonalRow }> {
    const { dataset, row } = input
    if (personalColumns[dataset] === undefined) throw new WanglouError('NOT_FOUND', { dataset })
    const [record] = await this.#repository.describe(dataset, new Map([[row, new Set<string>()]]), null)
    if (record === undefined) throw new WanglouError('NOT_FOUND', { dataset, row })
    const found = new Map<string, PersonalRow>()
    let hasMore = false
    for (const words of await this.#repository.namesOf(dataset, row)) {
      const more = await this.find(words)
      hasMore ||= more.hasMore
      for (const one of more.rows) {
        const key = `${one.dataset}/${one.row}`
        found.set(key, merged(found.get(key), one))
      }
    }
    found.delete(`${dataset}/${row}`)
    return { record, rows: [...found.values()], hasMore }
  }

  /** All or none. Throws REASON_REQUIRED, INVALID_INPUT (no personal column), NOT_FOUND (nothing stands there). @returns how many records */
  async erase(input: ErasePersonal & { actor: string }): Promise<number> {
    if (input.reason === '') throw new WanglouError('REASON_REQUIRED')
    for (const { dataset, columns } of input.rows) {
      const known = personalColumns[dataset] ?? []
      if (!columns.every((column) => known.includes(column))) throw new WanglouError('INVALID_INPUT', { dataset })
    }
    await this.#journal.erase(input)
    return input.rows.length
  }

  async state(): Promise<ErasureState> {
    const rows = await this.#repository.done(doneLimit)
    return {
      isBlanking: this.#journal.isErasingFiles,
      done: rows.map(({ station, scope, seq, at, actor, gone, reason }) => ({
        entry: `${station}/${scope}/${seq}`,
        at,
        who: this.#nameOf(actor),
        what: ownParts(JSON.parse(gone) as Part[]),
        reason,
      })),
    }
  }
}

interface Part {
  dataset: string
  columns: string[]
  /** Set for what it only took over from an earlier erasure. */
  clock: unknown
}

function ownParts(parts: readonly Part[]): { dataset: string; columns: string[] }[] {
  return parts.filter((part) => part.clock === null).map(({ dataset, columns }) => ({ dataset, columns }))
}

/** The same record found by another of its names. */
function merged(known: PersonalRow | undefined, other: PersonalRow): PersonalRow {
  if (known === undefined) return other
  return { ...known, fields: known.fields.map((field, index) => (other.fields[index]?.isHit === true ? other.fields[index] : field)) }
}
