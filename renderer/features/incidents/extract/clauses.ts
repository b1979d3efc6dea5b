// Cuts a message into clauses, character for character, so that every finding can point at the words it came from.
import type { Clause } from './proposal.ts'

/** Full width to half width, one character for one: positions stay those of the original. */
export function halfWidth(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    folded += code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : code === 0x3000 ? ' ' : text.charAt(at)
  }
  return folded
}

/** @param ends characters that end a clause; the text must already be half width */
export function clausesOf(text: string, ends = /[,。;!?\n、]/u): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at)
    // A colon between digits is a clock, a comma between digits groups thousands.
    const isInNumber = character === ',' && /\d/.test(text.charAt(at - 1)) && /^\d{3}(?!\d)/.test(text.slice(at + 1))
    if (at < text.length && (!ends.test(character) || isInNumber)) continue
    const clause = { text: text.slice(start, at + (character === '?' ? 1 : 0)), start }
    if (clause.text.trim() !== '') clauses.push(clause)
    start = at + 1
  }
  return clauses
}

/** Asked, passed on from nowhere, or put right by what stands beside it: no statement to take a value from. */
export function isNoStatement(clause: string): boolean {
  return /[?？]|吗|么$|是不是|有没有|是否|多少|几个人|听说|网传|网上|谣|传言|据传|传说|此前|之前报|之前为|原报|原先|先前|起初|不是|而非|并非|不属实|【转】/u.test(
    clause,
  )
}
