// 来源: where a record came from, how old it is, and what about it another side has not got yet.
import { z } from 'zod'
import { type EpochMs, text } from './scalars.ts'

export const RecordInput = z.object({ dataset: text(60), row: text(80) })
export type RecordInput = z.infer<typeof RecordInput>

/** `here`: this station, under whatever name it has had · `console`: another of our centre · `centre`: another centre · `unknown`: nobody has vouched for it. */
export const originPlaces = ['here', 'console', 'centre', 'unknown'] as const
export type OriginPlace = (typeof originPlaces)[number]

/** One act that wrote the record. */
export interface OriginWrite {
  place: OriginPlace
  /** What people call the console, or the centre; '' = not named. */
  name: string
  station: string
  /** Who wrote it; null = the program itself, or an account unknown here. */
  who: string | null
  /** By the writer's clock. */
  at: EpochMs
  /** When it stood here; about `at` for what was written here. */
  receivedAt: EpochMs
}

export interface RecordOrigin {
  /** Who made it; null = it came with an import, or nothing is known of it. */
  first: OriginWrite | null
  /** Who wrote last, by the clock that orders acts; null = nobody has touched it by hand. */
  last: OriginWrite | null
  /** The newest import that gave it. */
  imported: (OriginWrite & { /** The file's name, else the name of the ledger or pack. */ from: string }) | null
  /** Acts about it that a side may hold and has not confirmed, and what people call those sides. */
  unsent: { acts: number; names: string[] }
}
