// Reads a GeoJSON file whole, in a worker: its features, or what is wrong with it.
import { readFile, stat } from 'node:fs/promises'
import { WanglouError } from '../contract/index.ts'

/** GeoJSON is parsed whole: above this it would not fit the parser's memory. */
const limitBytes = 64_000_000

export interface Feature {
  properties?: Record<string, unknown> | null
  geometry?: { type?: string; coordinates?: unknown } | null
}

/** Features of a FeatureCollection, or the one Feature. @throws WanglouError FILE_TOO_LARGE, FILE_ENCODING, FILE_TRUNCATED, FILE_UNREADABLE, FILE_WRONG_TYPE */
export async function readFeatures(path: string): Promise<Feature[]> {
  const { size } = await stat(path)
  if (size > limitBytes) throw new WanglouError('FILE_TOO_LARGE', { size, limitBytes })
  const parsed = parse(await readFile(path))
  const root = parsed as { type?: string; features?: unknown }
  if (root.type === 'Feature') return [root as Feature]
  if (root.type !== 'FeatureCollection' || !Array.isArray(root.features)) throw new WanglouError('FILE_WRONG_TYPE')
  return root.features.map((feature: unknown) => (typeof feature === 'object' && feature !== null ? (feature as Feature) : {}))
}

function parse(bytes: Buffer): object {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new WanglouError('FILE_ENCODING', { encoding: 'utf-8' }, { cause: error })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch (error) {
    const isCut = error instanceof SyntaxError && /end of JSON input|Unterminated/.test(error.message)
    throw new WanglouError(isCut ? 'FILE_TRUNCATED' : 'FILE_UNREADABLE', {}, { cause: error })
  }
  throw new WanglouError('FILE_WRONG_TYPE')
}
