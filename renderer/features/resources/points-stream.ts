// Reads the station's stream of points: columnar chunks, one JSON object a line.
import type { ResourceFilter, ResourceKind } from '../../../native/contract/index.ts'
import type { Marker, Tone } from '../../globe/types.ts'

interface Chunk {
  ids: string[]
  kinds: ResourceKind[]
  lons: number[]
  lats: number[]
  isExpired: boolean[]
}

/** @throws when the station refuses or the line breaks */
export async function* readPoints(filter: ResourceFilter, signal: AbortSignal): AsyncGenerator<Marker[]> {
  const answer = await fetch(`/resources/points?filter=${encodeURIComponent(JSON.stringify(filter))}`, { signal })
  if (!answer.ok || answer.body === null) throw new Error(`points: ${answer.status}`)
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield markersOf(JSON.parse(line) as Chunk)
  }
}

export function markersOf({ ids, kinds, lons, lats, isExpired }: Chunk): Marker[] {
  return ids.map((id, index) => {
    const tone: Tone = kinds[index] === 'protection-target' ? 'target' : 'resource'
    return { id, position: [lons[index] ?? 0, lats[index] ?? 0], tone, symbol: null, caption: null, label: null, isStale: isExpired[index] ?? false }
  })
}
