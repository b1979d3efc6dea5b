// Something of the console on its way to the wall: dragged onto a tile of the desk, also from another window, or sent there by a press.
import { z } from 'zod'
import { Id, LonLat } from '../../native/contract/index.ts'
import { handOver, takeOver } from './handover.ts'

export const wallThingKinds = ['camera', 'incident', 'plan', 'resource', 'conference'] as const
export const WallThing = z.object({ kind: z.enum(wallThingKinds), id: Id, title: z.string().max(500), position: LonLat.nullable() })
export type WallThing = z.infer<typeof WallThing>

const dragType = 'text/x-wall-thing'
const key = 'wall.thing'

export function dragThing(event: DragEvent, { kind, id, title, position }: WallThing): void {
  event.dataTransfer?.setData(dragType, JSON.stringify({ kind, id, title: title.slice(0, 500), position }))
}

/** null: something else was dropped, of another window or program. */
export function droppedThing(data: Pick<DataTransfer, 'getData'> | null): WallThing | null {
  try {
    return WallThing.safeParse(JSON.parse(data?.getData(dragType) || 'null')).data ?? null
  } catch (error) {
    // Anybody can set data of this type.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The desk, when it is opened, puts it into the scene that is being composed. */
export function putDownForWall({ kind, id, title, position }: WallThing): void {
  handOver(key, { kind, id, title: title.slice(0, 500), position } satisfies WallThing)
}

export function sentThing(): WallThing | null {
  return takeOver<WallThing>(key)
}
