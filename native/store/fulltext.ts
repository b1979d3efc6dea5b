// Full text for Chinese: text → tokens for an FTS5 column (tokenize unicode61), query → MATCH expression, and where the hits stand.
//
// FTS5's own tokenizers cannot find words of one or two Han characters. So a run of Han is indexed as its overlapping pairs, in order, and as its
// single characters after them: 渭南市 → `渭南 南市 渭 南 市`. A query run of two or more is a phrase of pairs, which is an exact substring test.

const HAN = /\p{Script=Han}/u
const PIECE = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
/** Stands between two runs where a pair of one could otherwise join a pair of the next (大火，火灾 is not 大火灾). A private-use letter: nobody types it. */
const BOUNDARY = '\uE000'
/** Opens the spelling of a Han character that unicode61 (Unicode 6.1) does not take for a letter. */
const SPELLED = '\uE001'
const MAX_PIECES = 32

/** Folds one code point for search: full width to half width, compatibility forms, case, accents. Never for storing. */
function foldPoint(point: string): string {
  if (point <= '\x7f') return point.toLowerCase()
  if (point >= '\u4e00' && point <= '\u9fcc') return point
  return point.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}

/** ASCII, common Han, Chinese punctuation, full-width forms: each folds to exactly one unit, and nearly every text is made of nothing else. */
const PLAIN = /^[\x00-\x7f\u4e00-\u9fcc\u3001-\u3011\u201c\u201d\uff01-\uff5e]*$/u

function foldPlain(text: string): string {
  return text.toLowerCase().replaceAll(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** @returns the text as search sees it: full width, case and accents folded, code point by code point */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return foldPlain(text)
  let folded = ''
  for (const point of text) folded += foldPoint(point)
  return folded
}

function hanToken(point: string): string {
  if ((point >= '\u4e00' && point <= '\u9fcc') || (point >= '\u3400' && point <= '\u4db5') || point === '〇' || point === '々') return point
  return SPELLED + (point.codePointAt(0) ?? 0).toString(16)
}

function pairs(run: readonly string[]): string[] {
  const tokens: string[] = []
  for (let i = 1; i < run.length; i += 1) tokens.push((run[i - 1] ?? '') + (run[i] ?? ''))
  return tokens
}

function pieces(text: string): string[] {
  return foldText(text).match(PIECE) ?? []
}

/** @returns tokens separated by spaces, to be stored in an FTS5 column with `tokenize = 'unicode61'`; empty when nothing can be searched */
export function indexText(text: string): string {
  const { ordered, singles, rare } = tokensOf(text)
  return (ordered + singles + rare).slice(1)
}

/** `indexText` without single characters but rare ones: where one alone would be found in nearly every row and says nothing. */
export function indexPairs(text: string): string {
  const { ordered, rare } = tokensOf(text)
  return (ordered + rare).slice(1)
}

/** Each token behind a space: words and pairs as they follow one another, single characters, and those that have to be spelled. */
interface Tokens {
  ordered: string
  singles: string
  rare: string
}

function tokensOf(text: string): Tokens {
  if (PLAIN.test(text)) return tokensOfPlain(foldPlain(text))
  const tokens: Tokens = { ordered: '', singles: '', rare: '' }
  // Of what stands last in their order: a single character has no pair, and leaves the one before it last.
  let lastOfPair = ''
  for (const piece of pieces(text)) {
    if (!HAN.test(piece)) {
      tokens.ordered += ` ${piece}`
      lastOfPair = ''
      continue
    }
    const run = Array.from(piece, hanToken)
    for (const token of run) tokens[token.startsWith(SPELLED) ? 'rare' : 'singles'] += ` ${token}`
    if (run.length === 1) continue
    if (run[0] === lastOfPair) tokens.ordered += ` ${BOUNDARY}`
    for (const pair of pairs(run)) tokens.ordered += ` ${pair}`
    lastOfPair = run.at(-1) ?? ''
  }
  return tokens
}

/** The same unit by unit: every row of an import goes through here. */
function tokensOfPlain(folded: string): Tokens {
  const tokens: Tokens = { ordered: '', singles: '', rare: '' }
  let lastOfPair = 0
  for (let start = 0; start < folded.length;) {
    const first = folded.charCodeAt(start)
    const isKind = isPlainHan(first) ? isPlainHan : isPlainLetter
    let end = start
    while (end < folded.length && isKind(folded.charCodeAt(end))) end += 1
    if (end === start) {
      start += 1
      continue
    }
    if (isKind === isPlainLetter) {
      tokens.ordered += ` ${folded.slice(start, end)}`
      lastOfPair = 0
    } else {
      if (first === lastOfPair && end - start > 1) tokens.ordered += ` ${BOUNDARY}`
      for (let at = start + 1; at < end; at += 1) tokens.ordered += ` ${folded.slice(at - 1, at + 1)}`
      for (let at = start; at < end; at += 1) tokens.singles += ` ${folded[at]}`
      if (end - start > 1) lastOfPair = folded.charCodeAt(end - 1)
    }
    start = end
  }
  return tokens
}

/** 々 and 〇 are Han too. */
function isPlainHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fcc) || unit === 0x3005 || unit === 0x3007
}

/** Latin letters, digits, 〆. */
function isPlainLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x3006
}

/**
 * An FTS5 MATCH expression: every piece of the query must occur; a run of Han is an exact substring; a Latin or digit word of two or more characters also
 * finds words that begin with it.
 * @returns null when the query holds nothing to search for (empty, punctuation): show everything or nothing, but do not ask FTS5
 */
export function matchQuery(query: string): string | null {
  const terms = pieces(query)
    .slice(0, MAX_PIECES)
    .map((piece) => {
      if (!HAN.test(piece)) return piece.length > 1 ? `"${piece}"*` : `"${piece}"`
      const run = Array.from(piece, hanToken)
      return `"${(run.length === 1 ? run : pairs(run)).join(' ')}"`
    })
  return terms.length === 0 ? null : terms.join(' AND ')
}

/** @returns where the query's pieces stand in the text as it is stored: `[start, end)` in UTF-16 units, sorted, merged where they touch */
export function hitRanges(text: string, query: string): [number, number][] {
  return hitFinder(query)(text)
}

/** `hitRanges` for many texts: the query is read once. */
export function hitFinder(query: string): (text: string) => [number, number][] {
  const wanted = [...new Set(pieces(query).slice(0, MAX_PIECES))].map((piece) => ({ piece, isHan: HAN.test(piece) }))
  const hitsIn = (folded: string) => wanted.flatMap(({ piece, isHan }) => occurrences(folded, piece, isHan))
  return (text) => {
    if (wanted.length === 0) return []
    if (PLAIN.test(text)) return mergeRanges(hitsIn(foldPlain(text)))
    const { folded, origin } = foldWithOrigin(text)
    return mergeRanges(hitsIn(folded).map(([start, end]) => [origin[start] ?? 0, endOf(origin, end)]))
  }
}

/** With each folded unit the place in the text that it came from. */
function foldWithOrigin(text: string): { folded: string; origin: number[] } {
  let folded = ''
  const origin: number[] = []
  let offset = 0
  for (const point of text) {
    const shape = foldPoint(point)
    for (let i = 0; i < shape.length; i += 1) origin.push(offset)
    folded += shape
    offset += point.length
  }
  origin.push(offset)
  return { folded, origin }
}

/** A folded unit may be one of several that came from one character (㈠ → (一)): a range ends where the next character begins. */
function endOf(origin: readonly number[], end: number): number {
  let at = end
  while (at < origin.length - 1 && origin[at] === origin[at - 1]) at += 1
  return origin[at] ?? 0
}

function occurrences(folded: string, piece: string, isHan: boolean): [number, number][] {
  const found: [number, number][] = []
  for (let at = folded.indexOf(piece); at >= 0; at = folded.indexOf(piece, at + piece.length)) {
    const isWordStart = isHan || at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? '') || HAN.test(folded[at - 1] ?? '')
    if (isWordStart) found.push([at, at + piece.length])
  }
  return found
}

function mergeRanges(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = []
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
