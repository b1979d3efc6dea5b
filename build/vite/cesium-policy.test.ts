// The Cesium that is installed is mended, and one that has changed is refused.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { mend } from './cesium-policy.ts'

const engine = dirname(createRequire(createRequire(import.meta.url).resolve('cesium/package.json')).resolve('@cesium/engine/package.json'))

test.each(['Core/FeatureDetection.js', 'Scene/CreditDisplay.js'])('%s writes no inline style any more', async (name) => {
  const path = join(engine, 'Source', name)
  const source = await readFile(path, 'utf8')
  const inline = /setAttribute\(\s*"style"|createElement\("style"\)|<\w+[^>]* style="/
  expect(source.replace(/\/\*[\s\S]*?\*\//g, '')).toMatch(inline)
  expect(mend(path, source).replace(/\/\*[\s\S]*?\*\//g, '')).not.toMatch(inline)
})

test('a newer one that reads otherwise fails the build', () => {
  expect(() => mend('/@cesium/engine/Source/Scene/CreditDisplay.js', 'something else')).toThrow('looked at again')
})
test('the rest is left alone', () => {
  expect(mend('/@cesium/engine/Source/Scene/Scene.js', 'x')).toBe('x')
})
