// Wind as people say it (东北风 2 级, NE 3 m/s, 45°) and back in words. Pure.
import type { Precipitation, SceneWeather, StabilityHint } from './scene-weather.ts'

/** The sixteen points from north clockwise, and other ways of saying them. */
const points: readonly (readonly [name: string, ...others: string[]])[] = [
  ['北', 'N'],
  ['北东北', 'NNE', '北北东', '东北偏北'],
  ['东北', 'NE', '北东'],
  ['东东北', 'ENE', '东北东', '东北偏东'],
  ['东', 'E'],
  ['东东南', 'ESE', '东南东', '东南偏东'],
  ['东南', 'SE', '南东'],
  ['南东南', 'SSE', '南南东', '东南偏南'],
  ['南', 'S'],
  ['南西南', 'SSW', '南南西', '西南偏南'],
  ['西南', 'SW', '南西'],
  ['西西南', 'WSW', '西南西', '西南偏西'],
  ['西', 'W'],
  ['西西北', 'WNW', '西北西', '西北偏西'],
  ['西北', 'NW', '北西'],
  ['北西北', 'NNW', '北北西', '西北偏北'],
]
const stepDeg = 360 / points.length

/** Lowest speed of each force in m/s, GB/T 28591-2012 table 1. */
const forceFromMs = [0, 0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7, 37, 41.5, 46.2, 51, 56.1] as const

/** @param words 东北风, 偏北, NNE, 45, 45° @returns degrees from north, or null when not understood; 静风 and 不定 name no direction: `none` */
export function parseWindDirection(words: string): number | 'none' | null {
  const folded = words.normalize('NFKC').trim().toUpperCase().replace(/\s/gu, '')
  if (/^(静风|无风|不定|风向不定|CALM|VRB)$/u.test(folded)) return 'none'
  const degrees = /^(\d{1,3}(?:\.\d+)?)(?:°|度|DEG)?$/u.exec(folded)
  if (degrees !== null) return Number(degrees[1]) <= 360 ? Number(degrees[1]) % 360 : null
  const point = folded
    .replace(/风(?:向)?$/u, '')
    .replace(/^风向/u, '')
    .replace(/^偏/u, '')
  const index = points.findIndex((names) => names.includes(point))
  return index === -1 ? null : index * stepDeg
}

export interface WindStrength {
  speedMs: number | null
  force: number | null
  forceTo: number | null
}

/** @param words 2级, 2到3级, 3 m/s, 3米每秒, 3 (m/s) @returns null when not understood; a number without a unit is m/s only with a decimal point */
export function parseWindStrength(words: string): WindStrength | null {
  const folded = words.normalize('NFKC').trim().toLowerCase().replace(/\s/gu, '')
  if (/^(静风|无风|微风|calm)$/u.test(folded)) return folded === '微风' ? null : { speedMs: null, force: 0, forceTo: 0 }
  const force = /^(\d{1,2})(?:(?:到|至|[-~–—])(\d{1,2}))?级$/u.exec(folded)
  if (force !== null) {
    const [from, to] = [Number(force[1]), Number(force[2] ?? force[1])]
    return from <= to && to < forceFromMs.length ? { speedMs: null, force: from, forceTo: to } : null
  }
  const speed = /^(\d{1,3}(?:\.\d+)?)(?:m\/s|米\/秒|米每秒|米秒)$/u.exec(folded) ?? /^(\d{1,3}\.\d+)$/u.exec(folded)
  return speed !== null && Number(speed[1]) <= 100 ? { speedMs: Number(speed[1]), force: null, forceTo: null } : null
}

/** Nearest of the sixteen points. */
export function windPoint(fromDeg: number): string {
  return points[Math.round(fromDeg / stepDeg) % points.length]?.[0] ?? ''
}
export function windPointCode(fromDeg: number): string {
  return points[Math.round(fromDeg / stepDeg) % points.length]?.[1] ?? ''
}

/** Where it blows to: the side that is downwind. */
export function downwindDeg(fromDeg: number): number {
  return (fromDeg + 180) % 360
}

/** Speeds of a force in m/s, `[from, below]`; the last has no upper bound. */
export function speedsOfForce(force: number): [number, number | null] {
  return [forceFromMs[force] ?? 0, forceFromMs[force + 1] ?? null]
}

const precipitationWords: Record<Precipitation, string> = {
  none: '无降水',
  drizzle: '毛毛雨',
  rain: '降雨',
  'heavy-rain': '大雨',
  snow: '降雪',
  fog: '有雾',
}
const stabilityWords: Record<StabilityHint, string> = { unstable: '大气不稳定', neutral: '大气中性', stable: '大气稳定' }

/** `东北风 2 级，气温 3℃，相对湿度 80%，无降水`: for time lines and reports; only what was told. */
export function sceneWeatherWords(weather: Omit<SceneWeather, 'id' | 'incident' | 'source' | 'happenedAt' | 'enteredAt' | 'enteredByName'>): string {
  const strength =
    weather.windSpeedMs !== null
      ? `${weather.windSpeedMs} 米/秒`
      : weather.windForce === null
        ? ''
        : weather.windForce === weather.windForceTo
          ? `${weather.windForce} 级`
          : `${weather.windForce} 到 ${weather.windForceTo} 级`
  const isCalm = weather.windFromDeg === null && (weather.windForceTo === 0 || weather.windSpeedMs === 0)
  const wind = isCalm
    ? '静风'
    : [weather.windFromDeg === null ? (strength === '' ? '' : '风向不明，风力') : `${windPoint(weather.windFromDeg)}风`, strength]
  const parts = [
    typeof wind === 'string' ? wind : wind.filter((part) => part !== '').join(' '),
    weather.temperatureC === null ? '' : `气温 ${weather.temperatureC}℃`,
    weather.humidityPercent === null ? '' : `相对湿度 ${weather.humidityPercent}%`,
    weather.precipitation === null ? '' : precipitationWords[weather.precipitation],
    weather.precipitationMm === null ? '' : `小时雨量 ${weather.precipitationMm} 毫米`,
    weather.stability === null ? '' : stabilityWords[weather.stability],
  ]
  return parts.filter((part) => part !== '').join('，')
}
