// Numbers as people write and say them: 3, 1,200, 1.2万, 十二, 两百, 一千二百. 十几 and 数十 are no numbers.
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }
const digits: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** What a number in Han is written with, for a class of a regular expression. */
export const hanDigits = '〇零一二两俩三仨四五六七八九十百千万'
/** A regular expression's source for one number; what follows decides whether it is one. */
export const numberSource = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,4})?[百千万]?|[${hanDigits}]{1,9})`

/** @returns null for what names no exact number */
export function numberOf(words: string): number | null {
  if (/^\d/.test(words)) {
    const unit = units[words.at(-1) ?? '']
    const value = Number(words.replace(/[百千万]$/u, '').replaceAll(',', ''))
    return unit === undefined ? value : Math.round(value * unit * 1e4) / 1e4
  }
  // 一百五 is a hundred and five to one, a hundred and fifty to another.
  if (words === '' || /[百千万][一二两俩三仨四五六七八九]$/u.test(words)) return null
  let total = 0
  let section = 0
  let digit: number | null = null
  for (const character of words) {
    const unit = units[character]
    if (unit === undefined) {
      const value = digits[character]
      // Two digits in a row (三四人) are a guess of the speaker, not a number.
      if (value === undefined || (digit !== null && digit !== 0)) return null
      digit = value
      continue
    }
    if (unit === 10_000) {
      total += (section + (digit ?? 0)) * unit
      section = 0
    } else section += (digit ?? 1) * unit
    digit = null
  }
  return total + section + (digit ?? 0)
}
