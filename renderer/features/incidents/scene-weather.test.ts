// The form of weather at the scene: what is understood, what is asked again, and its words.
import { describe, expect, test } from 'vitest'
import type { SceneWeather } from '../../../native/contract/index.ts'
import { blankWeather, readWeather, weatherParts } from './scene-weather.ts'

const now = Date.UTC(2026, 10, 26, 6, 30)
const t = (key: string, params: Record<string, unknown> = {}) => [key.replace('incidents.weather.', ''), ...Object.values(params)].join(' ')
const form = (over: object) => ({ ...blankWeather(now), source: '气象值班室', ...over })

describe('the form', () => {
  test('reads what people say', () => {
    expect(readWeather(form({ direction: '东北风', strength: '2到3级', temperature: '零下3度', humidity: '８０％', precipitation: 'none' }))).toEqual(
      {
        faults: [],
        values: {
          windFromDeg: 45,
          windSpeedMs: null,
          windForce: 2,
          windForceTo: 3,
          temperatureC: -3,
          humidityPercent: 80,
          precipitation: 'none',
          precipitationMm: null,
          stability: null,
        },
      },
    )
    expect(readWeather(form({ direction: '静风' })).values).toMatchObject({ windFromDeg: null, windForce: 0, windForceTo: 0 })
    expect(readWeather(form({ direction: '不定', strength: '1级' })).values).toMatchObject({ windFromDeg: null, windForce: 1 })
  })
  test('asks again for what it does not understand, who said so, when, and for anything at all', () => {
    expect(readWeather(form({ direction: '上风', strength: '3', temperature: '很冷', humidity: '120' })).faults).toEqual([
      'direction',
      'strength',
      'temperature',
      'humidity',
    ])
    expect(readWeather({ ...form({ temperature: '3' }), source: ' ', happened: null }).faults).toEqual(['source', 'happened'])
    expect(readWeather(form({})).faults).toEqual(['empty'])
  })
})

test('words: where it blows from and to, what a force means', () => {
  const { values } = readWeather(form({ direction: 'NE', strength: '2级' }))
  const weather: SceneWeather = {
    ...values,
    id: 'w',
    incident: 'i',
    source: '',
    happenedAt: { at: now, precision: 'exact', source: '' },
    enteredAt: now,
    enteredByName: '',
  }
  expect(weatherParts(weather, t, 'zh-CN').map(({ label, value }) => `${label}=${value}`)).toEqual([
    'wind=from 东北',
    'downwind=西南',
    'strength=force 2 1.6 3.3',
  ])
  expect(weatherParts(weather, t, 'en')[1]?.value).toBe('SW')
})
