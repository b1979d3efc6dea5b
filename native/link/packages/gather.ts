// Puts the parts of a package in order, whichever way they were handed in; names those that are damaged and those that are missing.
import { type PartHead, type PartSource, readPart } from './part-reader.ts'
import { refusalOf, refused } from './refusal.ts'

export interface GatheredParts {
  id: string
  /** Every part once, in order, each as it was made. */
  parts: PartSource[]
}

interface Read {
  source: PartSource
  head: PartHead | null
  count: number
  /** Why it is no good; null = it is as it was made. */
  refusal: Error | null
}

/** Numbers named in a refusal at most. */
const namedLimit = 20

/**
 * A damaged part is forgiven where a good copy of it was handed in too.
 * @throws WanglouError PACKAGE_REFUSED: no-package, version, truncated, tampered, parts-missing
 */
export async function gatherParts(sources: readonly PartSource[]): Promise<GatheredParts> {
  const read: Read[] = []
  for (const source of sources) read.push(await readWhole(source))
  const good = new Map<number, Read>()
  for (const one of read) if (one.refusal === null && one.head !== null && !good.has(one.head.index)) good.set(one.head.index, one)
  const bad = read.find((one) => one.refusal !== null && !hasGoodCopy(one, good))
  if (bad?.refusal) throw bad.refusal

  const [first] = good.values()
  if (first?.head === undefined || first.head === null) throw refused('no-package')
  const { id } = first.head
  const stranger = read.find((one) => one.head?.id !== id)
  if (stranger !== undefined) throw refused('parts-missing', { part: stranger.source.name })
  return { id, parts: inOrder(good) }
}

function hasGoodCopy({ head }: Read, good: ReadonlyMap<number, Read>): boolean {
  return head !== null && good.get(head.index)?.head?.id === head.id
}

function inOrder(good: ReadonlyMap<number, Read>): PartSource[] {
  const last = [...good.values()].find((one) => one.count > 0)
  const highest = Math.max(...good.keys())
  const count = last?.count ?? highest + 1
  if (last !== undefined && (last.head?.index !== count || highest > count)) throw refused('tampered', { part: last.source.name })
  const missing: number[] = []
  const parts: PartSource[] = []
  for (let index = 1; index <= count && missing.length < namedLimit; index += 1) {
    const part = good.get(index)
    if (part === undefined) missing.push(index)
    else parts.push(part.source)
  }
  if (missing.length > 0) throw refused('parts-missing', { missing: missing.join(', ') })
  return parts
}

async function readWhole(source: PartSource): Promise<Read> {
  let head: PartHead | null = null
  const frames = readPart(source, (found) => {
    head = found
  })
  try {
    let next = await frames.next()
    while (next.done !== true) next = await frames.next()
    return { source, head, count: next.value.count, refusal: null }
  } catch (error) {
    if (refusalOf(error) === null) throw error
    return { source, head, count: 0, refusal: error as Error }
  }
}
