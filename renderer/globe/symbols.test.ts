// The symbols keep the rules of the standard: frame and colour by class, words of at most five characters, every glyph readable as a path.
import { expect, test } from 'vitest'
import { faceOf, symbolFaces } from './symbol-glyphs.ts'
import { symbolDataUrl, symbolKey, symbolSvg } from './symbols.ts'

test('all sixty point symbols of the standard are there', () => {
  expect(Object.keys(symbolFaces)).toHaveLength(60)
  for (const [code, face] of Object.entries(symbolFaces)) {
    expect(code).toMatch(/^[A-D]\d{5}$/)
    expect(face.label.length).toBeLessThanOrEqual(5)
    expect(face.letter).toHaveLength(1)
    if (face.path !== null) expect(face.path).toMatch(/^M[-\d. a-zA-Z]+z$/)
  }
})

test('frames by class', () => {
  expect(symbolSvg('A20400')).toContain('rx="5"')
  expect(symbolSvg('A20400')).toContain('stroke="#ff0000"')
  for (const [code, colour] of [
    ['B10100', '#ffff00'],
    ['C10200', '#0000ff'],
    ['D30100', '#00ff00'],
  ] as const) {
    expect(symbolSvg(code)).toContain('rx="0"')
    expect(symbolSvg(code)).toContain(`stroke="${colour}"`)
  }
})

test('sub-types replace the words, an unknown code is drawn all the same', () => {
  expect(symbolSvg('A10400', '泥石流')).toContain('泥石流')
  expect(faceOf('A20412')).toBe(symbolFaces.A20400)
  expect(faceOf('Z99999').letter).toBe('?')
  expect(symbolSvg('A20400', '<b>')).not.toContain('<b>')
  expect(symbolDataUrl('A20400')).toMatch(/^data:image\/svg\+xml,%3Csvg/)
})

test('what looks alike shares a picture', () => {
  const style = { symbol: 'A20400', caption: null, tone: 'incident', isStale: false } as const
  expect(symbolKey(style)).toBe(symbolKey({ ...style, tone: 'alarm' }))
  expect(symbolKey(style)).not.toBe(symbolKey({ ...style, isStale: true }))
})
