// What is dropped on a tile fills it where it has a place for it, and leaves it alone where it has none.
import { expect, test } from 'vitest'
import type { wallTileKinds } from '../../../native/contract/index.ts'
import { newTile } from './composer.ts'
import { pageAt } from './tiles/pdf-clock.ts'
import { type WallThing, wallThingKinds } from '../../app/wall-thing.ts'
import { ownTile, taken } from './things.ts'

const shape = { rows: 1, columns: 1, bezelX: 0, bezelY: 0 }
const id = '01930000-0000-7000-8000-000000000001'
const tileOf = (kind: (typeof wallTileKinds)[number]) => newTile(kind, { id, at: { x: 0, y: 0 }, shape })
const thing = (kind: WallThing['kind']): WallThing => ({ kind, id: '01930000-0000-7000-8000-000000000002', title: '', position: [109.5, 34.5] })

test('each thing has a tile of its own that takes it', () => {
  for (const kind of wallThingKinds) expect(taken(tileOf(ownTile[kind]), thing(kind)), kind).not.toBeNull()
})

test('an incident fills boards and charts, a camera a grid once, a place moves a globe; a clock takes nothing', () => {
  const { id: dropped } = thing('incident')
  for (const kind of ['incidents', 'orders', 'checklist', 'weather', 'chart'] as const)
    expect(taken(tileOf(kind), thing('incident'))).toMatchObject({ incident: dropped })
  const grid = taken(tileOf('camera'), thing('camera'))!
  expect(taken(grid, thing('camera'))).toMatchObject({ cameras: [dropped] })
  expect(taken(tileOf('globe'), thing('resource'))).toMatchObject({
    centre: [109.5, 34.5],
    isFollowing: false,
    layers: expect.arrayContaining(['resources']) as unknown,
  })
  expect(taken(tileOf('globe'), { ...thing('plan'), position: null })).toBeNull()
  for (const kind of wallThingKinds) expect(taken(tileOf('clock'), thing(kind))).toBeNull()
})

test('every screen turns the pages of a PDF at the same moment', () => {
  const pages = { count: 3, pageS: 10 }
  expect([0, 9_999, 10_000, 29_999, 30_000].map((at) => pageAt(at, pages))).toEqual([1, 1, 2, 3, 1])
  expect([pageAt(99_999, { count: 3, pageS: 0 }), pageAt(99_999, { count: 1, pageS: 5 })]).toEqual([1, 1])
})
