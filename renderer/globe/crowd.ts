// Units at the scene stand beside its sign, not on it: dots that would cover a sign or each other move to places around it, in pixels. Pure.

/** A thing drawn on the sheet at a place of the window, CSS pixels. */
export interface Standing {
  x: number
  y: number
  /** A sign stays where it is; a dot makes room. */
  isSign: boolean
}

/** A dot nearer than this to the middle of a sign covers it, ring included. */
const signReachPx = 30
/** Two dots nearer than this cover each other. */
export const dotReachPx = 17
const firstRingPx = 41
const ringStepPx = 19
/** Rows of places are this far apart, so that the words beside each have a line of their own. */
const rowPx = 19

export interface Offset {
  dx: number
  dy: number
}

/**
 * Places around a middle, the nearest ring first: left of it, then above and below; none to the right at its own height, where its words stand.
 * @param around how many rings there are
 */
export function* placesAround(rings: number): Generator<Offset> {
  for (let ring = 0; ring < rings; ring += 1) {
    const radius = firstRingPx + ring * ringStepPx
    for (const side of [-1, 1])
      for (let row = 0; row * rowPx < radius; row += 1) {
        const dx = side * Math.sqrt(radius ** 2 - (row * rowPx) ** 2)
        if (Math.abs(dx) < dotReachPx / 2) continue
        if (row > 0) yield { dx, dy: -row * rowPx }
        if (row > 0 || side < 0) yield { dx, dy: row * rowPx }
      }
  }
}

/** @returns how far each is moved; signs never, a dot that covers nothing neither */
export function spreadOut(things: readonly Standing[]): Offset[] {
  const offsets: Offset[] = things.map(() => ({ dx: 0, dy: 0 }))
  const signs = things.filter((thing) => thing.isSign)
  const taken: { x: number; y: number }[] = []
  const isFree = (x: number, y: number) =>
    !signs.some((sign) => Math.hypot(sign.x - x, sign.y - y) < signReachPx) && !taken.some((dot) => Math.hypot(dot.x - x, dot.y - y) < dotReachPx)
  for (const [index, thing] of things.entries()) {
    if (thing.isSign) continue
    const middle = nearest(signs, thing) ?? thing
    const rings = 2 + Math.ceil(Math.sqrt(things.length))
    if (!isFree(thing.x, thing.y)) {
      for (const { dx, dy } of placesAround(rings)) {
        if (!isFree(middle.x + dx, middle.y + dy)) continue
        offsets[index] = { dx: middle.x + dx - thing.x, dy: middle.y + dy - thing.y }
        break
      }
    }
    const { dx, dy } = offsets[index]!
    taken.push({ x: thing.x + dx, y: thing.y + dy })
  }
  return offsets
}

/** The sign that the dot covers; undefined = it covers none. */
function nearest(signs: readonly Standing[], dot: Standing): Standing | undefined {
  let best: Standing | undefined
  for (const sign of signs) {
    const apart = Math.hypot(sign.x - dot.x, sign.y - dot.y)
    if (apart < signReachPx && (best === undefined || apart < Math.hypot(best.x - dot.x, best.y - dot.y))) best = sign
  }
  return best
}
