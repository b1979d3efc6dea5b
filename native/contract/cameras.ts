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
})

/** How the picture is asked for: `rtsp` is spoken by the station and enters its own SFU. */
export const cameraSourceKinds = ['rtsp'] as const
export const CameraSourceKind = z.enum(cameraSourceKinds)
export type CameraSourceKind = z.infer<typeof CameraSourceKind>
export const CameraTransport = z.enum(['auto', 'tcp', 'udp'])
export type CameraTransport = z.infer<typeof CameraTransport>
/** 主码流, 子码流. */
export const CameraQuality = z.enum(['main', 'sub'])
export type CameraQuality = z.infer<typeof CameraQuality>

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
  /** A user name and a password are kept; they are never given out. */
  hasLogin: boolean
  username: string | null
}

const address = text(500).refine((value) => /^rtsps?:\/\/[^\s/]+/i.test(value), { error: 'address' })
const degrees = z.number().min(0).max(360).nullable()
export const CameraSaveInput = z.object({
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
export type CameraSave = z.infer<typeof CameraSaveInput>

export const CameraListInput = z.object({ query: text(120).default('') })
export const CameraIdInput = z.object({ id: Id })
export const CameraStreamInput = z.object({ id: Id, quality: CameraQuality })
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

/** What the stream doctor (取流诊断) found. */
export interface Diagnosis {
  at: EpochMs
  hops: { hop: StreamHop; result: 'passed' | 'failed' | 'not-reached' }[]
  /** null = the picture comes. */
  fault: StreamFault | null
  status: StreamStatus
}
