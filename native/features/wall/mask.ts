// What a wall must not show to whoever stands before it: telephones, numbers of identity cards, names of people that an incident is about. Pure.
import { namesOfPeople } from '../../contract/index.ts'

/** 18 digits (the last may be X), or 15 of the old card. */
const identity = /(?<!\d)(\d{6})(\d{8}\d{3}[\dXx]|\d{9})(?!\d)/g
/** Mobile, and area code with number; also with spaces or hyphens between. */
const mobile = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?\d{4}[- ]?(\d{2})\d{2}(?!\d)/g
const landline = /(?<!\d)(0\d{2,3})[- ]?(\d{3,4})\d{4}(?!\d)/g

/**
 * 张小三 reads 张某某, wherever it stands.
 * @param names known from what was reported; those that the words themselves give away are found besides
 */
export function masked(text: string, names: readonly string[] = []): string {
  const numbersGone = text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(identity, '$1************')
    .replace(mobile, '$1****$2**')
    .replace(landline, '$1-****')
  return [...names, ...namesOfPeople(numbersGone)]
    .filter((name) => [...name].length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce((words, name) => words.replaceAll(name, hidden(name)), numbersGone)
}

function hidden(name: string): string {
  const [first = '', ...rest] = [...name]
  return first + '某'.repeat(rest.length)
}
