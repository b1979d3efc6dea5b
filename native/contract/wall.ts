// The wall (大屏): screens in rows and columns, scenes that are shown on them, who holds it, what was shown when.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { DisplayAct, DisplayIdentity } from './display-devices.ts'
import { type EpochMs, Id, text } from './scalars.ts'
import { WallTile } from './wall-tiles.ts'

export const wallDatasets = defineDatasets({
  walls: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      rows: { type: 'integer' },
      columns: { type: 'integer' },
      /** Between two screens, thousandths of a screen's width (height). */
      bezelX: { type: 'integer' },
      bezelY: { type: 'integer' },
      /** 大屏组: walls switched together; '' = none. */
      groupName: { type: 'text' },
      /** The station whose screens they are. */
      station: { type: 'text' },
    },
  },
  wallScreens: {
    scope: 'centre',
    columns: { wall: { type: 'id' }, name: { type: 'text' }, atRow: { type: 'integer' }, atColumn: { type: 'integer' }, pairedAt: { type: 'at' } },
  },
  wallScenes: {
    scope: 'centre',
    columns: {
      wall: { type: 'id' },
      name: { type: 'text' },
      position: { type: 'integer' },
      /** 内部: telephones and numbers of people are shown. */
      isInternal: { type: 'boolean' },
      tiles: { type: 'json' },
      acts: { type: 'json' },
      /** Offered, never switched by itself, when an incident of this type reaches this phase; null = any type, no phase. */
      incidentType: { type: 'text' },
      phase: { type: 'text' },
    },
  },
  wallSwitches: {
    scope: 'centre',
    columns: {
      wall: { type: 'id' },
      scene: { type: 'id' },
      sceneName: { type: 'text' },
      isInternal: { type: 'boolean' },
      /** As they were then: a later change of the scene does not change what was shown. */
      tiles: { type: 'json' },
      kind: { type: 'text' },
      at: { type: 'at' },
      byName: { type: 'text' },
    },
  },
  wallHolds: {
    scope: 'centre',
    columns: { wall: { type: 'id' }, account: { type: 'id' }, name: { type: 'text' }, at: { type: 'at' }, endedAt: { type: 'at' } },
  },
  /** A screen that said it shows a switch. */
  wallConfirmations: {
    scope: 'centre',
    columns: {
      wall: { type: 'id' },
      ofSwitch: { type: 'id' },
      screen: { type: 'id' },
      screenName: { type: 'text' },
      /** By the station's clock as the page reckons it. */
      paintedAt: { type: 'at' },
      /** Tiles that could not show what they should. */
      faults: { type: 'integer' },
    },
  },
  wallSchedules: {
    scope: 'centre',
    columns: {
      wall: { type: 'id' },
      name: { type: 'text' },
      scene: { type: 'id' },
      acts: { type: 'json' },
      /** Minutes after midnight, Asia/Shanghai. */
      minute: { type: 'integer' },
      /** `1111100`: Monday first. */
      days: { type: 'text' },
      isOn: { type: 'boolean' },
    },
  },
  displayDevices: {
    scope: 'centre',
    columns: { name: { type: 'text' }, identity: { type: 'json' }, mac: { type: 'text' }, station: { type: 'text' } },
  },
  deviceTemplates: { scope: 'centre', columns: { name: { type: 'text' }, source: { type: 'text' } } },
})

/** 接报, 响应, 处置, 结束. */
export const wallPhases = ['received', 'response', 'handling', 'ended'] as const
export const WallPhase = z.enum(wallPhases)
export type WallPhase = z.infer<typeof WallPhase>

export const WallInput = z.object({
  id: Id,
  name: text(80).refine((name) => name.trim() !== ''),
  rows: z.int().min(1).max(8),
  columns: z.int().min(1).max(16),
  bezelX: z.int().min(0).max(200),
  bezelY: z.int().min(0).max(200),
  groupName: text(40),
})
export type WallInput = z.infer<typeof WallInput>

/** One act on a device within a scene or a schedule. */
export const SceneAct = z.object({
  device: Id,
  act: DisplayAct,
  /** Rest after it, seconds: a display that was switched on needs a while. */
  waitS: z.int().min(0).max(300),
  /** What follows is not done when this fails. */
  isStopping: z.boolean(),
})
export type SceneAct = z.infer<typeof SceneAct>

export const mostTiles = 64
export const SceneInput = z.object({
  id: Id,
  wall: Id,
  name: text(80).refine((name) => name.trim() !== ''),
  isInternal: z.boolean(),
  tiles: z.array(WallTile).max(mostTiles),
  acts: z.array(SceneAct).max(64),
  incidentType: text(20).nullable(),
  phase: WallPhase.nullable(),
})
export type SceneInput = z.infer<typeof SceneInput>

export interface WallScene extends SceneInput {
  /** In the list. */
  position: number
}

export const ScheduleInput = z.object({
  id: Id,
  wall: Id,
  name: text(80),
  scene: Id.nullable(),
  acts: z.array(SceneAct).max(64),
  minute: z.int().min(0).max(1_439),
  days: z.string().regex(/^[01]{7}$/),
  isOn: z.boolean(),
})
export type WallSchedule = z.infer<typeof ScheduleInput>

/** Why the clock left a schedule undone: somebody held the wall, it showed an open incident, its station was closed then and for ten minutes after, or it could not. */
export type ScheduleSkip = { kind: 'held'; name: string } | { kind: 'incident'; title: string } | { kind: 'late' } | { kind: 'failed' }
export interface WallScheduleRow extends WallSchedule {
  /** Its last moment, left undone; until somebody does it by hand or lets it be. Null = nothing is left undone. */
  skipped: { at: EpochMs; why: ScheduleSkip } | null
}

export const DeviceInput = z.object({
  id: Id,
  name: text(80).refine((name) => name.trim() !== ''),
  identity: DisplayIdentity,
  /** For Wake-on-LAN; '' = none. */
  mac: z.string().regex(/^$|^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i),
  /** undefined = as it is; null = none. */
  login: z
    .object({ username: text(120), password: text(200) })
    .nullable()
    .optional(),
})
export type DeviceInput = z.infer<typeof DeviceInput>

export const sceneFileKind = 'wanglou-scenes'
export const sceneFileLimitBytes = 1_000_000
/** A file of scenes: no acts on devices, which are of another room there, and no incident. */
export const SceneFile = z.strictObject({
  kind: z.literal(sceneFileKind),
  version: z.literal(1),
  scenes: z
    .array(SceneInput.pick({ name: true, isInternal: true, tiles: true, incidentType: true, phase: true }).strict())
    .min(1)
    .max(100),
})
export type SceneFile = z.infer<typeof SceneFile>

export type SwitchKind = 'switch' | 'rollback' | 'emergency' | 'schedule'
export interface WallSwitch {
  id: Id
  wall: Id
  /** null = the wall was cleared, or the scene is gone. */
  scene: Id | null
  sceneName: string
  isInternal: boolean
  tiles: WallTile[]
  kind: SwitchKind
  at: EpochMs
  byName: string
}

export interface WallHold {
  account: Id
  name: string
  at: EpochMs
}
