// Layers, views of a person and sealed keys, as SQL.
import { LayerSource, type LayerView } from '../../contract/index.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import type { Store } from '../../store/types.ts'

export interface LayerRow {
  id: string
  name: string
  source: LayerSource
  attribution: string | null
  reviewNumber: string | null
  isTrusted: boolean
  hasKey: boolean
}

const columns = `layers.id, layers.name, layers.source, layers.attribution, layers.reviewNumber, layers.isTrusted, secret_layers.layer IS NOT NULL AS hasKey
  FROM layers LEFT JOIN secret_layers ON secret_layers.layer = layers.id WHERE layers._deleted = 0`

export class LayersRepository {
  readonly #store: Store
  readonly #machineKey: MachineKey

  constructor(options: { store: Store; machineKey: MachineKey }) {
    this.#store = options.store
    this.#machineKey = options.machineKey
  }

  async list(): Promise<LayerRow[]> {
    const rows = await this.#store.all<SqlLayer>(`SELECT ${columns} ORDER BY layers.position, layers.key`)
    return rows.flatMap((row) => toRow(row) ?? [])
  }

  async get(id: string): Promise<LayerRow | null> {
    const row = await this.#store.get<SqlLayer>(`SELECT ${columns} AND layers.id = ?`, [id])
    return row === null ? null : toRow(row)
  }

  async topPosition(): Promise<number> {
    const row = await this.#store.get<{ top: number | null }>('SELECT max(position) AS top FROM layers WHERE _deleted = 0')
    return row?.top ?? 0
  }

  async key(layer: string): Promise<string | null> {
    const row = await this.#store.get<{ sealed: string }>('SELECT sealed FROM secret_layers WHERE layer = ?', [layer])
    return row === null ? null : this.#machineKey.unseal(row.sealed, `layer:${layer}`)
  }

  async setKey(layer: string, key: string | null): Promise<void> {
    await this.#store.write(async (tx) => {
      await tx.run('DELETE FROM secret_layers WHERE layer = ?', [layer])
      if (key !== null) await tx.run('INSERT INTO secret_layers (layer, sealed) VALUES (?, ?)', [layer, this.#machineKey.seal(key, `layer:${layer}`)])
    })
  }

  async views(account: string): Promise<LayerView[]> {
    const rows = await this.#store.all<{ layer: string; position: number; opacity: number; isVisible: number }>(
      'SELECT layer, position, opacity, isVisible FROM layer_views WHERE account = ? ORDER BY position',
      [account],
    )
    return rows.map((row) => ({ ...row, isVisible: row.isVisible === 1 }))
  }

  async setViews(account: string, views: readonly LayerView[]): Promise<void> {
    await this.#store.write(async (tx) => {
      for (const { layer, position, opacity, isVisible } of views) {
        await tx.run(
          'INSERT INTO layer_views (account, layer, position, opacity, isVisible) VALUES (?, ?, ?, ?, ?) ' +
            'ON CONFLICT (account, layer) DO UPDATE SET position = excluded.position, opacity = excluded.opacity, isVisible = excluded.isVisible',
          [account, layer, position, opacity, isVisible ? 1 : 0],
        )
      }
    })
  }
}

interface SqlLayer {
  id: string
  name: string
  source: string
  attribution: string | null
  reviewNumber: string | null
  isTrusted: number | null
  hasKey: number
}

/** A source this release does not understand (written by a newer station) is left out, the others are shown. */
function toRow(row: SqlLayer): LayerRow | null {
  const source = LayerSource.safeParse(JSON.parse(row.source))
  if (!source.success) return null
  return {
    id: row.id,
    name: row.name,
    source: source.data,
    attribution: row.attribution,
    reviewNumber: row.reviewNumber,
    isTrusted: row.isTrusted === 1,
    hasKey: row.hasKey === 1,
  }
}
