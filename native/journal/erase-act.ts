// The acts that erase personal data of rows: in every entry that wrote it, in whatever scope, in what imports gave, and in what earlier erasures carry.
import {
  type Cell,
  type CellValue,
  type Column,
  type Datasets,
  type EntryId,
  type JsonValue,
  type Scope,
  type Subject,
  WanglouError,
} from '../contract/index.ts'
import type { Reads } from '../store/types.ts'
import { type Erasure, type Gone, parseBody } from './body.ts'
import { effectiveBody } from './effective.ts'
import { bodyLimitBytes, canonical, entryColumns, entryId, type EntryRow, eraseAction } from './encode.ts'
import { takeOver } from './erase-carriers.ts'
import { readErasures } from './erasures.ts'
import { quoted, type Table } from './tables.ts'
import type { Act, EraseRow } from './types.ts'

/** What an erasure is to say, gathered before it is cut into acts. */
export interface EraseDraft {
  erasures: Map<EntryId, Erasure & { scope: Scope }>
  gone: Gone[]
  /** Scopes of the imports that are reached. */
  scopes: Set<Scope>
}

/**
 * One act for each scope in which the data stands, more where one would be too large; about the first row.
 * @throws NOT_FOUND when there is nothing to erase of one of them
 */
export async function eraseActs(
  tx: Reads,
  options: { rows: readonly EraseRow[]; actor: string; reason: string },
  context: { datasets: Datasets; tables: ReadonlyMap<string, Table> },
): Promise<Act[]> {
  const { rows, actor, reason } = options
  const draft: EraseDraft = { erasures: new Map(), gone: [], scopes: new Set() }
  const [first] = rows
  if (first === undefined) return []
  for (const row of rows) await addRow(tx, draft, row, context)
  await takeOver(tx, draft, null)
  return actsOf(draft, { actor, reason, subject: { dataset: first.dataset, row: first.row } })
}

/** As many acts as it takes; what is taken over from earlier erasures stands last, so that nothing of it is missing meanwhile. */
export function actsOf(draft: EraseDraft, { actor, reason, subject }: { actor: string; reason: string; subject: Subject }): Act[] {
  const byScope = Map.groupBy(draft.erasures.values(), (one) => one.scope)
  const scopes = new Set([...byScope.keys(), ...draft.scopes])
  return [...scopes].flatMap((scope) => {
    const list = (byScope.get(scope) ?? []).map(({ entry, cells, happenedAt }): Erasure => ({ entry, cells, happenedAt }))
    const ordered = [...list.filter((one) => one.cells.length > 0), ...list.filter((one) => one.cells.length === 0)]
    return inBodies(ordered).map((erased): Act => {
      const note = { reason, gone: draft.gone as unknown as JsonValue, erased: erased as unknown as JsonValue }
      return { actor, action: eraseAction, subject, scope, rows: [], note }
    })
  })
}

async function addRow(
  tx: Reads,
  draft: EraseDraft,
  { dataset, row, columns: chosen }: EraseRow,
  context: { datasets: Datasets; tables: ReadonlyMap<string, Table> },
): Promise<void> {
  const declared = context.datasets[dataset]?.columns ?? {}
  const columns = personalColumns(declared).filter((name) => chosen === undefined || chosen.includes(name))
  const at = { dataset, row, columns }
  const entries = [...(await writers(tx, at, declared)), ...(await waitingWriters(tx, at))]
  const imported = await importOf(tx, dataset, row, context.tables)
  if (columns.length === 0 || (entries.length === 0 && imported === null)) throw new WanglouError('NOT_FOUND', { dataset, row })
  const known = await readErasures(tx, entries.map(entryId))
  for (const entry of entries) {
    const id = entryId(entry)
    const body = draft.erasures.get(id) ?? effectiveBody(entry, known.get(id) ?? [])
    const cells = body.cells.map((cell): Cell => {
      const isTaken = cell[0] === dataset && cell[1] === row && columns.includes(cell[2])
      return isTaken ? [cell[0], cell[1], cell[2], erasedValue(declared[cell[2]], cell[3]), cell[4]] : cell
    })
    draft.erasures.set(id, { entry: id, scope: entry.scope, cells, happenedAt: body.happenedAt === null ? null : { ...body.happenedAt, source: '' } })
  }
  draft.gone.push({ dataset, row, columns, source: imported?.source ?? null, clock: null })
  for (const scope of imported?.scopes ?? []) draft.scopes.add(scope)
}

export function personalColumns(columns: Readonly<Record<string, Column>>): string[] {
  return Object.entries(columns).flatMap(([name, column]) => (column.personal === undefined ? [] : [name]))
}

/** What an erasure leaves of a value. */
export function erasedValue(column: Column | undefined, value: CellValue): CellValue {
  if (column?.personal === undefined || column.personal === true) return null
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const members = column.personal.filter((member) => member in value)
  return { ...value, ...Object.fromEntries(members.map((member) => [member, ''])) }
}

/** Entries that wrote something of it. */
async function writers(tx: Reads, at: { dataset: string; row: string; columns: string[] }, declared: Record<string, Column>): Promise<EntryRow[]> {
  const cells = await tx.all<{ arrival: number; column: string; value: string }>(
    `SELECT arrival, "column", value FROM cell_history WHERE dataset = ?1 AND row = ?2 AND "column" IN (SELECT value FROM json_each(?3)) AND value <> 'null'`,
    [at.dataset, at.row, JSON.stringify(at.columns)],
  )
  const arrivals = cells
    .filter(({ column, value }) => canonical(erasedValue(declared[column], JSON.parse(value) as CellValue)) !== value)
    .map((cell) => cell.arrival)
  return tx.all<EntryRow>(
    `SELECT ${entryColumns} FROM journal AS j WHERE j.state = 0 AND j.arrival IN (SELECT value FROM json_each(?)) ORDER BY j.arrival`,
    [JSON.stringify(arrivals)],
  )
}

/** Entries that wait because their clock is ahead would bring it back when they are let in. */
async function waitingWriters(tx: Reads, at: { dataset: string; row: string; columns: string[] }): Promise<EntryRow[]> {
  const waiting = await tx.all<EntryRow>(
    `SELECT ${entryColumns} FROM journal AS j WHERE j.state = 1 AND j.body IS NOT NULL AND instr(j.body, ?) > 0`,
    [at.row],
  )
  const writes = ([dataset, row, column, value]: Cell) => dataset === at.dataset && row === at.row && at.columns.includes(column) && value !== null
  return waiting.filter((row) => parseBody(row.body ?? '')?.cells.some(writes))
}

/** The import source of a row and the scopes its imports stand in; null when no import gave it. */
async function importOf(
  tx: Reads,
  dataset: string,
  row: string,
  tables: ReadonlyMap<string, Table>,
): Promise<{ source: string; scopes: Scope[] } | null> {
  if (!tables.has(dataset)) return null
  const imports = await tx.all<{ source: string; scope: Scope }>(
    `SELECT DISTINCT b.source, j.scope FROM ${quoted(dataset)} AS t JOIN bulk_imports AS last ON last.arrival = t._bulk
       JOIN bulk_imports AS b ON b.dataset = last.dataset AND b.source = last.source JOIN journal AS j ON j.arrival = b.arrival WHERE t.id = ?`,
    [row],
  )
  const [first] = imports
  return first === undefined ? null : { source: first.source, scopes: imports.map((one) => one.scope) }
}

/** As many erasures to an act as its body holds. */
function inBodies(erasures: readonly Erasure[]): Erasure[][] {
  const bodies: Erasure[][] = [[]]
  let bytes = 0
  for (const one of erasures) {
    const size = Buffer.byteLength(JSON.stringify(one))
    if (bytes > 0 && bytes + size > bodyLimitBytes) {
      bodies.push([])
      bytes = 0
    }
    bodies.at(-1)?.push(one)
    bytes += size
  }
  return bodies
}
