// Weather at the scene on a real station: newest by when it was so, withdrawn, brought along by a merge, on the time line.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SceneWeatherInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, officer, openIncidents } from './testing.ts'

let station: Awaited<ReturnType<typeof openIncidents>>
beforeEach(async () => {
  station = await openIncidents()
})
afterEach(() => station.close())

async function reported(): Promise<string> {
  const input = intake()
  await station.incidents.report(input, officer)
  return input.id
}
const told = (incident: string, over: Partial<SceneWeatherInput> = {}): SceneWeatherInput => ({
  id: newId(),
  incident,
  windFromDeg: 45,
  windSpeedMs: null,
  windForce: 2,
  windForceTo: 2,
  temperatureC: 3,
  humidityPercent: null,
  precipitation: 'none',
  precipitationMm: null,
  stability: null,
  source: '气象值班室（样例）',
  happenedAt: at(10),
  ...over,
})

test('newest is what was so last, not what was typed last; a wrong one is withdrawn', async () => {
  const incident = await reported()
  const turned = told(incident, { windFromDeg: 135, happenedAt: at(2) })
  await station.weather.add(turned, officer)
  await station.weather.add(told(incident), officer)
  expect((await station.weather.list(incident)).map(({ windFromDeg }) => windFromDeg)).toEqual([135, 45])
  await station.weather.withdraw({ id: turned.id, reason: '记错风向' }, officer)
  expect((await station.weather.list(incident)).map(({ windFromDeg }) => windFromDeg)).toEqual([45])
  await expect(station.weather.withdraw({ id: turned.id, reason: '再撤' }, officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const lines = (await station.timelines.of(incident)).filter(({ action }) => action === 'incidents.weather')
  expect(lines.map(({ words }) => words)).toContain('东南风 2 级，气温 3℃，无降水（据气象值班室（样例））')
})

test('a forecast, a repeat and an incident that is not there are refused', async () => {
  const incident = await reported()
  const input = told(incident)
  await station.weather.add(input, officer)
  await expect(station.weather.add(input, officer)).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(station.weather.add(told(newId()), officer)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const later = { ...at(0), at: Date.now() + 3_600_000 }
  await expect(station.weather.add(told(incident, { happenedAt: later }), officer)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(station.weather.add(told(incident, { source: '机密★10年' }), officer)).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
})

test('a merged incident brings its weather along', async () => {
  const [first, second] = [await reported(), await reported()]
  await station.weather.add(told(first), officer)
  await station.merges.merge({ incident: first, into: second, words: '同一起' }, officer)
  expect(await station.weather.list(second)).toHaveLength(1)
})
