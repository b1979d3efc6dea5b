// Cuts a message into clauses, character for character, so that every finding can point at the words it came from.
import type { Clause } from './proposal.ts'

/** Longer stretches without a mark are cut, so that reading takes time in proportion to the length of what was pasted. */
const longest = 400
/** Stands for a character that was taken out: no letter, no digit, no end of a clause. */
const blank = '\u00a0'

/** Full width to half width, one character for one: positions stay those of the original. */
export function halfWidth(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    folded += code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : code === 0x3000 ? ' ' : text.charAt(at)
  }
  return folded
}

const denied = [
  // 死亡不是2人是1人, 5时26分，不是5时20分: what is denied is out; what stands beside it is said. A number is never cut in two.
  /(?:而?不是|并非|而非)(?=[^,。;!?\n、是]{0,3}[\d一二两三四五六七八九十])[^,。;!?\n、是]{1,14}(?:(?<=[\d一二两三四五六七八九十百千万])[\d一二两三四五六七八九十百千万.]+)?/gu,
  // 由356人增至402人, 从2人上升到3人
  /[由从][^,。;!?\n由从]{0,3}[\d一二两三四五六七八九十百千]{1,6}\s?[人名](?=[增上升降减更调变核])/gu,
]

/** What is denied in the words, or was so before, is blanked. The text must already be half width. */
export function withoutDenied(text: string): string {
  return denied.reduce((words, pattern) => words.replace(pattern, (found) => blank.repeat(found.length)), text)
}

/** A line or bracket that says who wrote when (`【张 08:05】`, `李 2026/3/12 14:05`) tells of no event. */
const stamps = [
  /[【[(][^】\])\n]{0,20}?\d{1,2}:\d{2}(?::\d{2})?[】\])]/gu,
  /^[^\n:,。]{0,24}?\d{1,2}:\d{2}(?::\d{2})?[ \t]*:?[ \t]*$/gmu,
  /^[^\n:,。\d]{1,16}[ \t]+(?:\d{2,4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ \t]+)?\d{1,2}:\d{2}(?::\d{2})?[ \t]*:/gmu,
]

export function withoutStamps(text: string): string {
  return stamps.reduce((words, pattern) => words.replace(pattern, (found) => blank.repeat(found.length)), text)
}

/** @param ends characters that end a clause; the text must already be half width */
export function clausesOf(text: string, ends = /[,。;!?\n、()“”…]/u): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at)
    const isEnd = at === text.length || (ends.test(character) && !isInNumber(text, at)) || isPause(text, at)
    if (!isEnd && at - start < longest) continue
    const clause = { text: text.slice(start, at + (character === '?' ? 1 : 0)), start, end: character }
    if (clause.text.trim() !== '') clauses.push(clause)
    start = isEnd ? at + 1 : at
  }
  return clauses
}

/** A comma between digits groups thousands. */
function isInNumber(text: string, at: number): boolean {
  return text.charAt(at) === ',' && /\d/.test(text.charAt(at - 1)) && /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5))
}

/** People who type in a hurry put a space where a comma belongs. */
function isPause(text: string, at: number): boolean {
  return /[ \t]/.test(text.charAt(at)) && /\p{Script=Han}/u.test(text.charAt(at - 1)) && /\p{Script=Han}/u.test(text.charAt(at + 1))
}

export function isAsked(clause: string): boolean {
  return /[?？]|吗|么$|是不是|有没有|是否|多少|几个人/u.test(clause)
}

/** Asked, passed on from nowhere, or put right by what stands beside it: no statement to take a value from. */
export function isNoStatement(clause: string): boolean {
  return (
    isAsked(clause) ||
    /听说|听人|刚听|有人发视频|真的假的|网传|网上|谣|传言|据传|传说|有人说|此前|之前报|之前为|原报|原为|原先|先前|起初|不是|而非|并非|不属实|有误|误报|【转】|去年|往年|同期|上次|按预案|按规定|如果|假如|一旦|万一|[人名]以上为|赔偿|应急演练|开展.{0,16}演练|模拟/u.test(
      clause,
    )
  )
}

/** Clauses of the same sentence that stand before this one, a dozen at most: past that nobody can say what the last one speaks of. */
export function sentenceBefore(clauses: readonly Clause[], index: number): Clause[] {
  let from = index
  while (from > Math.max(0, index - 12) && !/[。;!?\n]/u.test(clauses[from - 1]?.end ?? '')) from -= 1
  return clauses.slice(from, index)
}
