// Frames as a bad line makes them: cut, doubled, filled, one byte wrong; the same ones for the same seed.

/** xorshift: the same frames for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

export function mutate(seeds: readonly Buffer[], random: (below: number) => number): Buffer {
  let frame = Buffer.from(seeds[random(seeds.length)]!)
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(frame.length + 1)
    const kind = random(6)
    if (kind === 0) frame = frame.subarray(0, at)
    else if (kind === 1) frame = Buffer.concat([frame.subarray(0, at), Buffer.from([random(256)]), frame.subarray(at)])
    else if (kind === 2) frame = Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1 + random(4))])
    else if (kind === 3) frame = Buffer.concat([frame, seeds[random(seeds.length)]!])
    else if (kind === 4) frame = Buffer.concat([frame.subarray(0, at), Buffer.alloc(random(40), random(256)), frame.subarray(at)])
    else if (frame.length > 0) frame[random(frame.length)] = random(256)
  }
  return frame
}
