// From what a map service's paper says to the template the station asks with: WMTS and the national platform 天地图.
import type { Tiling, TileSource, WmtsSource } from './layers.ts'

/** WMTS 1.0.0 GetTile by KVP (OGC 07-057r7 §8.1.1). */
export function wmtsTemplate(source: WmtsSource): string {
  const { url, layer, style, matrixSet, format, keyParameter } = source
  const [address, query = ''] = url.split('?') as [string, string?]
  const asked = ['SERVICE=WMTS', 'REQUEST=GetTile', 'VERSION=1.0.0', `LAYER=${encodeURIComponent(layer)}`, `STYLE=${encodeURIComponent(style)}`]
  asked.push(`TILEMATRIXSET=${encodeURIComponent(matrixSet)}`, `FORMAT=${encodeURIComponent(format)}`, 'TILEMATRIX={z}', 'TILEROW={y}', 'TILECOL={x}')
  if (keyParameter !== null) asked.push(`${encodeURIComponent(keyParameter)}={key}`)
  // What the address brings along, unless it is asked for anyway (a pasted GetCapabilities address).
  const kept = query
    .split('&')
    .filter((part) => part !== '' && !/^(service|request|version|layer|style|tilematrix|tilematrixset|tilerow|tilecol|format)=/i.test(part))
  return `${address}?${[...kept, ...asked].join('&')}`
}

/** Layers of 天地图: picture, vector, terrain and their names. `ibo` (borders) is left out on purpose. */
export const tiandituLayers = ['vec', 'cva', 'img', 'cia', 'ter', 'cta'] as const
export type TiandituLayer = (typeof tiandituLayers)[number]

/** 天地图 WMTS: `w` matrices are Web Mercator, `c` are latitude/longitude (CGCS2000) whose matrix 1 is our level 0. No datum shift. */
export function tianditu(layer: TiandituLayer, tiling: Tiling): TileSource {
  const matrixSet = tiling === 'mercator' ? 'w' : 'c'
  const url = `https://t{s}.tianditu.gov.cn/${layer}_${matrixSet}/wmts`
  return {
    kind: 'tiles',
    template: wmtsTemplate({ url, layer, style: 'default', matrixSet, format: 'tiles', tiling, levelOffset: 0, keyParameter: 'tk' }),
    subdomains: ['0', '1', '2', '3', '4', '5', '6', '7'],
    tiling,
    levelOffset: tiling === 'mercator' ? 0 : 1,
    minLevel: tiling === 'mercator' ? 1 : 0,
    maxLevel: 17,
    box: null,
    datum: 'wgs84',
    maxAgeHours: 24 * 30,
  }
}

/** The address of one tile; `key` is put in by the station alone. Rows counted from the north. */
export function tileAddress(source: TileSource, tile: { level: number; x: number; y: number }, key: string | null): string {
  const { level, x, y } = tile
  const values: Record<string, string> = {
    z: String(level + source.levelOffset),
    x: String(x),
    y: String(y),
    '-y': String(2 ** level - 1 - y),
    s: source.subdomains.length === 0 ? '' : source.subdomains[(x + y) % source.subdomains.length]!,
    key: encodeURIComponent(key ?? ''),
  }
  return source.template.replaceAll(/\{(z|x|y|-y|s|key)\}/g, (_whole, name: string) => values[name] ?? '')
}
