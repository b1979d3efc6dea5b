// Reads a GeoJSON file of points as a table: its properties are the columns, the position becomes 经度 and 纬度.
import { WanglouError } from '../../../contract/index.ts'
import { type Feature, readFeatures } from '../../../kernel/geojson-file.ts'
import { batchRows, maxColumns, type Table, type TableRow } from './table.ts'

/** @throws WanglouError FILE_TRUNCATED, FILE_UNREADABLE, FILE_WRONG_TYPE, FILE_TOO_LARGE, FILE_TOO_MANY_COLUMNS */
export async function openGeoJson(path: string, options: { name: string }): Promise<Table> {
  const features = await readFeatures(path)
  const keys = new Set<string>()
  for (const feature of features) for (const key of Object.keys(feature.properties ?? {})) keys.add(key)
  if (keys.size > maxColumns) throw new WanglouError('FILE_TOO_MANY_COLUMNS', { columns: keys.size, limit: maxColumns })
  const columns = [...keys]
  let done = 0
  async function* rows(): AsyncGenerator<TableRow[]> {
    let batch: TableRow[] = [{ row: 1, cells: [...columns, '经度', '纬度'], formulas: [], emptyFormulas: [] }]
    for (const [index, feature] of features.entries()) {
      const cells = columns.map((column) => cellText(feature.properties?.[column]))
      batch.push({ row: index + 2, cells: [...cells, ...position(feature)], formulas: [], emptyFormulas: [] })
      done = index + 1
      if (batch.length < batchRows) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }
  return {
    kind: 'geojson',
    encoding: 'utf-8',
    delimiter: null,
    headerRows: 1,
    sheet: options.name,
    sheets: [{ name: options.name, rows: features.length, columns: columns.length + 2 }],
    rows,
    progress: () => done / Math.max(1, features.length),
    close: () => Promise.resolve(),
  }
}

function position(feature: Feature): [string, string] {
  const geometry = feature.geometry
  if (geometry === null || geometry === undefined) return ['', '']
  const [lon, lat] =
    geometry.type === 'Point' && Array.isArray(geometry.coordinates) ? (geometry.coordinates as unknown[]) : [geometry.type, geometry.type]
  return [cellText(lon), cellText(lat)]
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
