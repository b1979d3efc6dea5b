// What people plot (标绘): every act an entry, so that it can be undone and found again in the time line.
import { type Drawing, DrawingGeometry, type DrawingInput, WanglouError, type EntryId } from '../../contract/index.ts'
import type { Actor } from '../../door/trpc.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Store } from '../../store/types.ts'

const kinds = { Point: 'point', LineString: 'line', Polygon: 'polygon', Circle: 'circle' } as const

/** The act that did it, so that the page can undo it. */
export interface DrawingAct {
  drawing: string
  entry: EntryId
}

export class DrawingsService {
  readonly #store: Store
  readonly #journal: Journal

  constructor(options: { store: Store; journal: Journal }) {
    this.#store = options.store
    this.#journal = options.journal
  }

  /** @param incident null = those of no incident as well as of every one */
  async list(incident: string | null): Promise<Drawing[]> {
    const columns = 'SELECT id, name, kind, geometry, symbol, incident FROM drawings WHERE _deleted = 0'
    const rows =
      incident === null
        ? await this.#store.all<SqlDrawing>(`${columns} ORDER BY key`)
        : await this.#store.all<SqlDrawing>(`${columns} AND incident = ? ORDER BY key`, [incident])
    // A geometry that a newer station wrote is left out, the others are drawn.
    return rows.flatMap((row) => {
      const geometry = DrawingGeometry.safeParse(JSON.parse(row.geometry))
      return geometry.success ? [{ ...row, geometry: geometry.data }] : []
    })
  }

  add(actor: Actor, input: DrawingInput): Promise<DrawingAct> {
    return this.#write(actor, 'drawings.add', newId(), input)
  }

  async change(actor: Actor, id: string, input: DrawingInput): Promise<DrawingAct> {
    await this.#require(id)
    return this.#write(actor, 'drawings.change', id, input)
  }

  async remove(actor: Actor, id: string): Promise<DrawingAct> {
    const { incident } = await this.#require(id)
    return this.#act(actor, 'drawings.remove', id, { rows: [], deletes: [{ dataset: 'drawings', row: id }], incident })
  }

  /** Takes an act back; the answer is an act again, so undoing it is redo. Throws UNDO_STALE, NOT_FOUND for what is no drawing's entry. */
  async undo(actor: Actor, entry: EntryId): Promise<DrawingAct> {
    const found = await this.#journal.entry(entry)
    if (found === null || !found.cells.some(([dataset]) => dataset === 'drawings') || found.cells.some(([dataset]) => dataset !== 'drawings'))
      throw new WanglouError('NOT_FOUND')
    const undone = await this.#journal.undo({ entry, actor: actor.account })
    return { drawing: found.cells[0]![1], entry: entryId(undone) }
  }

  #write(actor: Actor, action: string, id: string, { name, geometry, symbol, incident }: DrawingInput): Promise<DrawingAct> {
    const set = { name, kind: kinds[geometry.type], geometry, symbol, incident }
    return this.#act(actor, action, id, { rows: [{ dataset: 'drawings', row: id, set }], incident })
  }

  /** An incident's drawing stands in the incident's time line. */
  async #act(
    actor: Actor,
    action: string,
    id: string,
    act: { rows: RowWrite[]; deletes?: { dataset: string; row: string }[]; incident: string | null },
  ): Promise<DrawingAct> {
    const { incident, ...rest } = act
    const subject = incident === null ? { dataset: 'drawings', row: id } : { dataset: 'incidents', row: incident }
    return { drawing: id, entry: entryId(await this.#journal.write({ actor: actor.account, action, subject, ...rest })) }
  }

  async #require(id: string): Promise<{ incident: string | null }> {
    const row = await this.#store.get<{ incident: string | null }>('SELECT incident FROM drawings WHERE id = ? AND _deleted = 0', [id])
    if (row === null) throw new WanglouError('NOT_FOUND')
    return row
  }
}

interface SqlDrawing extends Omit<Drawing, 'geometry'> {
  geometry: string
}

function entryId({ station, scope, seq }: { station: string; scope: string; seq: number }): EntryId {
  return `${station}/${scope}/${seq}`
}
