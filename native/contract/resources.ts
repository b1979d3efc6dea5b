// Resources: teams, stores with stock, equipment, shelters, hospitals, experts, fire stations, protection targets.
import { z } from 'zod'
import { defineDatasets, type JsonValue } from './dataset.ts'
import { AreaCode, type EpochMs, Id, LonLat, text } from './scalars.ts'

export const resourceDatasets = defineDatasets({
  resources: {
    scope: 'centre',
    columns: {
      kind: { type: 'text' },
      /** Within its kind, as the ledger says: 综合, 市级库, 小学, 村庄 … */
      subKind: { type: 'text' },
      name: { type: 'text' },
      area: { type: 'text' },
      address: { type: 'text' },
      /** WGS-84 degrees. */
      lon: { type: 'real' },
      lat: { type: 'real' },
      contact: { type: 'text', personal: true },
      telephone: { type: 'text', personal: true },
      /** People of a team, beds, persons a shelter holds, pupils … as the kind means it. */
      capacity: { type: 'real' },
      /** Kit, in the ledger's words. */
      equipment: { type: 'text' },
      /** ready 战备 · available 可用 · maintenance 检修 · unavailable 停用; null = not said. */
      readiness: { type: 'text' },
      /** Whose it is, in the ledger's words. */
      unit: { type: 'text' },
      /** Ledger or pack it came from, e.g. `pack:shaanxi` or 市级物资台账; null = entered by hand. */
      source: { type: 'text' },
      /** Its number in the source. */
      sourceKey: { type: 'text' },
      /** How old the statement is. */
      asOf: { type: 'at' },
      /** The statement, permit or stock must not be relied on after this. */
      expiresAt: { type: 'at' },
      /** Whatever else the source carried: `{ header: text }`. */
      attributes: { type: 'json' },
      isSample: { type: 'boolean' },
    },
  },
  /** Stock is the sum of movements; a negative balance is an alert, never refused. */
  stockMovements: {
    scope: 'centre',
    columns: {
      resource: { type: 'id' },
      /** 物资名称 */
      item: { type: 'text' },
      /** 计量单位: 顶, 床, 件 … */
      measure: { type: 'text' },
      /** + in, − out. */
      quantity: { type: 'real' },
      /** opening 期初 · in 入库 · out 出库 · correction 盘点 */
      reason: { type: 'text' },
      words: { type: 'text' },
      incident: { type: 'id' },
      movedAt: { type: 'at' },
      /** Of the lot moved in; null = none said. */
      expiresAt: { type: 'at' },
      source: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** 预占 → 调用 → 归还, a row each; the resource is taken while a row is reserved or in use. */
  reservations: {
    scope: 'centre',
    columns: {
      resource: { type: 'id' },
      incident: { type: 'id' },
      /** reserved 预占 · used 调用 · returned 归还 · cancelled 撤销 */
      state: { type: 'text' },
      /** confirmed: written by the station that owns the resource · provisional 未确认: its answer stands in `reservationAnswers`. */
      confirmation: { type: 'text' },
      /** The unit whose host decides, as it stands in scopes; null = the station that wrote it, nobody else is asked. */
      owner: { type: 'text' },
      words: { type: 'text' },
      reservedAt: { type: 'at' },
      reservedBy: { type: 'text' },
      usedAt: { type: 'at' },
      returnedAt: { type: 'at' },
      /** For the owner, who has not got the incident: what it is called where it was written, and what that centre is called. */
      incidentTitle: { type: 'text' },
      fromName: { type: 'text' },
    },
  },
  /** What the owner of a resource says to a reservation, one row for each; the row counts only where its newest entry is the owner's. */
  reservationAnswers: {
    scope: 'centre',
    columns: {
      reservation: { type: 'id' },
      /** confirmed · refused */
      answer: { type: 'text' },
      /** Why it is refused: held 已被占用 · unknown 台账里没有; null = it is not. */
      reason: { type: 'text' },
      /** Who holds it and what for, in words. */
      heldFor: { type: 'text' },
      /** Who answered: the owner's centre or console, in words. */
      byName: { type: 'text' },
      answeredAt: { type: 'at' },
    },
  },
})

export const resourceKinds = ['team', 'store', 'equipment', 'shelter', 'hospital', 'expert', 'fire-station', 'protection-target'] as const
export const ResourceKind = z.enum(resourceKinds)
export type ResourceKind = z.infer<typeof ResourceKind>
export const Readiness = z.enum(['ready', 'available', 'maintenance', 'unavailable'])
export type Readiness = z.infer<typeof Readiness>
export const ReservationState = z.enum(['reserved', 'used', 'returned', 'cancelled'])
export type ReservationState = z.infer<typeof ReservationState>

export const RefusalReason = z.enum(['held', 'unknown'])
export type RefusalReason = z.infer<typeof RefusalReason>

export interface ResourceRow {
  id: Id
  kind: ResourceKind
  subKind: string | null
  name: string
  area: AreaCode | null
  areaName: string | null
  position: LonLat | null
  capacity: number | null
  readiness: Readiness | null
  unit: string | null
  source: string | null
  asOf: EpochMs | null
  expiresAt: EpochMs | null
  isSample: boolean
  /** Incident that holds it now; null = free. */
  heldBy: Id | null
  /** How the reservation that holds it stands with the owner; null = free. */
  heldAs: Confirmation | null
}

/** 已确认 · 未确认 (the owner has not answered) · 对方已拒绝. Confirmed only by an entry of the owner. */
export type Confirmation = 'confirmed' | 'provisional' | 'refused'

/** What the owner has said. */
export interface ReservationAnswer {
  /** In words; empty = the host of our own centre. */
  byName: string
  at: EpochMs
  reason: RefusalReason | null
  heldFor: string | null
}

export interface Reservation {
  id: Id
  resource: Id
  resourceName: string
  resourceKind: ResourceKind
  incident: Id
  state: ReservationState
  confirmation: Confirmation
  /** Whose answer it is or will be, in words; null = nobody else is asked. */
  ownerName: string | null
  answer: ReservationAnswer | null
  /** Of another centre: its name and what its incident is called there. Only they move it. null = ours. */
  foreign: { fromName: string; incidentTitle: string } | null
  words: string | null
  reservedAt: EpochMs
  reservedBy: string
  usedAt: EpochMs | null
  returnedAt: EpochMs | null
}

/** A reservation of ours that its owner has refused, or has not answered for a while: somebody must take the next step. */
export interface UnsettledReservation {
  reservation: Id
  resource: Id
  resourceName: string
  incident: Id
  confirmation: 'refused' | 'provisional'
  ownerName: string
  answer: ReservationAnswer | null
  since: EpochMs
}

/** Balance of one item of a store; negative = alert. */
export interface StockBalance {
  item: string
  measure: string | null
  quantity: number
  isNegative: boolean
  /** Earliest expiry of a lot moved in. */
  expiresAt: EpochMs | null
  movements: number
}

export interface StockMovement {
  id: Id
  item: string
  measure: string | null
  quantity: number
  reason: string
  words: string | null
  incident: Id | null
  movedAt: EpochMs
}

export interface ResourceDetail extends ResourceRow {
  address: string | null
  contact: string | null
  /** Shown, but never a link while `isSample`. */
  telephone: string | null
  equipment: string | null
  sourceKey: string | null
  attributes: Record<string, JsonValue>
  stock: StockBalance[]
  reservations: Reservation[]
}

/** One entry of the journal about a resource. */
export interface ResourceHistory {
  at: EpochMs
  actor: string
  action: string
  /** Columns it set. */
  columns: string[]
}

export const ResourceFilter = z.object({
  /** Words, part of words, or pinyin initials; empty = all. */
  query: text(120).default(''),
  kinds: z.array(ResourceKind).max(resourceKinds.length).default([]),
  area: AreaCode.nullable().default(null),
  readiness: z.array(Readiness).default([]),
  /** Exact words of the ledger's 权属单位. */
  unit: text(200).nullable().default(null),
  expiry: z.enum(['all', 'expired', 'within-30-days']).default('all'),
  /** Only those free, or only those held, for any incident. */
  held: z.enum(['all', 'free', 'held']).default('all'),
  isSample: z.boolean().nullable().default(null),
})
export type ResourceFilter = z.infer<typeof ResourceFilter>
export const ResourceListInput = z.object({ filter: ResourceFilter, offset: z.int().min(0).max(10_000_000), limit: z.int().min(1).max(200) })
export interface ResourcePage {
  rows: ResourceRow[]
  /** Rows of the whole filter; with `isCountCapped`, at least that many. */
  count: number
  isCountCapped: boolean
  /** Rows of a bulk import that are not in yet; null = complete. */
  incomplete: { rowsDone: number; rowsTotal: number } | null
}

/** Points for the map: at most 100 000, columnar. */
export interface ResourcePoints {
  ids: Id[]
  kinds: ResourceKind[]
  names: string[]
  lons: number[]
  lats: number[]
  isExpired: boolean[]
  /** More matched than are here. */
  isCapped: boolean
}

export const NearestInput = z.object({
  position: LonLat,
  kinds: z.array(ResourceKind).min(1).max(resourceKinds.length),
  k: z.int().min(1).max(200).default(20),
  /** Leave out what is held for another incident. */
  isFreeOnly: z.boolean().default(false),
  readiness: z.array(Readiness).default([]),
  /** Farthest, metres along the ground. */
  withinM: z.number().positive().max(2_000_000).default(500_000),
})
export type NearestInput = z.infer<typeof NearestInput>

/** Always an estimate (估算) until there is a road network: great-circle distance × road factor ÷ speed, both ranges by class of area. */
export interface TravelEstimate {
  minutesLow: number
  minutesHigh: number
  roadClass: 'urban' | 'plain' | 'hill' | 'mountain' | 'unknown'
  isEstimate: true
}
export interface NearestRow extends ResourceRow {
  /** Great-circle metres. */
  distanceM: number
  /** Degrees clockwise from north, from the place to the resource. */
  bearingDeg: number
  travel: TravelEstimate
}

const words = text(500).nullable().default(null)
export const ReserveInput = z.object({ resource: Id, incident: Id, words })
export const ReservationInput = z.object({ reservation: Id, words })
export const ReservationsInput = z.object({ incident: Id })
export const StockMoveInput = z.object({
  resource: Id,
  item: text(120).refine((value) => value.trim() !== ''),
  measure: text(20).nullable(),
  quantity: z.number().refine((value) => value !== 0 && Number.isFinite(value)),
  reason: z.enum(['opening', 'in', 'out', 'correction']),
  words,
  incident: Id.nullable().default(null),
})
const ResourceFields = z.object({
  kind: ResourceKind,
  subKind: text(80).nullable(),
  name: text(200).refine((value) => value.trim() !== ''),
  area: AreaCode.nullable(),
  address: text(300).nullable(),
  position: LonLat.nullable(),
  contact: text(80).nullable(),
  telephone: text(60).nullable(),
  capacity: z.number().min(0).nullable(),
  equipment: text(2000).nullable(),
  readiness: Readiness.nullable(),
  unit: text(200).nullable(),
  expiresAt: z.int().min(0).nullable(),
})
export const ResourceSaveInput = ResourceFields.extend({
  /** null = a new one. */
  id: Id.nullable(),
  /** What the form had shown. A field left so is not set; one that another has changed since is CONFLICT; null = nothing was shown, as of a new one. */
  seen: ResourceFields.extend({ name: text(200) })
    .nullable()
    .default(null),
})
export type ResourceSave = z.infer<typeof ResourceSaveInput>
