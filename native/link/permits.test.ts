// Who may hold what, on the tree of the sample: 韩城 reports to the province, not to 渭南 around it.
import { expect, test } from 'vitest'
import { isWithin, mayHold, mayVouch, mayWrite, withNeighbours } from './permits.ts'

const [ministry, province, weinan, hancheng, linwei] = ['000000', '610000', '610500', '610581', '610502']
const superiors = new Map([
  [ministry, null],
  [province, ministry],
  [weinan, province],
  [hancheng, province],
  [linwei, weinan],
])
const holders = (scope: Parameters<typeof mayHold>[0]) => [...superiors.keys()].filter((unit) => mayHold(scope, unit, superiors))

test('each scope has its holders and nobody else', () => {
  expect(holders('self')).toEqual([])
  expect(holders(`centre:${linwei}`)).toEqual([linwei])
  expect(holders(`up:${linwei}`)).toEqual([ministry, province, weinan, linwei])
  expect(holders(`up:${hancheng}`)).toEqual([ministry, province, hancheng])
  expect(holders(`down:${province}`)).toEqual([province, weinan, hancheng, linwei])
  expect(holders('shared')).toHaveLength(5)
})
test('a scope of a unit that the tree does not have stays with that unit', () => {
  expect(holders('up:999999')).toEqual([])
  expect(mayHold('up:999999', '999999', superiors)).toBe(true)
})
test('a station writes what names its own centre, and what everybody may have', () => {
  expect(mayWrite(`up:${linwei}`, linwei)).toBe(true)
  expect(mayWrite(`up:${linwei}`, weinan)).toBe(false)
  expect(mayWrite('shared', weinan)).toBe(true)
  expect(mayWrite('self', weinan)).toBe(false)
})
test('a tree that bites its tail ends', () => {
  const loop = new Map([
    ['a', 'b'],
    ['b', 'a'],
  ])
  expect(isWithin('a', 'c', loop)).toBe(false)
  expect(isWithin('a', 'b', loop)).toBe(true)
})
test('a host vouches only for what its centre stands between us and', () => {
  const may = (host: string, unit: string, ourUnit: string) => mayVouch(host, unit, { ourUnit, superiors })
  // The county learns of 韩城 through the city or the province, and of its own console from itself.
  expect([may(weinan, hancheng, linwei), may(province, hancheng, linwei), may(linwei, linwei, linwei)]).toEqual([true, true, true])
  // The province hears of the county from the city; 韩城 says nothing of it, and the county nothing of the province.
  expect([may(weinan, linwei, province), may(hancheng, linwei, province), may(linwei, province, weinan)]).toEqual([true, false, false])
})
test('a row that makes a county the superior of its neighbour, or of its own city, moves no line that was set up', () => {
  const forged = new Map(superiors).set(weinan, hancheng).set(linwei, hancheng)
  const atProvince = withNeighbours(forged, { unit: province, above: { unit: ministry }, below: [weinan, hancheng] })
  expect(mayHold(`up:${weinan}`, hancheng, atProvince)).toBe(false)
  const atWeinan = withNeighbours(forged, { unit: weinan, above: { unit: province }, below: [linwei] })
  expect(mayHold(`up:${linwei}`, hancheng, atWeinan)).toBe(false)
  expect(mayHold(`up:${linwei}`, province, atWeinan)).toBe(true)
})
