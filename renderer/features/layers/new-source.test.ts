// The form's sources, as the station takes them.
import { expect, test } from 'vitest'
import { OnlineLayerInput } from '../../../native/contract/index.ts'
import { emptyForm, missing, toInput } from './new-source.ts'

test('天地图 needs a name and a key only', () => {
  const form = { ...emptyForm(), name: '影像', tiling: 'geographic' as const }
  expect(missing(form)).toBe('key')
  const input = OnlineLayerInput.parse(toInput({ ...form, key: 'k' }))
  expect(input.source).toMatchObject({ levelOffset: 1, tiling: 'geographic' })
  expect(JSON.stringify(input.source)).not.toContain('"k"')
})

test('WMTS, XYZ with GCJ-02, 3D Tiles', () => {
  const wmts = { ...emptyForm(), kind: 'wmts' as const, name: 'a', address: 'gis.example/wmts', layer: 'l', matrixSet: 'm' }
  expect(missing(wmts)).toBeNull()
  expect(OnlineLayerInput.parse(toInput(wmts)).source).toMatchObject({ template: expect.stringContaining('https://gis.example/wmts?SERVICE=WMTS') })
  const xyz = { ...emptyForm(), kind: 'xyz' as const, name: 'a', address: 'https://x.example/tile', datum: 'gcj02' as const }
  expect(missing(xyz)).toBe('addressXyz')
  expect(OnlineLayerInput.parse(toInput({ ...xyz, address: 'https://x.example/{z}/{x}/{y}' })).source).toMatchObject({ datum: 'gcj02' })
  expect(
    OnlineLayerInput.parse(toInput({ ...emptyForm(), kind: 'tiles3d', name: 'a', address: 'http://10.0.0.5/tileset.json' })).source,
  ).toMatchObject({ kind: 'tiles3d' })
})
