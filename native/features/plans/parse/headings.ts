// Reads the number a paragraph begins with (第一章, 一、, （一）, 1.1, 1．1．1, 附件 2) and says what kind of numbering it is.
import { readNumber } from './numerals.ts'

export type NumberKind = 'annex' | 'chapter' | 'section' | 'article' | 'han' | 'han-paren' | 'decimal' | 'decimal-paren' | 'circled'

export interface LeadingNumber {
  kind: NumberKind
  /** As written. */
  number: string
  /** The last component: 3 of 4.2.3; null = an annex without a number. */
  value: number | null
  /** Components of a decimal number, 1 for all others. */
  parts: number
  /** What follows. */
  rest: string
}

const han = '[一二三四五六七八九十百零〇]{1,5}'
const patterns: [NumberKind, RegExp][] = [
  ['annex', /^(?:附件|附录|附表|附图)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[:.、]\s*|\s+|$|(?=[^\d所中第的之]))/u],
  ['chapter', new RegExp(`^第\\s*(${han}|\\d{1,3})\\s*(?:编|章|部分)[\\s、.:]*`, 'u')],
  ['section', new RegExp(`^第\\s*(${han}|\\d{1,3})\\s*节[\\s、.:]*`, 'u')],
  ['article', new RegExp(`^第\\s*(${han}|\\d{1,3})\\s*条[\\s、.:]*`, 'u')],
  ['han', /^([一二三四五六七八九十]{1,3})(?:、|[.](?!\d))\s*/u],
  ['han-paren', /^\(\s*([一二三四五六七八九十]{1,3})\s*\)[、.]?\s*/u],
  ['decimal', /^((?:[1-9]\d?)(?:\s?[.]\s?\d{1,2}){1,5})(?:[.、]\s*|\s+|(?=[\p{Script=Han}A-Za-z(《“]))/u],
  ['decimal', /^([1-9]\d?)(?:[.、](?!\d)\s*|[\s\u3000]+(?=[\p{Script=Han}A-Za-z《“(]))/u],
  ['decimal-paren', /^\(\s*(\d{1,2})\s*\)[、.]?\s*/u],
  ['circled', /^([①-⑳])[、.]?\s*/u],
]

/** Full width to half width, character for character, so that places stay the same. */
export function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')
}

/** @returns the number at the beginning of a text, or null */
export function leadingNumber(text: string): LeadingNumber | null {
  const plain = halfWidth(text)
  for (const [kind, pattern] of patterns) {
    const found = pattern.exec(plain)
    if (found === null) continue
    const words = (found[1] ?? '').replace(/\s/g, '')
    const parts = words.split('.')
    return {
      kind,
      number: text
        .slice(0, found[0].length)
        .trim()
        .replace(/[:：]$/u, ''),
      value: kind === 'circled' ? (words.codePointAt(0) ?? 0) - 0x245f : words === '' ? null : readNumber(parts.at(-1) ?? ''),
      parts: kind === 'decimal' ? parts.length : 1,
      rest: text.slice(found[0].length).trim(),
    }
  }
  return null
}

export function startsNumbered(text: string): boolean {
  return leadingNumber(text) !== null
}

/** The numbering of one depth: 1.1 and 1.2 have the same, 1.1 and 1.1.1 not. */
export function numberKey(number: LeadingNumber): string {
  return number.kind === 'decimal' ? `decimal${number.parts}` : number.kind
}
