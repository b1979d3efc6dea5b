// The Cesium that is installed writes inline styles where we know of it and nowhere else: a newer one that has another place is noticed here.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const engine = dirname(createRequire(createRequire(import.meta.url).resolve('cesium/package.json')).resolve('@cesium/engine/package.json'))
const inline = /setAttribute\(\s*"style"|createElement\("style"\)|<\w+[^>]* style=["']/
const comments = /\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** What `inline-styles.ts` keeps from being reached. */
const avoided = ['Core/FeatureDetection.js', 'Scene/CreditDisplay.js']
/** Of formats the page does not read and a service it does not ask. */
const unused = ['Core/GoogleGeocoderService.js', 'DataSources/GpxDataSource.js', 'DataSources/KmlDataSource.js']

test('every inline style of Cesium is one we avoid or do not use', () => {
  const source = join(engine, 'Source')
  const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !name.startsWith('Workers'))
    .filter((name) => inline.test(readFileSync(join(source, name), 'utf8').replaceAll(comments, '')))
  expect(found.sort()).toEqual([...avoided, ...unused].sort())
})

test('the page uses none of those', () => {
  const folder = new URL('../', import.meta.url).pathname
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.test.ts'))
  expect(sources.filter((name) => /\b((Kml|Gpx)DataSource|GoogleGeocoderService)\b/.test(readFileSync(join(folder, name), 'utf8')))).toEqual([])
})
