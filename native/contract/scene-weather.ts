// Weather at the scene (现场气象) as somebody told it: wind, temperature, humidity, precipitation, a hint at stability, each with who said so and when.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { type EpochMs, HappenedAt, Id, text } from './scalars.ts'

/** Every entry that writes it has the incident as its subject. */
export const sceneWeatherDatasets = defineDatasets({
  sceneWeather: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      windFromDeg: { type: 'real' },
      windSpeedMs: { type: 'real' },
      windForce: { type: 'integer' },
      windForceTo: { type: 'integer' },
      temperatureC: { type: 'real' },
      humidityPercent: { type: 'real' },
      precipitation: { type: 'text' },
      precipitationMm: { type: 'real' },
      stability: { type: 'text' },
      source: { type: 'text' },
      happenedAt: { type: 'json' },
      enteredAt: { type: 'at' },
      enteredByName: { type: 'text' },
      isWithdrawn: { type: 'boolean' },
    },
  },
})

/** 无, 毛毛雨, 雨, 大雨, 雪, 雾. */
export const Precipitation = z.enum(['none', 'drizzle', 'rain', 'heavy-rain', 'snow', 'fog'])
export type Precipitation = z.infer<typeof Precipitation>

/** A hint only: 不稳定 (about Pasquill A–B), 中性 (C–D), 稳定 (E–F). */
export const StabilityHint = z.enum(['unstable', 'neutral', 'stable'])
export type StabilityHint = z.infer<typeof StabilityHint>

const measures = z.object({
  /** Where the wind blows from, degrees clockwise from north; null = not said, 不定 or 静风. */
  windFromDeg: z.number().min(0).lt(360).nullable(),
  /** As told, m/s; null = told as a force or not at all. */
  windSpeedMs: z.number().min(0).max(100).nullable(),
  /** As told, 级 (GB/T 28591-2012), from … to; equal when one was told. */
  windForce: z.int().min(0).max(17).nullable(),
  windForceTo: z.int().min(0).max(17).nullable(),
  /** °C */
  temperatureC: z.number().min(-60).max(60).nullable(),
  /** Relative humidity, %. */
  humidityPercent: z.number().min(0).max(100).nullable(),
  precipitation: Precipitation.nullable(),
  /** Of the last hour, mm. */
  precipitationMm: z.number().min(0).max(300).nullable(),
  stability: StabilityHint.nullable(),
})

export const SceneWeatherInput = measures
  .extend({
    /** Made by the page, so that a repeated send is one row. */
    id: Id,
    incident: Id,
    source: text(200).refine((words) => words.trim() !== '', { error: 'source.required' }),
    happenedAt: HappenedAt,
  })
  .refine((input) => Object.keys(measures.shape).some((key) => input[key as keyof typeof input] !== null), { error: 'weather.empty' })
  .refine((input) => (input.windForce === null) === (input.windForceTo === null) && (input.windForce ?? 0) <= (input.windForceTo ?? 0), {
    error: 'force.range',
    path: ['windForce'],
  })
export type SceneWeatherInput = z.infer<typeof SceneWeatherInput>

export const WithdrawWeatherInput = z.object({ id: Id, reason: text(500).refine((words) => words.trim() !== '', { error: 'reason.required' }) })

export interface SceneWeather extends SceneWeatherInput {
  enteredAt: EpochMs
  enteredByName: string
}
/** Handed to other features by `app.ts`: what was told, newest first by when it was so; of merged incidents too. */
export type ReadSceneWeather = (incident: Id) => Promise<SceneWeather[]>
