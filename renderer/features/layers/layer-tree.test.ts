// Order, opacity and visibility of the layer tree.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layer } from '../../../native/contract/index.ts'
import { groundsOf, moveRow, treeRows, viewOf, withViews } from './layer-tree.ts'

const health = {
  subject: 'x',
  state: 'ok',
  since: 0,
  lastEvidenceAt: null,
  reason: 'layers.reason.local',
  params: {},
  nextStep: null,
  capability: null,
} as const
const layer = (id: string): Layer => ({
  id,
  name: `图层 ${id}`,
  attribution: null,
  reviewNumber: null,
  isTrusted: false,
  hasKey: false,
  tilesPath: `tiles/${id}/{z}/{x}/{y}`,
  health,
  fetchedAt: null,
  source: {
    kind: 'tiles',
    template: 'http://x/{z}/{x}/{y}',
    subdomains: [],
    tiling: 'geographic',
    levelOffset: 0,
    minLevel: 3,
    maxLevel: 12,
    box: null,
    datum: 'gcj02',
    maxAgeHours: 1,
  },
})
const overlays = ['boundaries', 'incidents', 'drawings'].map((id) => ({ id, kind: 'shapes' as const, isVisible: true, opacity: 1, size: 2 }))
const layers = ['a', 'b'].map(layer)

test('signs over grounds, the base lowest, the newest layer on top of its group', () => {
  expect(treeRows(layers, overlays, []).map((row) => row.id)).toEqual(['incidents', 'drawings', 'boundaries', 'b', 'a', 'base'])
  expect(groundsOf(treeRows(layers, overlays, [])).map((ground) => ground.id)).toEqual(['base', 'a', 'b'])
})

test("a person's own view is kept", () => {
  const rows = treeRows(layers, overlays, [{ layer: 'a', position: 9, opacity: 0.4, isVisible: false }])
  expect(rows.filter((row) => row.group === 'ground').map((row) => row.id)).toEqual(['a', 'b', 'base'])
  expect(groundsOf(rows).at(-1)).toEqual({
    id: 'a',
    kind: 'tiles',
    url: '/tiles/a/{z}/{x}/{y}',
    tiling: 'geographic',
    minLevel: 3,
    maxLevel: 12,
    box: null,
    datum: 'gcj02',
    opacity: 0.4,
    isVisible: false,
  })
})

test('a row moves within its group and not beyond', () => {
  const rows = treeRows(layers, overlays, [])
  const moved = treeRows(layers, overlays, moveRow(rows, 'a', -1)!)
  expect(moved.map((row) => row.id)).toEqual(['incidents', 'drawings', 'boundaries', 'a', 'b', 'base'])
  expect(moveRow(rows, 'b', -1)).toBeNull()
  expect(moveRow(rows, 'base', 5)).toBeNull()
  expect(moveRow(rows, 'nobody', 1)).toBeNull()
})

test('any moves keep every row once, each in its group', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'base', 'boundaries', 'incidents', 'drawings'), fc.integer({ min: -3, max: 3 })), {
        maxLength: 12,
      }),
      (moves) => {
        let views = treeRows(layers, overlays, []).map(viewOf)
        for (const [id, by] of moves) views = withViews(views, moveRow(treeRows(layers, overlays, views), id, by) ?? [])
        const rows = treeRows(layers, overlays, views)
        expect(rows.map((row) => row.id).sort()).toEqual(['a', 'b', 'base', 'boundaries', 'drawings', 'incidents'])
        expect(rows.slice(0, 3).every((row) => row.group === 'overlay')).toBe(true)
      },
    ),
  )
})
