// The table of event types in force: the shipped one with the customer's edits, or a table of the customer's own.
import { pinyin } from 'pinyin-pro'
import { type EventType, type ActingPerson, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import { importedId } from '../../kernel/ids.ts'
import { runInWorker } from '../../kernel/workers.ts'
import type { Blobs, Store } from '../../store/types.ts'
import type { ShippedCodes } from './rule-tables.ts'

interface Keyed extends EventType {
  /** 首字母 and whole pinyin of the name. */
  initials: string
  spelled: string
}

/** One row of a customer's table. */
export interface TableRow {
  code: string
  parent: string | null
  name: string
  hazard: string | null
}

const tableRow = importedId('codeTables', 'station', 'eventTypes')

export class EventTypesService {
  readonly #store: Store
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #shipped: ShippedCodes
  readonly #words: EventWords
  #cache: Promise<ReadonlyMap<string, Keyed>> | null = null

  /** @param options.words what people say, in the codes of the shipped table */
  constructor(options: { store: Store; journal: Journal; blobs: Blobs; shipped: ShippedCodes; words: EventWords }) {
    this.#store = options.store
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#shipped = options.shipped
    this.#words = options.words
    this.#journal.onChange((changes) => {
      if (changes.some((change) => change.dataset === 'eventTypes' || change.dataset === 'codeTables')) this.#cache = null
    })
  }

  /** All rows of the table in force, inactive ones too, in order of code. */
  async list(): Promise<EventType[]> {
    return [...(await this.#all()).values()].map(bare)
  }

  async find(code: string | null): Promise<EventType | null> {
    if (code === null) return null
    const found = (await this.#all()).get(code)
    return found === undefined ? null : bare(found)
  }

  /** For each code: its hazard, and the code itself with all above it and the hazard; nothing for a code that is not in the table. */
  async lineages(): Promise<(code: string | null) => { hazard: string | null; lineage: string[] }> {
    const all = await this.#all()
    return (code) => {
      const type = code === null ? undefined : all.get(code)
      if (type === undefined) return { hazard: null, lineage: [] }
      const codes = new Set<string>()
      for (let at: Keyed | undefined = type; at !== undefined && !codes.has(at.code); at = all.get(at.parent ?? '')) codes.add(at.code)
      return { hazard: type.hazard, lineage: [...codes, ...(type.hazard === null ? [] : [type.hazard])] }
    }
  }

  /** By code, by words of the name, by pinyin or its initials (qlxl → 氯气泄漏), then by what people say of it (着火, 危化品, whp); items before their classes. */
  async search(query: string, limit: number): Promise<EventType[]> {
    const wanted = query.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, '')
    const active = [...(await this.#all()).values()].filter((type) => type.isActive)
    if (wanted === '') return active.filter((type) => type.parent === null).map(bare)
    const said = (await this.#system()) === this.#shipped.system ? this.#words.codesSaid(wanted) : []
    const scored = active
      .map((type) => ({ type, points: match(type, wanted) + (said.some((one) => type.code.startsWith(one)) ? saidPoints : 0) }))
      .filter(({ points }) => points > 0)
    scored.sort((a, b) => b.points - a.points || a.type.code.localeCompare(b.type.code))
    return scored.slice(0, limit).map(({ type }) => bare(type))
  }

  /**
   * The class a caller's words speak for most; null where another speaks as loud, and for a customer's own table.
   * @returns with the words it was heard in
   */
  async said(words: string): Promise<{ type: EventType; words: string[] } | null> {
    if ((await this.#system()) !== this.#shipped.system) return null
    const all = await this.#all()
    const [strongest, next] = this.#words.classesIn(words)
    if (strongest === undefined || strongest.points === next?.points) return null
    const type = all.get(strongest.code) ?? all.get(`${strongest.code}00`)
    return type?.isActive === true ? { type: bare(type), words: strongest.found } : null
  }

  /** Adds or changes one row of the table in force. */
  async edit(row: TableRow & { isActive: boolean }, by: ActingPerson): Promise<void> {
    const system = await this.#system()
    const id = importedId('eventTypes', system, row.code)
    if (row.parent !== null && (row.parent === row.code || (await this.find(row.parent)) === null))
      throw new WanglouError('INVALID_INPUT', { field: 'parent' })
    await this.#journal.write({
      actor: by.account,
      action: 'eventTypes.edit',
      subject: { dataset: 'eventTypes', row: id },
      rows: [{ dataset: 'eventTypes', row: id, set: { system, ...row } }],
    })
    this.#cache = null
  }

  /** Takes in a whole table (CSV: 代码, 名称, 上级, 灾种) under its own name and puts it in force. @returns number of rows */
  async load(options: { system: string; blob: string }, by: ActingPerson): Promise<{ rows: number }> {
    if (options.system === this.#shipped.system) throw new WanglouError('INVALID_INPUT', { field: 'system' })
    const { rows } = await runInWorker<{ rows: TableRow[] }>({
      url: new URL('./event-types.worker.ts', import.meta.url),
      data: { path: this.#blobs.pathOf(options.blob) },
      maxOldSpaceMb: 128,
      timeoutMs: 30_000,
    })
    const lines = rows.map((row) => `${JSON.stringify([row.code, options.system, row.code, row.parent, row.name, row.hazard, true])}\n`)
    const blob = await this.#blobs.put(chunks(lines), { limitBytes: 16 * 1024 * 1024 })
    const entry = await this.#journal.writeBulk({
      actor: by.account,
      action: 'eventTypes.load',
      subject: { dataset: 'codeTables', row: tableRow },
      dataset: 'eventTypes',
      source: options.system,
      columns: ['system', 'code', 'parent', 'name', 'hazard', 'isActive'],
      blob: blob.sha256,
      rows: rows.length,
    })
    await this.#journal.bulkDone(entry)
    await this.use(options.system, by)
    return { rows: rows.length }
  }

  /** Puts a table in force that is already there; the shipped one always is. */
  async use(system: string, by: ActingPerson): Promise<void> {
    const known =
      system === this.#shipped.system ||
      (await this.#store.get('SELECT 1 AS found FROM eventTypes WHERE system = ? AND _deleted = 0', [system])) !== null
    if (!known) throw new WanglouError('NOT_FOUND', { system })
    await this.#journal.write({
      actor: by.account,
      action: 'eventTypes.use',
      subject: { dataset: 'codeTables', row: tableRow },
      rows: [{ dataset: 'codeTables', row: tableRow, set: { name: 'eventTypes', inForce: system } }],
    })
    this.#cache = null
  }

  async #system(): Promise<string> {
    const row = await this.#store.get<{ inForce: string }>('SELECT inForce FROM codeTables WHERE id = ? AND _deleted = 0', [tableRow])
    return row?.inForce ?? this.#shipped.system
  }

  #all(): Promise<ReadonlyMap<string, Keyed>> {
    this.#cache ??= this.#read()
    return this.#cache
  }

  async #read(): Promise<ReadonlyMap<string, Keyed>> {
    const system = await this.#system()
    const own = await this.#store.all<TableRow & { isActive: number }>(
      'SELECT code, parent, name, hazard, isActive FROM eventTypes WHERE system = ? AND _deleted = 0',
      [system],
    )
    const rows = new Map<string, TableRow & { isActive: boolean }>()
    if (system === this.#shipped.system) for (const row of this.#shipped.rows) rows.set(row.code, { ...row, isActive: true })
    for (const row of own) rows.set(row.code, { ...row, isActive: row.isActive === 1 })
    const sorted = [...rows.values()].sort((a, b) => a.code.localeCompare(b.code))
    return new Map(
      sorted.map((row) => [
        row.code,
        {
          system,
          code: row.code,
          parent: row.parent,
          name: row.name,
          hazard: row.hazard,
          isActive: row.isActive,
          path: pathOf(rows, row),
          initials: pinyin(row.name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase(),
          spelled: pinyin(row.name, { toneType: 'none', type: 'array' }).join('').toLowerCase(),
        },
      ]),
    )
  }
}

/** Names of the classes above, from the top; a ring in a customer's table ends where it closes. */
function pathOf(rows: ReadonlyMap<string, TableRow>, row: TableRow): string {
  const names: string[] = []
  const seen = new Set([row.code])
  for (let above = rows.get(row.parent ?? ''); above !== undefined && !seen.has(above.code); above = rows.get(above.parent ?? '')) {
    seen.add(above.code)
    names.unshift(above.name)
  }
  return names.join(' / ')
}

/** What people say of a class ranks above a pair of characters that a name happens to have, below every part of a name. */
const saidPoints = 5

function match(type: Keyed, wanted: string): number {
  const depth = type.parent === null ? 0 : type.code.endsWith('00') ? 1 : 2
  const name = type.name.toLowerCase()
  if (type.code.toLowerCase() === wanted) return 120
  // 火灾 means the class of that name before a vessel's fire among the accidents on water.
  if (depth === 2 && name.includes(wanted) && (type.path.split(' / ').at(-1) ?? '').startsWith(wanted)) return 95 + depth
  if (name === wanted) return 90 + depth
  if (name.includes(wanted)) return 70 + depth
  if (type.code.toLowerCase().startsWith(wanted)) return 60 + depth
  if (type.initials === wanted) return 55 + depth
  if (type.initials.includes(wanted)) return 40 + depth
  if (type.spelled.startsWith(wanted)) return 30 + depth
  if (type.path.includes(wanted)) return 10 + depth
  // 氯气泄漏 is not in the table word for word: all of its character pairs that the name has.
  const pairs = [...wanted].slice(1).map((character, at) => `${[...wanted][at] ?? ''}${character}`)
  const found = pairs.filter((pair) => /\p{Script=Han}{2}/u.test(pair) && name.includes(pair)).length
  return found > 0 ? (5 * found) / pairs.length + depth / 10 : 0
}

function bare({ initials: _initials, spelled: _spelled, ...type }: Keyed): EventType {
  return type
}

async function* chunks(lines: readonly string[]): AsyncIterable<Uint8Array> {
  yield Buffer.from(lines.join(''), 'utf8')
}
