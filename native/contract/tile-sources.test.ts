// The requests as the services' papers show them.
import { expect, test } from 'vitest'
import { TileSource } from './layers.ts'
import { tianditu, tileAddress, wmtsTemplate } from './tile-sources.ts'

test('天地图 w: Web Mercator levels are their own', () => {
  expect(tileAddress(tianditu('img', 'mercator'), { level: 10, x: 822, y: 407 }, 'abc')).toBe(
    'https://t5.tianditu.gov.cn/img_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=img&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=10&TILEROW=407&TILECOL=822&tk=abc',
  )
})

test('天地图 c: level 5 asks matrix 6', () => {
  expect(tileAddress(tianditu('vec', 'geographic'), { level: 5, x: 51, y: 9 }, 'a b')).toContain('/vec_c/wmts?')
  expect(tileAddress(tianditu('vec', 'geographic'), { level: 5, x: 51, y: 9 }, 'a b')).toContain('TILEMATRIX=6&TILEROW=9&TILECOL=51&tk=a%20b')
})

test('any XYZ or TMS template', () => {
  const source = TileSource.parse({
    kind: 'tiles',
    template: 'http://maps.example/{z}/{x}/{-y}.png?k={key}',
    tiling: 'mercator',
    minLevel: 0,
    maxLevel: 18,
    datum: 'wgs84',
  })
  expect(tileAddress(source, { level: 3, x: 6, y: 3 }, 'x&y')).toBe('http://maps.example/3/6/4.png?k=x%26y')
})

test('a pasted GetCapabilities address keeps only what is its own', () => {
  const template = wmtsTemplate({
    url: 'https://gis.example/wmts?map=base&SERVICE=WMTS&REQUEST=GetCapabilities',
    layer: '影像',
    style: 'default',
    matrixSet: 'GoogleMapsCompatible',
    format: 'image/png',
    tiling: 'mercator',
    levelOffset: 0,
    keyParameter: null,
  })
  expect(template).toBe(
    'https://gis.example/wmts?map=base&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=%E5%BD%B1%E5%83%8F&STYLE=default&TILEMATRIXSET=GoogleMapsCompatible&FORMAT=image%2Fpng&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}',
  )
})

test('only http and https', () => {
  expect(
    TileSource.safeParse({ kind: 'tiles', template: 'file:///etc/passwd', tiling: 'mercator', minLevel: 0, maxLevel: 18, datum: 'wgs84' }).success,
  ).toBe(false)
})
