// 视频分析告警: what an analysis program pushes to us (a documented JSON with a picture), and the alarm that becomes of it.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { type EpochMs, Id, LonLat, type Sha256, text } from './scalars.ts'

export const cameraAlarmDatasets = defineDatasets({
  /** Programs that may push; the key of each lies in `secret_cameras`. */
  cameraAlarmSources: { scope: 'centre', columns: { name: { type: 'text' } } },
  cameraAlarms: {
    scope: 'centre',
    columns: {
      source: { type: 'id' },
      sourceName: { type: 'text' },
      /** The source's own number of the event; the same number again is the same event. */
      theirId: { type: 'text' },
      kind: { type: 'text' },
      words: { type: 'text' },
      /** null = none of our list. */
      camera: { type: 'id' },
      cameraName: { type: 'text' },
      position: { type: 'json' },
      confidence: { type: 'real' },
      /** When the source saw it first and last. */
      at: { type: 'at' },
      lastAt: { type: 'at' },
      /** How often it was told while nobody had taken it. */
      count: { type: 'integer' },
      image: { type: 'text' },
      imageMime: { type: 'text' },
      /** null = nobody has taken it yet. */
      takenAt: { type: 'at' },
      takenByName: { type: 'text' },
      /** `seen`, `false`, `incident` (made one), `joined` (to one that was there). */
      takenAs: { type: 'text' },
      incident: { type: 'id' },
    },
  },
})

/** The picture, before base64. */
export const alarmImageLimitBytes = 3_000_000
/** The whole request. */
export const alarmBodyLimitBytes = 4_200_000

/** One event as a program pushes it: `POST /camera-events` with `Authorization: Bearer <key>`. Unknown fields are passed over. */
export const CameraEvent = z.object({
  /** Its own number of the event, so that a repeated send is one alarm. */
  id: z.string().min(1).max(100),
  /** What was seen, in the officer's words: 烟雾, 明火, 人员聚集. */
  kind: z.string().trim().min(1).max(40),
  /** ISO 8601 with a zone, or epoch milliseconds; left out = now. */
  at: z.union([z.iso.datetime({ offset: true }), z.int().min(0)]).optional(),
  /** The camera: our id, its channel number, or its name. */
  camera: z.string().trim().max(120).default(''),
  /** `[lon, lat]`, WGS-84; left out = where the camera stands. */
  position: LonLat.optional(),
  /** 0–1 */
  confidence: z.number().min(0).max(1).optional(),
  words: z.string().max(500).default(''),
  /** JPEG or PNG, base64 (RFC 4648), without a `data:` head. */
  image: z.base64().max(alarmBodyLimitBytes).optional(),
})
export type CameraEvent = z.infer<typeof CameraEvent>

export const AlarmTakenAs = z.enum(['seen', 'false', 'incident', 'joined'])
export type AlarmTakenAs = z.infer<typeof AlarmTakenAs>

export interface CameraAlarm {
  id: Id
  sourceName: string
  kind: string
  words: string
  camera: Id | null
  cameraName: string
  position: LonLat | null
  confidence: number | null
  at: EpochMs
  lastAt: EpochMs
  count: number
  image: { sha256: Sha256; mime: string } | null
  takenAt: EpochMs | null
  takenByName: string
  takenAs: AlarmTakenAs | null
  incident: Id | null
  /** Its camera is one of the samples: it is told, and it does not ring. */
  isSample: boolean
}

export const TakeAlarmInput = z
  .object({ id: Id, as: AlarmTakenAs, incident: Id.nullable() })
  .refine(({ as, incident }) => (as === 'incident' || as === 'joined') === (incident !== null), { error: 'incident', path: ['incident'] })
export type TakeAlarmInput = z.infer<typeof TakeAlarmInput>

export interface CameraAlarmSource {
  id: Id
  name: string
  hasKey: boolean
}
export const AlarmSourceSaveInput = z.object({ name: text(60).refine((name) => name.trim() !== '', { error: 'name' }) })
export const AlarmSourceInput = z.object({ id: Id })
/** Told once, when the key is made. */
export interface AlarmSourceKey {
  id: Id
  key: string
  /** Where events are pushed to. null = the port is taken, or this machine's setting keeps it shut. */
  address: string | null
}
