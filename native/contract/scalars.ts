// The small types that everything else is made of; each says its unit.
import { z } from 'zod'

/** Row id: UUIDv7 for rows made here, UUIDv5 for imported rows. Never reused, never shown to people. */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const EpochMs = z.int().min(0).max(8_640_000_000_000_000)
export type EpochMs = z.infer<typeof EpochMs>

/** Longitude in degrees, WGS-84, −180…180. */
export const Lon = z.number().min(-180).max(180)
/** Latitude in degrees, WGS-84, −90…90. */
export const Lat = z.number().min(-90).max(90)

/** GeoJSON order `[lon, lat]`, WGS-84 degrees. */
export const LonLat = z.tuple([Lon, Lat])
export type LonLat = z.infer<typeof LonLat>

/** GB/T 2260 area code: 2, 4, 6, 9 or 12 digits; a shorter code covers every longer one that begins with it. */
export const AreaCode = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/)
export type AreaCode = z.infer<typeof AreaCode>

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export type Sha256 = z.infer<typeof Sha256>

/**
 * Text as a person typed it: NFC, no NUL, no lone surrogate. Refused, not repaired: what is stored is what was typed.
 * @param max longest length in UTF-16 code units
 */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), { error: 'text.malformed' })
    .transform((value) => value.normalize('NFC'))
}

/** How exactly a moment is known: to the minute, "about", only the hour or only the day. */
export const Precision = z.enum(['exact', 'about', 'hour', 'day'])
export type Precision = z.infer<typeof Precision>

/** When something happened in the world: the moment, how exactly it is known, and who says so. */
export const HappenedAt = z.object({ at: EpochMs, precision: Precision, source: text(200) })
export type HappenedAt = z.infer<typeof HappenedAt>

/** What is typed more than this after it happened is 补录. */
export const lateEntryMs = 15 * 60_000

/** 事件等级: how grave the event is. Never mixed with the other two scales. */
export const EventGrade = z.enum(['particularly-major', 'major', 'larger', 'general'])
export type EventGrade = z.infer<typeof EventGrade>

/** 响应级别: what a commander has ordered, 一级 (highest) to 四级; may differ from the 事件等级. */
export const ResponseTier = z.enum(['tier-1', 'tier-2', 'tier-3', 'tier-4'])
export type ResponseTier = z.infer<typeof ResponseTier>

/** 预警级别: 红 (highest), 橙, 黄, 蓝. The colours belong to this scale alone. */
export const WarningColour = z.enum(['red', 'orange', 'yellow', 'blue'])
export type WarningColour = z.infer<typeof WarningColour>
