// A camera with nothing but what a test says of it.
import type { CameraSave } from '../../../contract/index.ts'

export const plainCamera = {
  id: null,
  area: null,
  owner: '',
  device: '',
  channel: '',
  position: null,
  heightM: null,
  azimuthDeg: null,
  viewDeg: null,
  rangeM: null,
  hasPtz: false,
  subAddress: null,
  transport: 'auto',
  note: '',
} as const satisfies Partial<CameraSave>
