// The same numbers at every build of the pack: a seeded generator and what is drawn from it.

/** @param {number} seed @returns {() => number} uniform in [0, 1) (mulberry32) */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** @template T @param {() => number} next @param {readonly T[]} list @returns {T} */
export function pick(next, list) {
  return list[Math.floor(next() * list.length)]
}

/** @param {() => number} next @param {number} low @param {number} high whole number in [low, high] */
export function between(next, low, high) {
  return low + Math.floor(next() * (high - low + 1))
}

/** A point within some kilometres of a centre. @param {() => number} next @param {[number, number]} centre [lon, lat] degrees @param {number} radiusKm */
export function near(next, centre, radiusKm) {
  const distanceKm = radiusKm * Math.sqrt(next())
  const bearing = next() * 2 * Math.PI
  const lat = centre[1] + (distanceKm * Math.cos(bearing)) / 110.95
  const lon = centre[0] + (distanceKm * Math.sin(bearing)) / (111.32 * Math.cos((lat * Math.PI) / 180))
  return [Number(lon.toFixed(5)), Number(lat.toFixed(5))]
}
