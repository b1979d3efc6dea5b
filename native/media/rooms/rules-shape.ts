// What a room goes on with as it comes from outside this process, from another station or from this machine's own last run: checked, and whole.
import { z } from 'zod'
import type { RoomRules } from './room-state.ts'

const key = z.string().max(80)

/** Left out by a station of an earlier version = nothing of it. */
export const RoomRulesShape: z.ZodType<RoomRules> = z.object({
  chair: key.nullable(),
  isLocked: z.boolean(),
  removed: z.array(key).max(500),
  silenced: z.array(key).max(500),
  seated: z
    .array(z.object({ id: key, account: key, camera: key.nullable() }))
    .max(500)
    .default([]),
  texts: z
    .array(z.object({ id: z.int(), at: z.int(), name: key, words: z.string().max(1_000) }))
    .max(200)
    .default([]),
  recordings: z
    .array(z.object({ of: key.nullable() }))
    .max(100)
    .default([]),
})
