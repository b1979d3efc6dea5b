// How a drawing looks on the globe, by its GB/T 35649 code.
import type { Drawing } from '../../native/contract/index.ts'
import type { Shape } from './types.ts'

/** Codes of the standard for lines and areas, offered when one was drawn. */
export const lineCodes = ['E10100', 'E10200', 'E20100', 'E20200', 'E20300', 'E20400', 'E20500', 'E30100', 'E30200'] as const
export const areaCodes = ['F10100', 'F10200', 'F10300'] as const

/** 警戒区域 is dash-dotted in the standard, destroyed and dangerous roads are broken, plans and zigzags we draw dashed. */
const dashed = new Set(['F10100', 'E10200', 'E20400', 'E20500'])

export function drawingShape({ id, name, geometry, symbol }: Pick<Drawing, 'id' | 'name' | 'geometry' | 'symbol'>): Shape {
  return {
    id,
    geometry,
    tone: 'drawing',
    symbol: geometry.type === 'Point' ? symbol : null,
    label: name === '' ? null : name,
    labelAt: null,
    isDashed: symbol !== null && dashed.has(symbol),
    isFilled: true,
    widthPx: 2.5,
    labelWithinM: null,
    isPickable: true,
  }
}
