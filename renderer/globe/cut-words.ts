// Words whose end would lie beyond the edge of the sheet are cut with a mark. Pure.

/** Fewer than this say nothing. */
const leastCharacters = 3

/** @returns as many characters as fit into `roomPx`, with `…` where some are missing; null = not even the first few have room */
export function cutWords(text: string, { roomPx, widthOf }: { roomPx: number; widthOf: (text: string) => number }): string | null {
  if (widthOf(text) <= roomPx) return text
  const characters = [...text]
  let fit = characters.length - 1
  while (fit >= leastCharacters && widthOf(`${characters.slice(0, fit).join('')}…`) > roomPx) fit -= 1
  return fit < leastCharacters ? null : `${characters.slice(0, fit).join('')}…`
}
