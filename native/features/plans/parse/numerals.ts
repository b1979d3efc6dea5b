// Numbers as plans write them: 一百二十三, Ⅳ, ４, ④ — read and written.
import { foldText } from '../../../store/fulltext.ts'

const digits = '零一二三四五六七八九'
const legal = '零壹贰叁肆伍陆柒捌玖'
const stems = '甲乙丙丁戊己庚辛壬癸'

/** @returns 0…9999 of Chinese counting words (十二, 一百零三, 两, 〇 as digits), or null */
export function readChinese(words: string): number | null {
  const plain = words
    .replace(/[〇○]/gu, '零')
    .replace(/两/gu, '二')
    .replace(/[壹贰叁肆伍陆柒捌玖]/gu, (digit) => digits[legal.indexOf(digit)] ?? '')
    .replace(/拾/gu, '十')
    .replace(/佰/gu, '百')
    .replace(/仟/gu, '千')
  if (!/^[零一二三四五六七八九十百千]+$/u.test(plain)) return null
  if (!/[十百千]/u.test(plain)) return Number([...plain].map((digit) => digits.indexOf(digit)).join(''))
  let total = 0
  let current = -1
  for (const word of plain) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[word]
    if (unit === undefined) current = digits.indexOf(word)
    else {
      total += (current <= 0 ? 1 : current) * unit
      current = 0
    }
  }
  return total + Math.max(0, current)
}

/** @returns a whole number in any of the writings above, or null */
export function readNumber(words: string): number | null {
  const plain = foldText(words).trim()
  if (/^\d{1,6}$/.test(plain)) return Number(plain)
  if (/^[ivx]{1,7}$/.test(plain)) return readRoman(plain)
  return readChinese(plain)
}

function readRoman(words: string): number | null {
  const values: Record<string, number> = { i: 1, v: 5, x: 10 }
  let total = 0
  for (let i = 0; i < words.length; i += 1) {
    const value = values[words[i] ?? ''] ?? 0
    total += value < (values[words[i + 1] ?? ''] ?? 0) ? -value : value
  }
  return roman(total) === words ? total : null
}

/** @returns 一 … 九千九百九十九 */
export function chinese(value: number): string {
  if (value < 10) return digits[value] ?? ''
  if (value < 20) return '十' + (value === 10 ? '' : (digits[value - 10] ?? ''))
  let words = ''
  let isGap = false
  for (const [size, unit] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit === 0) isGap = words !== ''
    else {
      words += (isGap ? '零' : '') + (digits[digit] ?? '') + unit
      isGap = false
    }
  }
  return words
}

export function roman(value: number): string {
  let rest = value
  let words = ''
  for (const [size, letters] of [
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const) {
    while (rest >= size) {
      words += letters
      rest -= size
    }
  }
  return words
}

/** One counter of an automatic list in the given format (ECMA-376 Part 1 §17.18.59 ST_NumberFormat); unknown formats fall back to digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
      return ''
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
      return chinese(value)
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
      return [...String(value)].map((digit) => (digit === '0' ? '〇' : digits[Number(digit)])).join('')
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
      return [...chinese(value)]
        .map((word) => (digits.includes(word) ? legal[digits.indexOf(word)] : ({ 十: '拾', 百: '佰', 千: '仟' }[word] ?? word)))
        .join('')
    case 'ideographTraditional':
      return stems[(value - 1) % 10] ?? String(value)
    case 'upperRoman':
      return roman(value).toUpperCase()
    case 'lowerRoman':
      return roman(value)
    case 'upperLetter':
      return String.fromCharCode(64 + (((value - 1) % 26) + 1))
    case 'lowerLetter':
      return String.fromCharCode(96 + (((value - 1) % 26) + 1))
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return [...String(value)].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('')
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return value <= 20 ? String.fromCharCode(0x2460 + value - 1) : String(value)
    default:
      return String(value)
  }
}
