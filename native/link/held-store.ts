// What the other sides said they hold, and how far each stream was read: on disk, so that a start goes on where the last one stopped.
import type { Store } from '../store/types.ts'
import { chainOf } from './journal-port.ts'
import type { StoredAt } from './types.ts'

export class HeldStore {
  readonly #store: Store
  readonly #written = new Map<string, Map<string, number>>()

  constructor(store: Store) {
    this.#store = store
  }

  /** @param side a centre's unit, or `centre` */
  async load(side: string): Promise<Map<string, number>> {
    const rows = await this.#store.all<{ station: string; scope: string; heldSeq: number }>(
      'SELECT station, scope, heldSeq FROM link_held WHERE side = ?',
      [side],
    )
    const held = new Map(rows.map((row) => [`${row.station}/${row.scope}`, row.heldSeq]))
    this.#written.set(side, new Map(held))
    return held
  }

  /** Writes what has moved. */
  async save(side: string, held: ReadonlyMap<string, number>): Promise<void> {
    const written = this.#written.get(side) ?? new Map<string, number>()
    const moved = [...held].filter(([key, seq]) => written.get(key) !== seq)
    if (moved.length === 0) return
    this.#written.set(side, new Map(held))
    const rows = moved.map(([key, seq]) => {
      const { station, scope } = chainOf(key)
      return [side, station, scope, seq]
    })
    await this.#store.writeDerived(async (tx) => {
      await tx.run(
        `INSERT INTO link_held (side, station, scope, heldSeq) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
         ON CONFLICT (side, station, scope) DO UPDATE SET heldSeq = excluded.heldSeq`,
        [JSON.stringify(rows)],
      )
    })
  }

  /** They hold at least this. */
  async raise(side: string, held: ReadonlyMap<string, number>): Promise<void> {
    const known = await this.load(side)
    await this.save(side, new Map([...known, ...[...held].map(([key, seq]) => [key, Math.max(seq, known.get(key) ?? 0)] as const)]))
  }

  /** @returns 0 when the stream is another one than the one that was read */
  async position(stream: string, createdAt: string): Promise<number> {
    const row = await this.#store.get<{ createdAt: string; seq: number }>('SELECT createdAt, seq FROM link_positions WHERE stream = ?', [stream])
    return row?.createdAt === createdAt ? row.seq : 0
  }

  /** What was read stands in the journal already: losing this costs reading it again. */
  async read(stream: string, at: StoredAt): Promise<void> {
    await this.#store.writeDerived(async (tx) => {
      await tx.run(
        'INSERT INTO link_positions (stream, createdAt, seq) VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET createdAt = excluded.createdAt, seq = excluded.seq',
        [stream, at.stream, at.seq],
      )
    })
  }
}
