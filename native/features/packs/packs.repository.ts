// SQL of packs.
import type { Pack, PackManifest, PackPart } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

interface Row {
  id: string
  name: string
  version: string
  manifest: string
  report: string
  loadedAt: number
  hasSample: number
}

export class PacksRepository {
  readonly #reads: Reads

  constructor(reads: Reads) {
    this.#reads = reads
  }

  async list(): Promise<Pack[]> {
    return (await this.#reads.all<Row>('SELECT * FROM packs WHERE _deleted = 0 ORDER BY loadedAt')).map(packOf)
  }

  async find(id: string): Promise<Pack | null> {
    const row = await this.#reads.get<Row>('SELECT * FROM packs WHERE id = ? AND _deleted = 0', [id])
    return row === null ? null : packOf(row)
  }

  async count(): Promise<number> {
    return (await this.#reads.get<{ n: number }>('SELECT count(*) AS n FROM packs'))?.n ?? 0
  }
}

function packOf(row: Row): Pack {
  const { licences } = JSON.parse(row.manifest) as PackManifest
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    loadedAt: row.loadedAt,
    hasSample: row.hasSample === 1,
    report: JSON.parse(row.report) as Record<string, PackPart>,
    licences,
  }
}
