// What must and must never be in the shipped sample pack.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { PackManifest } from '../../contract/packs.ts'

const pack = path.resolve(import.meta.dirname, '../../../resources/packs/shaanxi')
const files = readdirSync(pack, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(pack, file)).isFile())
const read = (file: string) => readFileSync(path.join(pack, file), 'utf8')
const rows = (file: string) =>
  read(file)
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))

describe('the Shaanxi sample pack', () => {
  it('has a manifest whose files exist, with a licence for each kind of data', () => {
    const manifest = PackManifest.parse(JSON.parse(read('pack.json')))
    const named = [
      manifest.reference.areas,
      manifest.reference.boundaries,
      manifest.sample?.units,
      manifest.sample?.stock,
      manifest.sample?.incidents,
    ]
    for (const file of [...named, ...(manifest.sample?.ledgers.map((ledger) => ledger.file) ?? [])]) expect(files).toContain(file)
    expect(manifest.licences.length).toBeGreaterThanOrEqual(3)
  })

  it('has 10 cities and 107 county-level units, each with a centre inside Shaanxi marked approximate', () => {
    const areas = rows('areas.csv')
    expect(areas.filter((area) => area[3] === 'city')).toHaveLength(10)
    expect(areas.filter((area) => area[3] === 'county')).toHaveLength(107)
    for (const [code, , , , lon, lat, precision] of areas) {
      expect(Number(lon), code).toBeGreaterThan(105.4)
      expect(Number(lon), code).toBeLessThan(111.3)
      expect(Number(lat), code).toBeGreaterThan(31.7)
      expect(Number(lat), code).toBeLessThan(39.6)
      expect(precision).toBe('近似')
    }
  })

  it('lets 10 cities, 杨凌 and 韩城 report to the province', () => {
    const units = rows('units.csv')
    expect(units.filter((unit) => unit[2] === 'U-610000')).toHaveLength(12)
    const codes = new Set(units.map((unit) => unit[0]))
    for (const unit of units) expect(unit[2] === '' || codes.has(unit[2]), unit[1]).toBe(true)
    // The sample centre is one of them, with a 总值班室 beside it and above it.
    const { unit: centre } = JSON.parse(read('centre.json')) as { unit: string }
    expect(units.find((unit) => unit[0] === centre)?.[1]).toBe('渭南市应急管理局（样例）')
    expect(units.filter((unit) => unit[3] === 'government')).toHaveLength(13)
  })

  it('has a phone book of posts and 样例 people, one row in twenty wrong on purpose', () => {
    const people = rows('contacts.csv')
    expect(people.length).toBeGreaterThan(200)
    for (const row of [...people, ...rows('units.csv').map((unit) => ['', '', '', '', unit[5] ?? ''])]) {
      expect(row[3], row.join()).toMatch(/^(样例[甲乙丙丁戊己庚辛壬癸]*)?$/)
      for (const number of row.slice(4, 9).filter((cell) => /^[\d-]{7,}$/.test(cell))) expect(number).toMatch(/^\d{3,4}-0\d{4,6}$/)
    }
    expect(rows('units.csv').every((unit) => unit[1]?.endsWith('（样例）'))).toBe(true)
  })

  it('draws no line and names nothing outside Shaanxi: no country line, no country label', () => {
    const outlines = JSON.parse(read('boundaries.geojson')) as { features: { properties: { code: string; kind: string } }[]; note: string }
    expect(outlines.note).toBe('示意，非权威边界')
    for (const feature of outlines.features) {
      expect(feature.properties.code).toMatch(/^61/)
      expect(['province', 'city', 'county']).toContain(feature.properties.kind)
    }
    for (const file of files.filter((name) => !name.endsWith('README.md')))
      expect(read(file), file).not.toMatch(/国界|国境线|中华人民共和国|China\b|"country"/)
  })

  it('has only telephones that nobody answers and people called 样例', () => {
    for (const file of files.filter((name) => name.startsWith('ledgers/'))) {
      for (const row of rows(file)) {
        expect(row[9], file).toMatch(/^\d{3,4}-0\d{5,6}$/)
        expect(row[8], file).toMatch(/^样例/)
      }
    }
    for (const file of files) expect(read(file), file).not.toMatch(/\b1[3-9]\d{9}\b/)
  })

  it('keeps away from military, police, prison and nuclear sites and dam bodies', () => {
    for (const file of files.filter((name) => name.startsWith('ledgers/')))
      expect(read(file), file).not.toMatch(/部队|武警|监狱|看守所|核电|核设施|坝体|派出所|水库/)
  })

  it('has at least 30 closed incidents, one followed 首报–续报–终报 and corrected downward', () => {
    const incidents = JSON.parse(read('incidents.json')) as {
      closedMinutesAgo: number | null
      reports: { kind: string; words: string }[]
      figures: { metric: string; value: number }[]
    }[]
    expect(incidents.filter((incident) => incident.closedMinutesAgo !== null).length).toBeGreaterThanOrEqual(30)
    const followed = incidents.find((incident) => incident.reports.length > 2)
    expect(followed?.reports.map((report) => report.kind)).toEqual(['首报', '续报一', '续报二', '终报'])
    const counts = followed?.figures.filter((figure) => figure.metric === 'hospitalised').map((figure) => figure.value) ?? []
    expect(counts.length).toBe(3)
    expect(counts.at(-1)).toBeLessThan(Math.max(...counts))
  })

  it('has one night of 40 messages', () => {
    expect(read('night.yaml').match(/^ {2}- \{ at:/gm)).toHaveLength(40)
  })
})
