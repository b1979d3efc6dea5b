// The globe by itself, under the station's policy and with the network watched: picking, tools, a lost graphics context, the map picture.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test as base } from '@playwright/test'
import { buildPages, type PageServer, servePages } from '../../build/bench/globe/pages.ts'
import { root } from '../../build/programs.mjs'
import { contentSecurityPolicy } from '../../native/door/security-headers.ts'
import type { CesiumGlobe } from '../globe/cesium-globe.ts'
import type { Marker, Shape } from '../globe/types.ts'

declare global {
  interface Window {
    globe: CesiumGlobe
  }
}

const test = base.extend<{ globe: Page; strangers: string[]; violations: string[] }, { pages: PageServer }>({
  pages: [
    async ({}, use) => {
      await buildPages()
      const server = await servePages(contentSecurityPolicy('127.0.0.1'))
      await use(server)
      await server.close()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  strangers: async ({}, use) => use([]),
  violations: async ({}, use) => use([]),
  globe: async ({ page, pages, strangers, violations }, use) => {
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== pages.url) strangers.push(request.url())
    })
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`${pages.url}/app.html`)
    await expect(page.locator('body')).toHaveAttribute('data-state', 'running')
    await page.waitForTimeout(2500)
    await use(page)
    expect(strangers).toEqual([])
    expect(violations).toEqual([])
  },
})

const marker = (id: string, lon: number, lat: number): Marker => ({
  id,
  position: [lon, lat],
  tone: 'incident',
  symbol: 'A20400',
  caption: null,
  label: id,
  isStale: false,
})
const shape: Omit<Shape, 'id' | 'geometry'> = {
  tone: 'drawing',
  symbol: null,
  label: null,
  labelAt: null,
  isDashed: false,
  isFilled: true,
  widthPx: 4,
  labelWithinM: null,
  isPickable: true,
}

/** Clicks there and gives what the globe says was hit. */
async function pickAtWindow(page: Page, at: { x: number; y: number }): Promise<unknown> {
  await page.evaluate(() => {
    const waiting = window as unknown as { picked: Promise<unknown> }
    waiting.picked = new Promise((resolve) => {
      const stop = window.globe.onPick((picked) => {
        stop()
        resolve(picked)
      })
    })
  })
  await page.mouse.click(at.x, at.y)
  return page.evaluate(() => (window as unknown as { picked: Promise<unknown> }).picked)
}

/** Clicks where a place stands and gives what the globe says was hit. */
async function pickAt(page: Page, place: [number, number]): Promise<unknown> {
  return pickAtWindow(page, await windowAt(page, place))
}

async function windowAt(page: Page, place: [number, number]): Promise<{ x: number; y: number }> {
  const at = await page.evaluate((place) => window.globe.windowAt(place), place)
  if (at === null) throw new Error('the place is not in sight')
  return at
}

test('a click finds symbol, dot, line, area, or bare ground', async ({ globe }) => {
  await globe.evaluate(
    ({ markers, shape }) => {
      window.globe.icons('incidents').set(markers)
      window.globe.points('resources').set(
        Array.from({ length: 40 }, (_, index) => ({
          ...markers[0]!,
          id: `dot-${index}`,
          position: [106.5 + (index % 8) * 0.5, 36 + Math.floor(index / 8) * 0.5],
        })),
      )
      window.globe.shapes('drawings').set([
        { ...shape, id: 'circle', geometry: { type: 'Circle', coordinates: [107, 33], radiusM: 30_000 } },
        {
          ...shape,
          id: 'line',
          geometry: {
            type: 'LineString',
            coordinates: [
              [109, 33],
              [111, 33],
            ],
          },
        },
        {
          ...shape,
          id: 'ring',
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [108, 32],
                [109, 32],
                [109, 32.5],
                [108, 32.5],
                [108, 32],
              ],
            ],
          },
        },
      ])
    },
    { markers: [marker('leak', 109.5, 34.5), marker('fire', 108, 34.2)], shape },
  )
  await globe.waitForTimeout(1500)
  expect(await pickAt(globe, [109.5, 34.5])).toEqual({ layer: 'incidents', id: 'leak' })
  expect(await pickAt(globe, [108, 34.2])).toEqual({ layer: 'incidents', id: 'fire' })
  for (const index of [0, 7, 19, 33]) {
    expect(await pickAt(globe, [106.5 + (index % 8) * 0.5, 36 + Math.floor(index / 8) * 0.5])).toEqual({ layer: 'resources', id: `dot-${index}` })
  }
  expect(await pickAt(globe, [107, 33.1])).toEqual({ layer: 'drawings', id: 'circle' })
  expect(await pickAt(globe, [110, 33.0015])).toEqual({ layer: 'drawings', id: 'line' })
  expect(await pickAt(globe, [108.5, 32.2])).toEqual({ layer: 'drawings', id: 'ring' })
  expect(await pickAt(globe, [110.5, 34.2])).toBeNull()
  await globe.evaluate(() => window.globe.points('resources').remove(['dot-0']))
  expect(await pickAt(globe, [106.5, 36])).toBeNull()
  await globe.evaluate(() => window.globe.shapes('drawings').setVisible(false))
  expect(await pickAt(globe, [107, 33.1])).toBeNull()
})

test('units at the scene stand beside its sign, and each is hit where it stands', async ({ globe }) => {
  const unit = (id: string): Marker => ({ ...marker(id, 108.9, 35.3), tone: 'order', symbol: null })
  await globe.evaluate(
    ({ sign, units }) => {
      window.globe.icons('incidents').set([sign])
      // Made after the sign, as a feature may be: the sign lies over them all the same.
      window.globe.icons('tasks').set(units)
    },
    { sign: marker('scene', 108.9, 35.3), units: ['a', 'b', 'c', 'd'].map(unit) },
  )
  await globe.waitForTimeout(1000)
  const scene = await windowAt(globe, [108.9, 35.3])
  for (const id of ['a', 'b', 'c', 'd']) {
    const at = await globe.evaluate((id) => window.globe.windowOf({ layer: 'tasks', id }), id)
    if (at === null) throw new Error('the unit is not in sight')
    expect(Math.hypot(at.x - scene.x, at.y - scene.y)).toBeGreaterThan(30)
    expect(await pickAtWindow(globe, at)).toEqual({ layer: 'tasks', id })
  }
  expect(await pickAt(globe, [108.9, 35.3])).toEqual({ layer: 'incidents', id: 'scene' })
})

test('a lost graphics context comes back by itself with everything that stood on it', async ({ globe }) => {
  const uncaught: string[] = []
  globe.on('pageerror', (error) => uncaught.push(error.stack ?? error.message))
  await globe.evaluate(
    ({ markers, shape }) => {
      window.globe.icons('incidents').set(markers)
      const ring = (lon: number) =>
        [
          [lon, 33],
          [lon + 0.5, 33],
          [lon + 0.5, 33.5],
          [lon, 33],
        ] as [number, number][]
      window.globe.shapes('drawings').set(
        [107, 108, 109].map((lon) => ({
          ...shape,
          id: `ring-${lon}`,
          isDashed: lon === 108,
          label: 'x',
          geometry: { type: 'Polygon', coordinates: [ring(lon)] },
        })),
      )
      window.globe.points('resources').set([{ ...markers[0]!, id: 'dot', position: [108, 36] }])
      window.globe.points('resources').patch([{ ...markers[0]!, id: 'late', position: [107, 36.5] }])
      window.globe.flyTo({ position: [108.5, 35.2], rangeM: 900_000 })
    },
    { markers: [marker('leak', 109.5, 34.5)], shape },
  )
  await globe.evaluate(() => window.globe.shapes('drawings').setOpacity(0.7))
  const before = await globe.evaluate(() => window.globe.view())
  for (let time = 0; time < 2; time++) {
    await globe.evaluate(() => {
      const states: string[] = []
      Object.assign(window, { states })
      new MutationObserver(() => states.push(document.body.dataset.state!)).observe(document.body, { attributeFilter: ['data-state'] })
      const canvas = [...document.querySelectorAll('canvas')].find((each) => each.getContext('webgl2') !== null)
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
    })
    await expect
      .poll(() => globe.evaluate(() => (window as unknown as { states: string[] }).states), { timeout: 60_000 })
      .toEqual(['lost', 'starting', 'running'])
    await globe.waitForTimeout(2000)
    expect(await pickAt(globe, [109.5, 34.5])).toEqual({ layer: 'incidents', id: 'leak' })
    expect(await pickAt(globe, [108, 36])).toEqual({ layer: 'resources', id: 'dot' })
    expect(await pickAt(globe, [107, 36.5])).toEqual({ layer: 'resources', id: 'late' })
    expect(await pickAt(globe, [108.4, 33.15])).toEqual({ layer: 'drawings', id: 'ring-108' })
    const after = await globe.evaluate(() => window.globe.view())
    expect(after?.centre[0]).toBeCloseTo(before!.centre[0], 3)
    expect(after?.widthM).toBeCloseTo(before!.widthM, -3)
  }
  expect(await globe.evaluate(() => [...document.querySelectorAll('canvas')].length)).toBe(2)
  expect(uncaught).toEqual([])
})

test('drawing with the mouse: points, the double click, taking back, giving up', async ({ globe }) => {
  const start = (kind: string) =>
    globe.evaluate((kind) => {
      ;(window as unknown as { drawn: Promise<unknown> }).drawn = window.globe.draw(kind as 'line')
    }, kind)
  const drawn = () => globe.evaluate(() => (window as unknown as { drawn: Promise<unknown> }).drawn)
  const click = async (place: [number, number]) => {
    const { x, y } = await windowAt(globe, place)
    await globe.mouse.move(x, y)
    await globe.mouse.click(x, y)
  }
  await start('polygon')
  for (const place of [
    [108, 34],
    [110, 34],
    [110, 36],
  ] as [number, number][])
    await click(place)
  const last = await windowAt(globe, [108, 36])
  await globe.mouse.dblclick(last.x, last.y)
  const polygon = (await drawn()) as { type: string; coordinates: [number, number][][] }
  expect(polygon.type).toBe('Polygon')
  expect(polygon.coordinates[0]).toHaveLength(5)
  for (const [index, [lon, lat]] of [
    [108, 34],
    [110, 34],
    [110, 36],
    [108, 36],
  ].entries()) {
    expect(Math.hypot(polygon.coordinates[0]![index]![0] - lon!, polygon.coordinates[0]![index]![1] - lat!)).toBeLessThan(0.02)
  }
  await start('circle')
  await click([109, 35])
  await click([109, 36])
  expect(((await drawn()) as { radiusM: number }).radiusM).toBeGreaterThan(108_000)
  await start('line')
  await click([108, 34])
  await click([109, 34])
  await click([109.5, 34])
  await globe.evaluate(() => [window.globe.key('Backspace'), window.globe.key('Enter')])
  expect(((await drawn()) as { coordinates: unknown[] }).coordinates).toHaveLength(2)
  await start('line')
  await click([108, 34])
  await globe.evaluate(() => window.globe.key('Escape'))
  expect(await drawn()).toBeNull()
  await start('point')
  const next = globe.evaluate(() => (window as unknown as { drawn: Promise<unknown> }).drawn)
  await globe.evaluate(() => {
    ;(window as unknown as { second: Promise<unknown> }).second = window.globe.pickPosition()
    window.globe.key(' ')
  })
  expect(await next).toBeNull()
  const middle = (await globe.evaluate(() => (window as unknown as { second: Promise<unknown> }).second)) as [number, number]
  const view = await globe.evaluate(() => window.globe.view())
  expect(Math.hypot(middle[0] - view!.centre[0], middle[1] - view!.centre[1])).toBeLessThan(0.001)
})

test('measuring distance, area and height', async ({ globe }) => {
  const measure = async (kind: string, clicks: { x: number; y: number }[]) => {
    await globe.evaluate((kind) => {
      ;(window as unknown as { result: Promise<unknown> }).result = window.globe.measure(kind as 'area')
    }, kind)
    for (const { x, y } of clicks) {
      await globe.mouse.move(x, y)
      await globe.mouse.click(x, y)
    }
    await globe.evaluate(() => window.globe.key('Enter'))
    return (await globe.evaluate(() => (window as unknown as { result: Promise<unknown> }).result)) as { value: number }
  }
  const corners = await Promise.all(
    (
      [
        [108, 34],
        [109, 34],
        [109, 35],
        [108, 35],
      ] as [number, number][]
    ).map((place) => windowAt(globe, place)),
  )
  // 1° of longitude at 34° N is 92.2 km; the degree square there holds 10 190 km².
  expect(Math.abs((await measure('distance', corners.slice(0, 2))).value / 92_185 - 1)).toBeLessThan(0.02)
  expect(Math.abs((await measure('area', corners)).value / 10.19e9 - 1)).toBeLessThan(0.03)
  await globe.evaluate(() => {
    window.globe.flyTo({ position: [109, 34], rangeM: 3000 })
    for (let tilt = 0; tilt < 9; tilt++) window.globe.key('PageUp')
  })
  await globe.waitForTimeout(500)
  const foot = await windowAt(globe, [109, 34])
  // What a plumb line of 300 m over the foot ends at, by Cesium's own projection.
  const top = await globe.evaluate(() => window.globe.windowAbove([109, 34], 300))
  expect(top!.y).toBeLessThan(foot.y - 20)
  expect(Math.abs((await measure('height', [foot, top!])).value - 300)).toBeLessThan(5)
})

test('the map picture carries title, legend, scale, north, time and 示意图', async ({ globe }) => {
  const boundaries = JSON.parse(readFileSync(join(root, 'resources/packs/shaanxi/boundaries.geojson'), 'utf8')) as {
    features: { properties: { code: string }; geometry: Shape['geometry'] }[]
  }
  const shapes = boundaries.features.map(({ properties, geometry }) => ({
    ...shape,
    id: properties.code,
    geometry,
    tone: 'boundary' as const,
    isFilled: false,
    widthPx: 2,
  }))
  const picture = await globe.evaluate(async (shapes) => {
    window.globe.shapes('boundaries').set(shapes)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const blob = await window.globe.snapshot({
      title: '示例',
      legend: [{ tone: 'incident', symbol: 'A20400', text: '危化品' }],
      footer: '2026-03-01 14:30',
      sketch: '示意图',
      north: '北',
    })
    const bitmap = await createImageBitmap(blob)
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const colours = new Set<string>()
    const { data } = context.getImageData(0, 60, bitmap.width, bitmap.height - 120)
    for (let at = 0; at < data.length; at += 4 * 97) colours.add(`${data[at]! >> 4},${data[at + 1]! >> 4},${data[at + 2]! >> 4}`)
    return { width: bitmap.width, height: bitmap.height, colours: colours.size, type: blob.type }
  }, shapes)
  expect(picture).toMatchObject({ width: 1280, height: 800 + 76, type: 'image/png' })
  // A black globe would leave a handful.
  expect(picture.colours).toBeGreaterThan(12)
})

test('a GCJ-02 source is put together from the right tiles', async ({ globe, pages }) => {
  const asked: string[] = []
  await globe.route(`${pages.url}/tiles/**`, (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ status: 204 })
  })
  await globe.evaluate(() => {
    window.globe.setGrounds([
      {
        id: 'g',
        kind: 'tiles',
        url: '/tiles/g/{z}/{x}/{y}',
        tiling: 'mercator',
        minLevel: 0,
        maxLevel: 16,
        box: null,
        datum: 'gcj02',
        opacity: 1,
        isVisible: true,
      },
    ])
    window.globe.flyTo({ position: [108.94, 34.34], rangeM: 4000 })
  })
  await expect.poll(() => asked.length).toBeGreaterThan(8)
  // Near Xi'an the GCJ-02 grid lies some 430 m east and 180 m south: up to four tiles for each.
  expect(new Set(asked).size).toBeGreaterThan(4)
})
