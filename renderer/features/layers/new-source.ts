// What the form for a new online layer holds, and the source it makes.
import { type OnlineLayerInput, type TiandituLayer, tianditu, type Tiling, wmtsTemplate } from '../../../native/contract/index.ts'

export type SourceKind = 'tianditu' | 'wmts' | 'xyz' | 'tiles3d'

export interface SourceForm {
  kind: SourceKind
  name: string
  address: string
  key: string
  keyParameter: string
  layer: string
  matrixSet: string
  format: string
  tianditu: TiandituLayer
  tiling: Tiling
  levelOffset: number
  maxLevel: number
  datum: 'wgs84' | 'gcj02'
  maxAgeDays: number
  attribution: string
  reviewNumber: string
}

export function emptyForm(): SourceForm {
  return {
    kind: 'tianditu',
    name: '',
    address: '',
    key: '',
    keyParameter: '',
    layer: '',
    matrixSet: '',
    format: 'image/png',
    tianditu: 'img',
    tiling: 'mercator',
    levelOffset: 0,
    maxLevel: 18,
    datum: 'wgs84',
    maxAgeDays: 30,
    attribution: '',
    reviewNumber: '',
  }
}

/** Without its scheme an address is https. */
function withScheme(address: string): string {
  const trimmed = address.trim()
  return /^https?:\/\//i.test(trimmed) || trimmed === '' ? trimmed : `https://${trimmed}`
}

export function toInput(form: SourceForm): OnlineLayerInput {
  const common = {
    name: form.name.trim(),
    attribution: form.attribution.trim() || null,
    reviewNumber: form.reviewNumber.trim() || null,
    key: form.key.trim() || null,
  }
  const maxAgeHours = form.maxAgeDays * 24
  const { tiling, levelOffset, datum, maxLevel } = form
  const grid = { kind: 'tiles' as const, subdomains: [], tiling, levelOffset, minLevel: 0, maxLevel, box: null, datum, maxAgeHours }
  const address = withScheme(form.address)
  switch (form.kind) {
    case 'tianditu':
      return { ...common, source: { ...tianditu(form.tianditu, tiling), maxAgeHours } }
    case 'tiles3d':
      return { ...common, source: { kind: 'tiles3d', url: address, maxAgeHours } }
    case 'wmts': {
      const { layer, matrixSet, format } = form
      const template = wmtsTemplate({
        url: address,
        layer,
        style: 'default',
        matrixSet,
        format,
        tiling,
        levelOffset,
        keyParameter: form.keyParameter.trim() || null,
      })
      return { ...common, source: { ...grid, template } }
    }
    case 'xyz':
      return { ...common, source: { ...grid, template: address } }
    default:
      return form.kind satisfies never
  }
}

/** What is still missing, as a key of the form's words; null = it can be sent. */
export function missing(form: SourceForm): string | null {
  if (form.name.trim() === '') return 'name'
  if (form.kind === 'tianditu') return form.key.trim() === '' ? 'key' : null
  if (form.address.trim() === '') return 'address'
  if (form.kind === 'wmts') return form.layer.trim() === '' ? 'layer' : form.matrixSet.trim() === '' ? 'matrixSet' : null
  return form.kind === 'xyz' && !/\{z\}.*\{x\}|\{x\}.*\{z\}/.test(form.address) ? 'addressXyz' : null
}
