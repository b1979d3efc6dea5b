// Reads a GeoJSON file of outlines in its own thread.
import { inspectFile } from '../../kernel/foreign-file.ts'
import { readFeatures } from '../../kernel/geojson-file.ts'
import { serveWorker } from '../../kernel/workers.ts'
import { WanglouError } from '../../contract/index.ts'
import type { BoundaryTask, FoundBoundary } from './boundary-import.ts'
import { boxOf, readOutline } from './point-in-outline.ts'

const codeKeys = ['code', 'adcode', 'id', 'gb', '代码', '区划代码', '行政区划代码']
const nameKeys = ['name', 'NAME', '名称', '区划名称', '行政区']

serveWorker<BoundaryTask, FoundBoundary[]>(async ({ path }) => {
  const file = await inspectFile(path, { limitBytes: 64_000_000 })
  if (file.kind !== 'text') throw new WanglouError('FILE_WRONG_TYPE', { kind: file.kind })
  const features = await readFeatures(path)
  return features.map((feature, index) => {
    const outline = readOutline(feature.geometry)
    const code = said(feature.properties, codeKeys)?.replace(/^156(?=\d{6}$)/, '') ?? null
    return {
      row: index + 1,
      code: code === null || !/^\d{2,12}$/.test(code) ? null : code.length < 6 ? code.padEnd(6, '0') : code,
      name: said(feature.properties, nameKeys),
      outline,
      box: outline === null ? null : boxOf(outline),
    }
  })
})

function said(properties: Record<string, unknown> | null | undefined, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = properties?.[key]
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') return String(value).trim()
  }
  return null
}
