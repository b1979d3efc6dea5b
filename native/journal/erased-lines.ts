// The lines of an import's file without the values that were erased: as long as before, byte for byte, so that an import half way through goes on.
import { importedId } from '../kernel/ids.ts'

/** How the rows of a file are read, and what is to go from which of them. */
export interface Reading {
  dataset: string
  source: string
  columns: readonly string[]
  /** Erased columns by row id. */
  erased: ReadonlyMap<string, readonly string[]>
}

/** Lines of a stream, each with its line feed; never more than a chunk and a line in memory. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield bytes.subarray(from, end + 1)
      from = end + 1
    }
    rest = bytes.subarray(from)
  }
  if (rest.length > 0) yield rest
}

/**
 * @param readings every way the file is read: what another import takes from the same place stays
 * @returns the line without what was erased in it; the very line where nothing was
 */
export function erasedLine(line: Buffer, readings: readonly Reading[]): Buffer {
  const values = parsed(line.toString('utf8'))
  if (!Array.isArray(values) || typeof values[0] !== 'string') return line
  const key = values[0]
  const places = readings
    .filter(({ columns }) => values.length === columns.length + 1)
    // The key stands before the values of the columns.
    .map(({ dataset, source, columns, erased }) => (erased.get(importedId(dataset, source, key)) ?? []).map((column) => columns.indexOf(column) + 1))
  const [first = [], ...rest] = places
  const full = first.filter((place) => place > 0 && rest.every((other) => other.includes(place)) && values[place] !== null && values[place] !== '')
  return full.length === 0 ? line : without(line, full)
}

function without(line: Buffer, places: readonly number[]): Buffer {
  const result = Buffer.from(line)
  const spans = elementSpans(line)
  for (const place of places) {
    const [start, end] = spans[place] ?? [0, 0]
    const length = end - start
    // White space between values means nothing in JSON. Where `null` does not fit, readers take it for null all the same: the cell is known as erased.
    const left = length >= 4 ? 'null' : line[start] === quote ? '""' : '0'
    result.write(left.padEnd(length), start, 'latin1')
  }
  return result
}

const [quote, backslash, comma, open, close, brace, unbrace] = [...Buffer.from('"\\,[]{}')]

/** Where the elements of a JSON array stand: `[start, end)` in bytes. */
export function elementSpans(line: Uint8Array): [number, number][] {
  const spans: [number, number][] = []
  let [depth, start, isInText] = [0, 0, false]
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at]
    if (isInText) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInText = false
    } else if (byte === quote) isInText = true
    else if (byte === open || byte === brace) {
      depth += 1
      if (depth === 1) start = at + 1
    } else if (byte === close || byte === unbrace) {
      depth -= 1
      if (depth === 0) spans.push(trimmed(line, start, at))
    } else if (byte === comma && depth === 1) {
      spans.push(trimmed(line, start, at))
      start = at + 1
    }
  }
  return spans
}

function trimmed(line: Uint8Array, start: number, end: number): [number, number] {
  while (start < end && (line[start] ?? 0) <= 32) start += 1
  while (end > start && (line[end - 1] ?? 0) <= 32) end -= 1
  return [start, end]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
