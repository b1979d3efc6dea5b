// The imagery that comes with the program: always there, network or none, a blur at the scale of a province.
import { builtInGround } from '../../native/contract/index.ts'
import type { Ground } from './types.ts'

export const baseGround: Ground = {
  id: builtInGround,
  kind: 'natural-earth',
  url: '',
  tiling: 'geographic',
  minLevel: 0,
  maxLevel: 2,
  box: null,
  datum: 'wgs84',
  opacity: 1,
  isVisible: true,
}
