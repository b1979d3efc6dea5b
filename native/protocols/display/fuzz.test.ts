import { expect, test } from 'vitest'
import { fuzz, fuzzedCodecs } from './testing/fuzz.ts'

const seed = Date.now() % 2_147_483_647
console.log(`display codecs: fuzz seed ${seed}`)

test.each(Object.keys(fuzzedCodecs))('%s: mutated frames end in its own error or in none, within its bound', (name) => {
  const result = fuzz(name, { frames: name === 'template file' ? 200 : 3_000, seed })
  expect(result.heldBytes).toBeLessThanOrEqual(4_096)
  // Frames that all pass, or all fail, would prove nothing.
  expect(result.refused).toBeLessThan(result.frames)
})
