// Whom we believe: the paired, and whom a host among them may vouch for; what anybody else writes of a station changes nothing.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { type StationCard, Stations } from './stations.ts'

const [province, city, county] = ['610000', '610500', '610502'] as const
const superiors = new Map([
  [province, null],
  [city, province],
  [county, city],
])
let at: TestStation
let cityHost: TestStation
let countyHost: TestStation
let desk: TestStation
let stations: Stations

const cardOf = (of: TestStation, unit: string, isHost: boolean): StationCard => ({
  station: of.journal.station,
  unit,
  name: unit,
  publicKey: of.journal.publicKey,
  isHost,
})
/** Somebody writes of a station, and it comes here. */
async function writes(by: TestStation, { station, ...set }: StationCard): Promise<void> {
  const subject = { dataset: 'stations', row: station }
  await by.journal.write({ actor: 'station', action: 'stations.pair', subject, rows: [{ ...subject, set }] })
  await at.journal.apply([await by.journal.sealedBatch({ scope: 'shared', after: 0 })])
  await stations.refresh()
}

beforeEach(async () => {
  const open = (unit: string) => openTestStation({ unit, isQuick: true })
  ;[at, cityHost, countyHost, desk] = await Promise.all([open(province), open(city), open(county), open(county)])
  stations = new Stations({ store: at.store, journal: at.journal, unit: province, superiors: () => superiors })
  await stations.pair(cardOf(cityHost, city, true), 0)
  await writes(cityHost, cardOf(countyHost, county, true))
})
afterEach(async () => {
  for (const one of [at, cityHost, countyHost, desk]) await one.close()
})

test('a host vouches for what lies behind it, step by step', async () => {
  expect(stations.unitOf(countyHost.journal.station)).toBe(county)
  await writes(countyHost, cardOf(desk, county, false))
  expect(stations.unitOf(desk.journal.station)).toBe(county)
})
test('a county brings forth no station of the city or the province, and changes nobody who is known', async () => {
  await writes(countyHost, cardOf(desk, province, true))
  expect(stations.unitOf(desk.journal.station)).toBeNull()
  await writes(cityHost, cardOf(desk, county, false))
  await writes(countyHost, { ...cardOf(desk, county, true), publicKey: countyHost.journal.publicKey })
  expect(stations.all.find(({ station }) => station === desk.journal.station)).toMatchObject({
    unit: county,
    isHost: false,
    publicKey: desk.journal.publicKey,
  })
})
test('a console vouches for nobody', async () => {
  await writes(countyHost, cardOf(desk, county, false))
  const other = await openTestStation({ unit: county, isQuick: true })
  await writes(desk, cardOf(other, county, false))
  expect(stations.unitOf(other.journal.station)).toBeNull()
  await other.close()
})
