// Weather at the scene: what stands in its form and its words on the page. Pure.
import {
  downwindDeg,
  type HappenedAt,
  parseWindDirection,
  parseWindStrength,
  type Precipitation,
  type SceneWeather,
  type SceneWeatherInput,
  speedsOfForce,
  type StabilityHint,
  windPoint,
  windPointCode,
} from '../../../native/contract/index.ts'
import type { SpokenTime } from '../../ui/spoken-time.ts'
import type { Translate } from '../../ui/time-words.ts'

/** Plain JSON, so that it can be kept as a draft. */
export interface WeatherForm {
  direction: string
  strength: string
  temperature: string
  humidity: string
  precipitation: Precipitation | ''
  precipitationMm: string
  stability: StabilityHint | ''
  source: string
  happened: SpokenTime | null
}

export const blankWeather = (now: number): WeatherForm => ({
  direction: '',
  strength: '',
  temperature: '',
  humidity: '',
  precipitation: '',
  precipitationMm: '',
  stability: '',
  source: '',
  happened: { at: now, precision: 'exact' },
})

export type WeatherFault = 'direction' | 'strength' | 'temperature' | 'humidity' | 'precipitationMm' | 'source' | 'happened' | 'empty'

/** `3`, `-2.5℃`, `80%` → number; undefined = not understood, null = nothing typed. */
function figure(words: string, bounds: { min: number; max: number }): number | null | undefined {
  const folded = words
    .normalize('NFKC')
    .trim()
    .replace(/^零下/u, '-')
    .replace(/(?:°c|℃|度|%|mm|毫米)$/iu, '')
    .trim()
  if (folded === '') return null
  const value = /^[-+−]?\d+(?:\.\d+)?$/u.test(folded) ? Number(folded.replace('−', '-')) : Number.NaN
  return value >= bounds.min && value <= bounds.max ? value : undefined
}

export function readWeather(form: WeatherForm): {
  faults: WeatherFault[]
  values: Omit<SceneWeatherInput, 'id' | 'incident' | 'source' | 'happenedAt'>
} {
  const faults: WeatherFault[] = []
  const take = (field: 'temperature' | 'humidity' | 'precipitationMm', bounds: { min: number; max: number }) => {
    const value = figure(form[field], bounds)
    if (value === undefined) faults.push(field)
    return value ?? null
  }
  const direction = form.direction.trim() === '' ? undefined : parseWindDirection(form.direction)
  if (direction === null) faults.push('direction')
  const isCalm = direction === 'none' && /静|无风|calm/iu.test(form.direction)
  const strength = form.strength.trim() === '' ? (isCalm ? { speedMs: null, force: 0, forceTo: 0 } : undefined) : parseWindStrength(form.strength)
  if (strength === null) faults.push('strength')
  const values = {
    windFromDeg: typeof direction === 'number' ? direction : null,
    windSpeedMs: strength?.speedMs ?? null,
    windForce: strength?.force ?? null,
    windForceTo: strength?.forceTo ?? null,
    temperatureC: take('temperature', { min: -60, max: 60 }),
    humidityPercent: take('humidity', { min: 0, max: 100 }),
    precipitation: form.precipitation === '' ? null : form.precipitation,
    precipitationMm: take('precipitationMm', { min: 0, max: 300 }),
    stability: form.stability === '' ? null : form.stability,
  }
  if (form.source.trim() === '') faults.push('source')
  if (form.happened === null) faults.push('happened')
  if (faults.length === 0 && Object.values(values).every((value) => value === null)) faults.push('empty')
  return { faults, values }
}

export function happenedOf(form: WeatherForm, now: number): HappenedAt {
  return { ...(form.happened ?? { at: now, precision: 'exact' }), source: form.source.trim() }
}

const point = (degrees: number, locale: string) => (locale === 'en' ? windPointCode(degrees) : windPoint(degrees))

/** Label and value of each thing that was told; wind with the side that is downwind and what a force means in m/s. */
export function weatherParts(weather: SceneWeather, t: Translate, locale: string): { label: string; value: string }[] {
  const parts: { label: string; value: string }[] = []
  const put = (key: string, value: string) => parts.push({ label: t(`incidents.weather.${key}`, {}), value })
  const isCalm = weather.windFromDeg === null && (weather.windForceTo === 0 || weather.windSpeedMs === 0)
  if (isCalm) put('wind', t('incidents.weather.calm', {}))
  else {
    if (weather.windFromDeg !== null) {
      put('wind', t('incidents.weather.from', { point: point(weather.windFromDeg, locale) }))
      put('downwind', point(downwindDeg(weather.windFromDeg), locale))
    }
    if (weather.windSpeedMs !== null) put('strength', t('incidents.weather.metres', { value: weather.windSpeedMs }))
    else if (weather.windForce !== null && weather.windForceTo !== null) put('strength', forceText(weather.windForce, weather.windForceTo, t))
  }
  if (weather.temperatureC !== null) put('temperature', `${weather.temperatureC}℃`)
  if (weather.humidityPercent !== null) put('humidity', `${weather.humidityPercent}%`)
  if (weather.precipitation !== null) put('precipitation', t(`incidents.weather.precipitations.${weather.precipitation}`, {}))
  if (weather.precipitationMm !== null) put('precipitationMm', t('incidents.weather.millimetres', { value: weather.precipitationMm }))
  if (weather.stability !== null) put('stability', t(`incidents.weather.stabilities.${weather.stability}`, {}))
  return parts
}

function forceText(from: number, to: number, t: Translate): string {
  const [low, high] = [speedsOfForce(from)[0], speedsOfForce(to)[1]]
  const force = from === to ? String(from) : t('incidents.weather.range', { from, to })
  return high === null
    ? t('incidents.weather.forceOver', { force, low })
    : t('incidents.weather.force', { force, low, high: (Math.round(high * 10) - 1) / 10 })
}
