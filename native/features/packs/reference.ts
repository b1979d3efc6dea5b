// Areas, outlines and units of a pack as rows for the journal's bulk import.
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { CellValue } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'

/** Columns, then rows `[key, value…]`: what `journal.writeBulk` takes. */
export interface BulkRows {
  dataset: string
  columns: string[]
  rows: [key: string, ...values: CellValue[]][]
}

const Records = z.array(z.record(z.string(), z.string()))

/** Rows of a CSV with a header, as `{ header: cell }`. */
export function records(csv: string): Record<string, string>[] {
  return Records.parse(parse(csv, { columns: true, skip_empty_lines: true, bom: true }))
}

/** 代码, 名称, 上级代码, 级别, 经度, 纬度, 位置精度 → dataset `areas`. */
export function areaRows(csv: string, source: string): BulkRows {
  return {
    dataset: 'areas',
    columns: ['code', 'name', 'parent', 'kind', 'lon', 'lat', 'isApproximate', 'source'],
    rows: records(csv).map((row) => [
      row['代码'] ?? '',
      row['代码'] ?? '',
      row['名称'] ?? '',
      orNull(row['上级代码']),
      row['级别'] ?? '',
      Number(row['经度']),
      Number(row['纬度']),
      row['位置精度'] === '近似',
      source,
    ]),
  }
}

const Outlines = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), reviewNumber: z.string().nullable().default(null) }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.tuple([z.number(), z.number()]))) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(z.tuple([z.number(), z.number()])))) }),
      ]),
    }),
  ),
})

/** A GeoJSON FeatureCollection whose features carry `code` → dataset `areaBoundaries`. */
export function boundaryRows(geojson: string, source: string): BulkRows {
  const { features } = Outlines.parse(JSON.parse(geojson))
  return {
    dataset: 'areaBoundaries',
    columns: ['area', 'geometry', 'west', 'south', 'east', 'north', 'source', 'reviewNumber'],
    rows: features.map(({ properties, geometry }) => {
      const points = (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).flat()
      const lons = points.map(([lon]) => lon)
      const lats = points.map(([, lat]) => lat)
      return [
        properties.code,
        properties.code,
        geometry,
        Math.min(...lons),
        Math.min(...lats),
        Math.max(...lons),
        Math.max(...lats),
        source,
        properties.reviewNumber,
      ]
    }),
  }
}

/** 编号, 名称, 上级编号, 类型, 管辖区划, 值班电话, 核对日期 → dataset `units`, each a sample. */
export function unitRows(csv: string, source: string): BulkRows {
  return {
    dataset: 'units',
    columns: [
      ...['code', 'name', 'superior', 'kind', 'covers', 'dutyTelephone', 'dutyTelephoneVerifiedAt', 'dutyTelephoneVerifiedNumber'],
      ...['source', 'sourceKey', 'isSample'],
    ],
    rows: records(csv).map((row) => {
      const code = row['编号'] ?? ''
      const superior = orNull(row['上级编号'])
      const covers = (row['管辖区划'] ?? '').split(/[、,;\s]+/).filter((area) => area !== '')
      const telephone = orNull(row['值班电话'])
      const verifiedAt = orNull(row['核对日期'])
      return [
        code,
        code,
        row['名称'] ?? '',
        superior === null ? null : importedId('units', source, superior),
        row['类型'] ?? '',
        covers,
        telephone,
        verifiedAt === null ? null : Date.parse(`${verifiedAt}T09:00:00+08:00`),
        verifiedAt === null ? null : telephone,
        source,
        code,
        true,
      ]
    }),
  }
}

function orNull(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell
}
