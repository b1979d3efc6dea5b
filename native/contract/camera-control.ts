// Cameras that are turned (云台), video platforms (国标平台) and ONVIF cameras, as the page speaks of them.
import { z } from 'zod'
import { Id, LonLat, text } from './scalars.ts'
import type { StreamStatus } from './streams.ts'

/** Eight directions, zoom, focus, iris. */
export const cameraMoves = [
  'up',
  'down',
  'left',
  'right',
  'upLeft',
  'upRight',
  'downLeft',
  'downRight',
  'zoomIn',
  'zoomOut',
  'focusNear',
  'focusFar',
  'irisOpen',
  'irisClose',
] as const
export const CameraMove = z.enum(cameraMoves)
export type CameraMove = z.infer<typeof CameraMove>

/** A page that turns a camera says so again within this time, or the station stops it, milliseconds. */
export const turnRenewMs = 300
/** Without a word for so long the camera is stopped, milliseconds. */
export const turnDeadMs = 1_000

export const CameraTurnInput = z.object({
  id: Id,
  move: CameraMove,
  /** 0–1 of what the camera can do. */
  speed: z.number().min(0.05).max(1),
})
/** Turns it so that it sees that point on the ground. */
export const CameraPointInput = z.object({ id: Id, position: LonLat })
export interface CameraPreset {
  id: string
  name: string
}
const PresetId = text(64).refine((value) => value.trim() !== '', { error: 'preset' })
export const CameraPresetInput = z.object({ id: Id, preset: PresetId })
export const presetNumbers = { first: 1, last: 255 } as const
/** Where it looks now. */
export const CameraPresetSaveInput = CameraPresetInput.extend({
  /** With GB/T 28181 a number, `presetNumbers`: it has no name of its own, and one that is there is set anew. With ONVIF a name. */
  preset: PresetId,
  /** ONVIF: the id of the one that is set anew; null = it becomes another. */
  overwrites: PresetId.nullable(),
})

export interface CameraPlatformRow {
  id: Id
  name: string
  address: string
  /** A user name and a password are kept. */
  hasLogin: boolean
  /** One is kept that was entered for another host: it is not given to this one. */
  isLoginElsewhere: boolean
  username: string | null
}
export const CameraPlatformSaveInput = z.object({
  /** null = a new one. */
  id: Id.nullable(),
  name: text(120).refine((value) => value.trim() !== '', { error: 'name' }),
  /** `http(s)://host:port` */
  address: text(300).refine((value) => /^https?:\/\/[^\s/]+/i.test(value), { error: 'address' }),
  /** undefined = as it is. */
  login: z.object({ username: text(120), password: text(200) }).optional(),
})
export const CameraPlatformInput = z.object({ id: Id })
export const CameraPlatformDeviceInput = z.object({ id: Id, device: text(40) })

export interface PlatformDevice {
  id: string
  name: string
  isOnline: boolean
}
export interface PlatformChannel {
  id: string
  name: string
  isOnline: boolean
  /** WGS-84. */
  position: [number, number] | null
  hasPtz: boolean
  /** It is in our list already. */
  isKnown: boolean
}
/** Takes channels of one device into our list. */
export const PlatformAdoptInput = z.object({ id: Id, device: text(40), channels: z.array(text(40)).min(1).max(2_000) })

/** Times of the platform, `YYYY-MM-DD HH:mm:ss`. */
const PlatformTime = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
export const CameraRecordsInput = z.object({ id: Id, startTime: PlatformTime, endTime: PlatformTime })
export const playbackSpeeds = [0.25, 0.5, 1, 2, 4] as const
export const PlaybackAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('seek'), positionMs: z.number().min(0) }),
  z.object({ kind: z.literal('speed'), speed: z.literal(playbackSpeeds) }),
])
export type PlaybackAct = z.infer<typeof PlaybackAct>
export const PlaybackActInput = CameraRecordsInput.extend({ act: PlaybackAct })
/** A recording while it is watched. */
export interface CameraPlayback {
  /** From its beginning, milliseconds, as reckoned here. */
  positionMs: number
  durationMs: number
  speed: number
  isPaused: boolean
}
/** `stream`: how it comes; `playback` null = nobody watches it. */
export interface CameraPlaybackView {
  stream: StreamStatus | null
  playback: CameraPlayback | null
}
export interface CameraRecord {
  name: string
  startTime: string
  endTime: string
}

export interface OnvifFound {
  address: string
  name: string
  hardware: string
}
export const OnvifProfilesInput = z.object({
  address: text(300).refine((value) => /^https?:\/\/[^\s/]+/i.test(value), { error: 'address' }),
  login: z.object({ username: text(120), password: text(200) }).nullable(),
})
export interface OnvifStream {
  token: string
  name: string
  codec: string | null
  widthPx: number | null
  heightPx: number | null
  hasPtz: boolean
}
