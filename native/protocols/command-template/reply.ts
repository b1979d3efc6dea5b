// Whether a reply is what was awaited, and the value in it. Pure, in time proportional to its length.
import type { CommandTemplate } from '../../contract/index.ts'

export const replyLimitBytes = 4_096
const value = /^[0-9A-Za-z._-]+/

/** The text a pattern is held against: characters, or upper-case hexadecimal digits. */
export function replyText(bytes: Buffer, encoding: CommandTemplate['encoding']): string {
  const cut = bytes.subarray(0, replyLimitBytes)
  return encoding === 'hex' ? cut.toString('hex').toUpperCase() : cut.toString('utf8').replaceAll('\0', '').trim()
}

/** @returns null = not what was awaited; `value` is '' where the pattern reads none */
export function matchReply(text: string, pattern: string, encoding: CommandTemplate['encoding']): { value: string } | null {
  const wanted = encoding === 'hex' ? hexPattern(pattern) : pattern
  const [before = '', after] = wanted.split('{value}')
  if (after === undefined) return findPieces(text, before, 0) === null ? null : { value: '' }
  // In hexadecimal, what is read has as many digits as stand to the end or the next piece: two.
  for (let at = findPieces(text, before, 0); at !== null; at = findPieces(text, before, at.start + 1)) {
    const rest = text.slice(at.end)
    const read = encoding === 'hex' ? rest.slice(0, 2) : (value.exec(rest)?.[0] ?? '')
    if (read !== '' && startsWith(rest.slice(read.length), after)) return { value: read }
    if (before === '') return null
  }
  return null
}

function hexPattern(pattern: string): string {
  return pattern
    .split('{value}')
    .map((part) => part.replace(/\s+/g, '').toUpperCase())
    .join('{value}')
}

/** The pieces between `*` in order; `start` of the first, `end` of the last. */
function findPieces(text: string, pattern: string, from: number): { start: number; end: number } | null {
  let start: number | null = null
  let end = from
  for (const piece of pattern.split('*')) {
    const at = findPiece(text, piece, end)
    if (at < 0) return null
    start ??= at
    end = at + piece.length
  }
  return { start: start ?? from, end }
}

function startsWith(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (!isAt(text, first, 0)) return false
  return rest.length === 0 || findPieces(text, rest.join('*'), first.length) !== null
}

function findPiece(text: string, piece: string, from: number): number {
  for (let at = from; at + piece.length <= text.length; at += 1) if (isAt(text, piece, at)) return at
  return -1
}

function isAt(text: string, piece: string, at: number): boolean {
  if (at + piece.length > text.length) return false
  for (let index = 0; index < piece.length; index += 1) if (piece[index] !== '?' && piece[index] !== text[at + index]) return false
  return true
}
