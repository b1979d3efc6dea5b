// Cameras (视频): where each stands, what it sees, how it is asked for, and how its stream stands.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, type EpochMs, Id, LonLat, text } from './scalars.ts'
import type { StreamFault, StreamHop } from './stream-faults.ts'
import type { StreamStatus } from './streams.ts'

export const cameraDatasets = defineDatasets({
  cameras: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      /** The tree: 区划 → 权属单位 → 设备 → 通道. */
      area: { type: 'text' },
      owner: { type: 'text' },
      device: { type: 'text' },
      channel: { type: 'text' },
      /** WGS-84 degrees. */
      lon: { type: 'real' },
      lat: { type: 'real' },
      /** Above the ground, metres. */
      heightM: { type: 'real' },
      /** Middle of the view, degrees clockwise from north; null = not said. */
      azimuthDeg: { type: 'real' },
      /** Horizontal angle of view, degrees; 360 = all around. */
      viewDeg: { type: 'real' },
      /** How far something is still recognised, metres. */
      rangeM: { type: 'real' },
      hasPtz: { type: 'boolean' },
      /** How its mount counts, see `PtzCalibration`; null = not known. */
      ptzCalibration: { type: 'json' },
      sourceKind: { type: 'text' },
      /** Never with user name or password: these lie in `secret_cameras`. */
      address: { type: 'text' },
      /** 子码流, for small tiles; null = none. */
      subAddress: { type: 'text' },
      transport: { type: 'text' },
      note: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  cameraPlatforms: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      /** Without user name and password. */
      address: { type: 'text' },
    },
  },
})

/** How the picture is asked for, always by the station: the page knows neither address nor password. */
export const cameraSourceKinds = ['rtsp', 'onvif', 'gb28181', 'whep', 'flv', 'rtmp', 'hls', 'mjpeg', 'still', 'capture', 'film'] as const
export const CameraSourceKind = z.enum(cameraSourceKinds)
export type CameraSourceKind = z.infer<typeof CameraSourceKind>

/** How a page plays it: from the station's SFU, from another server's WHEP, by MSE, as single pictures, as a film. */
export type CameraPlayer = 'sfu' | 'whep' | 'flv' | 'hls' | 'pictures' | 'film'

/** Of each kind: its player, and what its address looks like (without user and password). */
export const cameraSources = {
  rtsp: { player: 'sfu', address: /^rtsps?:\/\/[^\s/]+/i },
  /** The device service, and after `#` the token of a profile: the stream it names is asked for by RTSP. */
  onvif: { player: 'sfu', address: /^https?:\/\/[^\s/]+/i },
  /** Platform, device, channel. */
  gb28181: { player: 'sfu', address: /^gb28181:[0-9a-f-]{36}\/\w{1,40}\/\w{1,40}$/i },
  whep: { player: 'whep', address: /^https?:\/\/[^\s/]+/i },
  /** HTTP-FLV or WS-FLV. */
  flv: { player: 'flv', address: /^(https?|wss?):\/\/[^\s/]+/i },
  /** Pushed to us: the sealed key tells which device it is. */
  rtmp: { player: 'flv', address: /^push:$/ },
  hls: { player: 'hls', address: /^https?:\/\/[^\s/]+/i },
  mjpeg: { player: 'pictures', address: /^https?:\/\/[^\s/]+/i },
  still: { player: 'pictures', address: /^https?:\/\/[^\s/]+/i },
  /** An HDMI or USB capture card of one console, see `captureAddress`: that console's page sends it into the SFU. */
  capture: { player: 'sfu', address: /^capture:[\w.-]{1,80}\/\S{1,820}$/ },
  /** The name of a file in the station's folder `films`. */
  film: { player: 'film', address: /^film:[^/\\\s]+$/ },
} as const satisfies Record<CameraSourceKind, { player: CameraPlayer; address: RegExp }>
export const CameraTransport = z.enum(['auto', 'tcp', 'udp'])
export type CameraTransport = z.infer<typeof CameraTransport>
/** 主码流, 子码流. */
export const CameraQuality = z.enum(['main', 'sub'])
export type CameraQuality = z.infer<typeof CameraQuality>

/** How a mount counts in ONVIF's generic position space (−1…1), as somebody who stood before it has found. */
export const PtzCalibration = z
  .object({
    /** Where it looks with pan 0, degrees clockwise from north. */
    northDeg: z.number().min(0).max(360),
    /** How far it turns from pan −1 to pan 1, degrees. */
    panDeg: z.number().min(10).max(720),
    /** Tilt when it looks at the horizon, and straight down. */
    level: z.number().min(-1).max(1),
    down: z.number().min(-1).max(1),
  })
  .refine(({ level, down }) => level !== down, { error: 'down', path: ['down'] })
export type PtzCalibration = z.infer<typeof PtzCalibration>

export interface CameraRow {
  id: Id
  name: string
  area: AreaCode | null
  areaName: string | null
  owner: string
  device: string
  channel: string
  position: LonLat | null
  heightM: number | null
  azimuthDeg: number | null
  viewDeg: number | null
  rangeM: number | null
  hasPtz: boolean
  sourceKind: CameraSourceKind
  player: CameraPlayer
  hasSub: boolean
  isSample: boolean
  /** When the last still was taken; null = there is none. `/camera-stills/<id>` gives it. */
  stillAt: EpochMs | null
}

export interface CameraDetail extends CameraRow {
  address: string
  subAddress: string | null
  transport: CameraTransport
  note: string
  ptzCalibration: PtzCalibration | null
  /** A user name and a password are kept; they are never given out. */
  hasLogin: boolean
  /** One is kept that was entered for another host: it is not given to this one. */
  isLoginElsewhere: boolean
  username: string | null
}

const address = text(1_000)
const degrees = z.number().min(0).max(360).nullable()
const CameraSaveFields = z.object({
  /** null = a new one. */
  id: Id.nullable(),
  name: text(120).refine((value) => value.trim() !== '', { error: 'name' }),
  area: AreaCode.nullable(),
  owner: text(120),
  device: text(120),
  channel: text(120),
  position: LonLat.nullable(),
  heightM: z.number().min(-100).max(10_000).nullable(),
  azimuthDeg: degrees,
  viewDeg: degrees,
  rangeM: z.number().positive().max(100_000).nullable(),
  hasPtz: z.boolean(),
  ptzCalibration: PtzCalibration.nullable().optional(),
  sourceKind: CameraSourceKind,
  /** A user name and password written in it are taken out and kept apart. */
  address,
  subAddress: address.nullable(),
  transport: CameraTransport,
  note: text(500),
  /** undefined = as it is; null = none. */
  login: z
    .object({ username: text(120), password: text(200) })
    .nullable()
    .optional(),
})
export const CameraSaveInput = CameraSaveFields.refine(
  ({ sourceKind, address, subAddress }) => {
    const form = cameraSources[sourceKind].address
    return form.test(address) && (subAddress === null || form.test(subAddress))
  },
  { error: 'address', path: ['address'] },
)
export type CameraSave = z.infer<typeof CameraSaveInput>

/** Where a device pushes to; told once, when its key is made. */
export interface PushAddress {
  /** `rtmp://address:port/live` */
  server: string
  key: string
  /** The last device that came with a key nobody has; null = none since the start. */
  lastRefusal: { at: EpochMs; from: string } | null
}

export const CameraListInput = z.object({ query: text(120).default('') })
export const CameraIdInput = z.object({ id: Id })
export const CameraStreamInput = z.object({ id: Id, quality: CameraQuality })
export const DiagnoseInput = z.object({ id: Id, quality: CameraQuality.default('main') })
/** Which tiles look now. */
export const CameraStatesInput = z.object({ streams: z.array(CameraStreamInput).max(64) })

/** null = nobody watches it. */
export type CameraStates = Record<`${Id}/${CameraQuality}`, StreamStatus | null>

export const SeeingInput = z.object({ position: LonLat, limit: z.int().min(1).max(100).default(16) })
export interface SeeingCamera extends CameraRow {
  /** Along the ground, metres. */
  distanceM: number
  /** From the camera to the point, degrees clockwise from north. */
  bearingDeg: number
  /** Off the middle of the picture, degrees; null = its direction is not known, or it can turn there. */
  offAxisDeg: number | null
  /** It does not look there now, but can be turned. */
  mustTurn: boolean
}

/** So long the stream doctor waits for an outcome: a platform alone may wait 22 s for its camera. */
export const doctorWaitMs = 30_000
/** What the stream doctor (取流诊断) found. */
export interface Diagnosis {
  at: EpochMs
  /** answered: another server gives the picture to the page itself, which alone sees it · weak: it plays, but not well · pending: no outcome yet. */
  verdict: 'well' | 'answered' | 'weak' | 'broken' | 'pending'
  /** waiting: where a pending one stands. */
  hops: { hop: StreamHop; result: 'passed' | 'failed' | 'waiting' | 'not-reached' }[]
  /** null = none is known. */
  fault: StreamFault | null
  status: StreamStatus
}
