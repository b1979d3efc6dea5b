// 3 000 mutated frames a codec here (a template file is dear: 200); 100 000 in `npm run soak -- display`.
import { expect, test } from 'vitest'
import { fuzz, fuzzedCodecs } from './testing/fuzz.ts'

const seed = Date.now() % 2_147_483_647
console.log(`display codecs: fuzz seed ${seed}`)

/** They pass over what they do not know instead. */
const passesOver: readonly string[] = ['http challenge', 'template reply']

test.each(Object.keys(fuzzedCodecs))('%s: mutated frames end in its own error or in none, within its bound', (name) => {
  const result = fuzz(name, { frames: name === 'template file' ? 200 : 3_000, seed })
  expect(result.heldBytes).toBeLessThanOrEqual(4_096)
  // Frames that are all understood, or none of them, would prove nothing; codecs that read whole messages must also have said no.
  expect(result.understood).toBeGreaterThan(0)
  expect(result.understood).toBeLessThan(result.frames)
  expect(result.refused > 0).toBe(!passesOver.includes(name))
})
