// Wind as it is said on the telephone, and back in words: every point and its neighbours, forces and speeds, never a guess.
import { describe, expect, test } from 'vitest'
import { SceneWeatherInput } from './scene-weather.ts'
import {
  downwindDeg,
  parseWindDirection,
  parseWindStrength,
  sceneWeatherWords,
  speedsOfForce,
  windPoint,
  windPointCode,
} from './scene-weather-words.ts'

const nothing = {
  windFromDeg: null,
  windSpeedMs: null,
  windForce: null,
  windForceTo: null,
  temperatureC: null,
  humidityPercent: null,
  precipitation: null,
  precipitationMm: null,
  stability: null,
}

describe('wind', () => {
  test('all sixteen points in Chinese, by their letters and in degrees', () => {
    for (let index = 0; index < 16; index += 1) {
      const degrees = index * 22.5
      expect(parseWindDirection(`${windPoint(degrees)}风`)).toBe(degrees)
      expect(parseWindDirection(windPointCode(degrees).toLowerCase())).toBe(degrees)
      expect(parseWindDirection(`${degrees}°`)).toBe(degrees)
    }
    expect(['东北', '北北东', '偏北风', '３６０', '风向东南', '静风', '不定'].map(parseWindDirection)).toEqual([45, 22.5, 0, 0, 135, 'none', 'none'])
    expect(['', '361', '上风', '东北南', '2级'].map(parseWindDirection)).toEqual([null, null, null, null, null])
  })
  test('forces, ranges and speeds; a bare number is not guessed at', () => {
    const force = (from: number, to = from) => ({ speedMs: null, force: from, forceTo: to })
    expect(['2级', '２到３级', '2-3级', '静风'].map(parseWindStrength)).toEqual([force(2), force(2, 3), force(2, 3), force(0)])
    expect(['3m/s', '3.5 米/秒', '3.5'].map((words) => parseWindStrength(words)?.speedMs)).toEqual([3, 3.5, 3.5])
    expect(['3', '18级', '3到2级', '微风', '大', '200m/s'].map(parseWindStrength)).toEqual([null, null, null, null, null, null])
  })
  test('the side downwind, and the speeds of a force', () => {
    expect(windPoint(downwindDeg(45))).toBe('西南')
    expect(windPoint(downwindDeg(337.5))).toBe('南东南')
    expect(speedsOfForce(2)).toEqual([1.6, 3.4])
    expect(speedsOfForce(17)[1]).toBeNull()
  })
})

describe('words and bounds', () => {
  test('say only what was told', () => {
    expect(sceneWeatherWords({ ...nothing, windFromDeg: 45, windForce: 2, windForceTo: 3, temperatureC: -3.5, precipitation: 'none' })).toBe(
      '东北风 2 到 3 级，气温 -3.5℃，无降水',
    )
    expect(sceneWeatherWords({ ...nothing, windForce: 0, windForceTo: 0, humidityPercent: 80, stability: 'stable' })).toBe(
      '静风，相对湿度 80%，大气稳定',
    )
    expect(sceneWeatherWords({ ...nothing, windSpeedMs: 3 })).toBe('风向不明，风力 3 米/秒')
    expect(sceneWeatherWords({ ...nothing, windFromDeg: 180 })).toBe('南风')
  })
  test('something must be said, by somebody, within what can be', () => {
    const id = '01900000-0000-7000-8000-000000000001'
    const input = { ...nothing, id, incident: id, source: '气象值班室', happenedAt: { at: 1, precision: 'exact', source: '' } }
    const isGood = (over: object) => SceneWeatherInput.safeParse({ ...input, ...over }).success
    expect([isGood({}), isGood({ temperatureC: 3 }), isGood({ temperatureC: 3, source: ' ' }), isGood({ temperatureC: 80 })]).toEqual([
      false,
      true,
      false,
      false,
    ])
    expect([isGood({ windForce: 3, windForceTo: 2 }), isGood({ windForce: 3 }), isGood({ windFromDeg: 360 })]).toEqual([false, false, false])
  })
})
