// The shipped table of what people say: sound, and it speaks for the classes it says it does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { EventWords, readEventWords } from './event-words.ts'

const codes = fileURLToPath(new URL('../../resources/codes', import.meta.url))
const read = <T>(name: string) => JSON.parse(readFileSync(join(codes, name), 'utf8')) as { rows: T[] }
const { rows } = read<{ code: string; sure: string[]; hint: string[] }>('event-words.json')
const types = read<{ code: string }>('event-types.platform2009.json').rows.map(({ code }) => code)
const words = await readEventWords(codes)

describe('the shipped words', () => {
  test.each(rows)('$code is a class of the shipped table, names no word twice, and each sure word speaks for it', ({ code, sure, hint }) => {
    expect(types.some((type) => type.startsWith(code))).toBe(true)
    expect([...sure, ...hint].length).toBe(new Set([...sure, ...hint]).size)
    for (const word of sure)
      expect(
        words.classesIn(word).map((one) => one.code),
        word,
      ).toContain(code)
  })

  test('one hint says nothing, two do; the class that is meant comes first; width and case do not matter', () => {
    expect(words.classesIn('路上有一辆货车')).toEqual([])
    expect(words.classesIn('房子晃得厉害，灯晃').map(({ code }) => code)).toEqual(['11C'])
    expect(words.classesIn('一辆甲醇罐车侧翻，罐体破裂，液体流淌')[0]?.code).toBe('12D')
    expect(words.classesIn('尾矿库水位上涨')[0]?.code).toBe('12B04')
    expect(words.classesIn('')).toEqual([])
  })

  test('is asked by the beginning of a word, by initials, by a sentence', () => {
    expect(words.codesSaid('危化')).toContain('12D')
    expect(words.codesSaid('whp')).toContain('12D')
    expect(words.codesSaid('山上有护林员')).toContain('11G')
    expect(words.codesSaid('火')).toEqual([])
  })
})

test('a table that is not well formed is refused', () => {
  expect(() => new EventWords({ source: '样例', rows: [] })).toThrow()
  expect(() => new EventWords({ source: '样例', rows: [{ code: '氯气', sure: ['氯气'], hint: [] }] })).toThrow()
  expect(() => new EventWords({ source: '样例', rows: [{ code: '12D', sure: ['(a+)+$'], hint: [] }] })).toThrow()
})
