// How little of a personal value is shown: what was looked for with a few letters around it, or so much that a record is known again.

const around = 10
/** Longer is a text, not a name or a number. */
export const longestName = 40

/** @param found where in `value` what was looked for begins; below zero = it is not there */
export function excerptOf(value: string, found: number, length: number): string {
  const points = [...value]
  if (found >= 0) {
    const start = [...value.slice(0, found)].length
    const end = start + [...value.slice(found, found + length)].length
    const from = Math.max(0, start - around)
    const to = Math.min(points.length, end + around)
    return `${from > 0 ? '…' : ''}${points.slice(from, to).join('')}${to < points.length ? '…' : ''}`
  }
  if (/^[\d\s+()-]{7,}$/.test(value)) return `…${points.slice(-4).join('')}`
  if (points.length <= longestName) return `${points[0] ?? ''}${'*'.repeat(Math.min(points.length - 1, 4))}`
  return `${points.slice(0, around).join('')}…`
}
