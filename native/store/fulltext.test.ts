import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldText, hitRanges, indexPairs, indexText, matchQuery } from './fulltext.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
console.info(`fulltext property seed ${seed}`)

let db: DatabaseSync
beforeAll(() => {
  db = new DatabaseSync(':memory:')
  db.exec("CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'unicode61')")
})
afterAll(() => db.close())

/** Whether FTS5 finds the query in the text. */
function finds(text: string, query: string): boolean {
  db.exec('DELETE FROM words')
  db.prepare('INSERT INTO words(rowid, body) VALUES (1, ?)').run(indexText(text))
  const match = matchQuery(query)
  return match !== null && db.prepare('SELECT rowid FROM words WHERE words MATCH ?').all(match).length === 1
}

const han = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }) },
  { weight: 2, arbitrary: fc.integer({ min: 0x3400, max: 0x4dbf }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x20000, max: 0x2a6df }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x30000, max: 0x3134a }) },
  { weight: 1, arbitrary: fc.constantFrom(0x3007, 0x3005, 0xf900, 0x2f00, 0x2e80) },
)
const hanText = fc.array(han, { minLength: 1, maxLength: 40 }).map((points) => String.fromCodePoint(...points))
/** Few characters, so that pairs repeat and runs meet. */
const crowded = fc.string({ unit: fc.constantFrom('火', '大', '灾', '山', '，', '。', ' '), maxLength: 24 })
const crowdedQuery = fc.string({ unit: fc.constantFrom('火', '大', '灾', '山'), minLength: 1, maxLength: 5 })

describe('full text', () => {
  it('finds every substring of Han text, of any length', () => {
    fc.assert(
      fc.property(hanText, fc.nat(), fc.nat(), (text, a, b) => {
        const points = Array.from(text)
        const start = a % points.length
        const end = start + 1 + (b % (points.length - start))
        expect(finds(text, points.slice(start, end).join(''))).toBe(true)
      }),
      { seed, numRuns: 400 },
    )
  })

  it('finds a run of Han exactly where it is a substring, and nowhere else', () => {
    fc.assert(
      fc.property(crowded, crowdedQuery, (text, query) => {
        expect(finds(text, query)).toBe(text.includes(query))
      }),
      { seed, numRuns: 800, examples: [['山大。火。大火', '山大火']] },
    )
  })

  it('highlights what it finds', () => {
    fc.assert(
      fc.property(crowded, crowdedQuery, (text, query) => {
        const ranges = hitRanges(text, query)
        expect(ranges.length > 0).toBe(text.includes(query))
        for (const [start, end] of ranges) expect(text.slice(start, end)).toContain(query)
      }),
      { seed, numRuns: 400 },
    )
  })

  it('folds full width, case and accents in search', () => {
    expect(foldText('ＡＢｃ１２３Éé㎡')).toBe('abc123eem2')
    expect(finds('联系电话：０９１３－０１００００１', '0913')).toBe(true)
    expect(finds('氯气（Ｃｌ２）泄漏', 'cl2')).toBe(true)
    expect(finds('启动Ⅱ级响应', 'II级')).toBe(true)
  })

  it('folds plain text as it folds any other', () => {
    // ㎡ is not plain: beside it everything goes the long way.
    for (let unit = 0; unit < 0x10000; unit += 1) {
      if (unit >= 0xd800 && unit < 0xe000) continue
      const point = String.fromCharCode(unit)
      if (`${foldText(point)}m2` !== foldText(`${point}㎡`)) expect.fail(`U+${unit.toString(16)}: ${foldText(point)}`)
    }
    expect(hitRanges('Ｃｌ２：氯气，ＣＬ２', 'cl2 氯')).toEqual(hitRanges('Ｃｌ２：氯气，ＣＬ２㎡', 'cl2 氯'))
  })

  it('finds words of one and two characters, Latin words by their beginning, all pieces together', () => {
    const text = '渭南市临渭区 chlorine 氯气泄漏 3000吨'
    for (const query of ['渭', '渭南', '氯', '吨', 'chlo', '3000', '渭南 氯气', '泄漏3000']) expect(finds(text, query), query).toBe(true)
    for (const query of ['南渭', '渭区临', 'lorine', '渭南 地震', '市区']) expect(finds(text, query), query).toBe(false)
  })

  it('does not join two runs', () => {
    expect(finds('发生大火，火灾扑灭', '大火灾')).toBe(false)
    expect(finds('发生大火，火灾扑灭', '火灾')).toBe(true)
  })

  it('takes any words of a person for a query without breaking the expression', () => {
    for (const query of ['', '  ', '。，', '"', '*', '\uE000']) expect(matchQuery(query)).toBeNull()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (query) => {
        expect(() => finds('任意 words', query)).not.toThrow()
      }),
      { seed, numRuns: 400 },
    )
  })

  it('names hits in the text as stored', () => {
    expect(hitRanges('第㈠章 氯气', '一')).toEqual([[1, 2]])
    expect(hitRanges('０９１３－０１００００１', '0913')).toEqual([[0, 4]])
    expect(hitRanges('氯气，氯气泄漏', '氯气 泄漏')).toEqual([
      [0, 2],
      [3, 7],
    ])
  })

  it('makes the same tokens of plain text whichever way it goes', () => {
    const plain = fc.string({
      unit: fc.constantFrom('火', '大', '灾', '々', '〇', '〆', 'a', 'Z', '7', '０', 'Ａ', '，', '【', ' ', '-'),
      maxLength: 24,
    })
    const sorted = (tokens: string) => tokens.split(' ').sort()
    fc.assert(
      fc.property(plain, (text) => {
        // é takes the whole text the general way, and is one more token at its end.
        for (const index of [indexText, indexPairs]) expect(sorted(index(`${text} é`))).toEqual(sorted(`${index(text)} e`.trimStart()))
      }),
      { seed, numRuns: 800 },
    )
  })

  it('leaves single characters out where asked, but for rare ones that must be spelled', () => {
    expect(indexPairs('渭南市 3号𠮷').split(' ')).toEqual(['渭南', '南市', '3', '号\uE00120bb7', '\uE00120bb7'])
    expect(indexText('渭南').split(' ')).toEqual(['渭南', '渭', '南'])
  })
})
