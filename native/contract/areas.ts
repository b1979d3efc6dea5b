// Administrative areas, their outlines, and the units that report to each other.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { AreaCode, type EpochMs, type Id, LonLat, Sha256, text } from './scalars.ts'

export const areaDatasets = defineDatasets({
  areas: {
    scope: 'shared',
    columns: {
      /** GB/T 2260, six digits for province, city and county (610000, 610500, 610502); 9 or 12 below. */
      code: { type: 'text' },
      name: { type: 'text' },
      /** Code of the area above; null = none. */
      parent: { type: 'text' },
      /** province, city, county, town, village */
      kind: { type: 'text' },
      /** Centre, WGS-84 degrees. */
      lon: { type: 'real' },
      lat: { type: 'real' },
      /** The centre is right to a kilometre or two only. */
      isApproximate: { type: 'boolean' },
      /** urban, plain, hill, mountain: chooses the road factor of an estimate; null = by kind and name. */
      terrain: { type: 'text' },
      /** Former names and codes: `[{ "code": "610125", "name": "户县", "until": "2016" }]`. */
      former: { type: 'json' },
      source: { type: 'text' },
    },
  },
  /** Outlines; row key = area code + source, so that a customer's lines stand beside the shipped ones. */
  areaBoundaries: {
    scope: 'shared',
    columns: {
      area: { type: 'text' },
      /** GeoJSON Polygon or MultiPolygon, WGS-84. */
      geometry: { type: 'json' },
      west: { type: 'real' },
      south: { type: 'real' },
      east: { type: 'real' },
      north: { type: 'real' },
      source: { type: 'text' },
      /** 审图号 of the customer's map; null = 示意，非权威边界. */
      reviewNumber: { type: 'text' },
    },
  },
  /** The reporting tree (报送关系): units, not area codes. */
  units: {
    scope: 'shared',
    columns: {
      /** The centre's own number of the unit; null = none. */
      code: { type: 'text' },
      name: { type: 'text' },
      /** Row id of the unit above; null = none. */
      superior: { type: 'id' },
      /** province, city, county, department, enterprise … */
      kind: { type: 'text' },
      /** Area codes it covers, JSON array. */
      covers: { type: 'json' },
      dutyTelephone: { type: 'text' },
      dutyTelephoneVerifiedAt: { type: 'at' },
      /** Account id, or `station`. */
      dutyTelephoneVerifiedBy: { type: 'text' },
      /** The number that was verified; another one is not. */
      dutyTelephoneVerifiedNumber: { type: 'text' },
      /** The duty telephone reported wrong and not yet put right: `{ number, at, by, byName, words }`. */
      dutyTelephoneWrong: { type: 'json' },
      address: { type: 'text' },
      note: { type: 'text' },
      /** Order among the units of one superior, small first. */
      rank: { type: 'integer' },
      source: { type: 'text' },
      sourceKey: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
})

export const AreaKind = z.enum(['province', 'city', 'county', 'town', 'village'])
export type AreaKind = z.infer<typeof AreaKind>
export const Terrain = z.enum(['urban', 'plain', 'hill', 'mountain'])
export type Terrain = z.infer<typeof Terrain>

export interface FormerArea {
  code: string
  name: string
  /** Year of the change. */
  until: string
}

export interface Area {
  id: Id
  code: AreaCode
  name: string
  /** Names from the province down, e.g. 陕西省 渭南市 临渭区; in what a search finds a town without a row of its own may stand behind its county. */
  path: string[]
  parent: AreaCode | null
  kind: AreaKind
  position: LonLat | null
  isApproximate: boolean
  terrain: Terrain | null
  former: FormerArea[]
  hasBoundary: boolean
}

/** Where a point lies. */
export interface AreaAtPoint {
  area: Area
  /** `boundary`: inside its outline. `centre`: the nearest centre only, so approximate. */
  by: 'boundary' | 'centre'
  isApproximate: boolean
  /** Metres from the centre of the area. */
  centreDistanceM: number | null
}

export interface Unit {
  id: Id
  code: string | null
  name: string
  superior: Id | null
  kind: string
  covers: AreaCode[]
  dutyTelephone: string | null
  dutyTelephoneVerifiedAt: EpochMs | null
  isSample: boolean
}

/** Name, part of a name, full pinyin (`weinan`), pinyin initials (`lwq`) or digits of a code; former names find their successor. */
export const AreaSearchInput = z.object({ query: text(80), limit: z.int().min(1).max(50).default(10) })
export const AreaCodeInput = z.object({ code: AreaCode })
export const AreaChildrenInput = z.object({ parent: AreaCode.nullable() })
export const AreaAtInput = z.object({ position: LonLat })
export const BoundaryBoxInput = z.object({ kinds: z.array(AreaKind).min(1), under: AreaCode.nullable().default(null) })

/** One outline of the file to be imported, beside what is known. */
export interface BoundaryRow {
  /** Number of the feature in the file, from 1. */
  row: number
  code: string | null
  name: string | null
  /**
   * `ok` code and name known · `name-differs` code known by another name · `outdated` code or name of a former area ·
   * `unknown` neither known · `no-code` · `bad-geometry`
   */
  state: 'ok' | 'name-differs' | 'outdated' | 'unknown' | 'no-code' | 'bad-geometry'
  /** The area it is proposed to belong to; null = a person must choose or leave it out. */
  proposed: AreaCode | null
  proposedName: string | null
  /** Says why it is proposed: `former-code`, `former-name`, `same-name`, `centre-inside`; null = certain or nothing proposed. */
  reason: 'former-code' | 'former-name' | 'same-name' | 'centre-inside' | null
}

export const BoundaryInspectInput = z.object({ blob: Sha256 })
export interface BoundaryInspection {
  rows: BoundaryRow[]
}
export const BoundaryImportInput = z.object({
  blob: Sha256,
  source: text(120).refine((value) => value.trim() !== ''),
  /** 审图号; null = none, then it is drawn as 示意. */
  reviewNumber: text(80).nullable(),
  /** A person's word for each row that goes in; rows not named stay out and are counted. */
  confirmed: z
    .array(z.object({ row: z.int().min(1), area: AreaCode }))
    .min(1)
    .max(50_000),
})

/** Digits that every code inside the area begins with: `610000` → `61`, `610500` → `6105`, `610502` → `610502`. */
export function areaPrefix(code: string): string {
  return code.length === 6 ? code.replace(/^(\d{2})0000$/, '$1').replace(/^(\d{4})00$/, '$1') : code
}

/** Whether `outer` is `inner` or lies above it. */
export function coversArea(outer: string, inner: string): boolean {
  return inner.startsWith(areaPrefix(outer))
}
