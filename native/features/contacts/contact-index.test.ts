// Found as people type: words, digits, full pinyin with the local readings, initials.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../../contract/index.ts'
import { ContactIndex } from './contact-index.ts'
import { syllables } from '../../kernel/pinyin.ts'
import type { PlainUnit } from './contacts.repository.ts'

const unit = (name: string, dutyTelephone: string | null = null): PlainUnit => ({
  id: name,
  code: null,
  name,
  superior: null,
  kind: 'county',
  covers: [],
  dutyTelephone,
  dutyTelephoneVerifiedAt: null,
  dutyTelephoneVerifiedByName: '',
  wrong: null,
  rank: 0,
  address: '',
  note: '',
  source: null,
  isSample: false,
})
const contact = (unitName: string, post: string, name: string, number: string): Contact => ({
  id: `${unitName}${post}${name}`,
  unit: unitName,
  unitName: null,
  post,
  name,
  telephones: [{ kind: 'office', number, verifiedAt: null, verifiedByName: '', wrong: null }],
  rank: 0,
  note: '',
  source: null,
  isSample: false,
})
const counties = ['吴堡县', '柞水县', '华州区', '鄠邑区', '佛坪县', '华阴市', '略阳县', '府谷县', '扶风县', '凤县']
const index = new ContactIndex(
  counties.map((county, at) => unit(`${county}应急管理局`, `0913-010000${at}`)),
  [contact('吴堡县应急管理局', '应急科科长', '样例甲', '0912-0100044'), contact('华州区应急管理局', '值班室', '', '0913-0100055 转 801')],
)
const titles = (query: string) => index.search(query, 20).map(({ title }) => title)

test.each([
  ['wubu', '吴堡县应急管理局'],
  ['zhashui', '柞水县应急管理局'],
  ['huazhou', '华州区应急管理局'],
  ['huyi', '鄠邑区应急管理局'],
  ['fp', '佛坪县应急管理局'],
  ['lveyang', '略阳县应急管理局'],
  ['LÜEYANG', '略阳县应急管理局'],
  ['wb', '吴堡县应急管理局'],
  ['吴堡', '吴堡县应急管理局'],
  ['wubuxianyj', '吴堡县应急管理局'],
  ['wbxianyingji', '吴堡县应急管理局'],
  ['zhshxyjgl', '柞水县应急管理局'],
  ['０９１３-０１００００２', '华州区应急管理局'],
])('%s finds %s first', (query, name) => {
  expect(titles(query)[0]).toBe(name)
})

test('names that begin alike are all found, the reading of a general dictionary finds nothing', () => {
  expect(titles('hua').sort()).toEqual(['值班室', '华州区应急管理局', '华阴市应急管理局'].sort())
  expect(titles('wubao')).toEqual([])
  expect(titles('zuoshui')).toEqual([])
})

test('full pinyin begins at a syllable: an eng inside another does not count', () => {
  expect(titles('ngji')).toEqual([])
  expect(titles('yingji')).toHaveLength(10 + 2)
})

test('a contact is found by its unit, post, person and number, in any order and all at once', () => {
  expect(titles('吴堡 科长')).toEqual(['应急科科长 样例甲'])
  expect(titles('kezhang wubu')).toEqual(['应急科科长 样例甲'])
  expect(titles('ylj')).toEqual(['应急科科长 样例甲'])
  expect(titles('wubuxianyingjiguanlijuyingjike')).toEqual(['应急科科长 样例甲'])
  expect(titles('0100044')).toEqual(['应急科科长 样例甲'])
  expect(titles('55转801'.replace('转', ''))).toEqual(['值班室'])
  expect(titles('吴堡 处长')).toEqual([])
})

test('nothing and nonsense find nothing', () => {
  for (const query of ['', '   ', '%', '_', '*', "'; --", '\u0000', '😀']) expect(titles(query)).toEqual([])
})

/** Each syllable whole, by its initial or its zh, ch, sh; the last as far as it was typed. */
function mixtureOf(parts: readonly string[]): RegExp {
  const ways = (part: string) => `(?:${part}|${/^[zcs]h/.test(part) ? part.slice(0, 2) : part[0]}|${part[0]})`
  const begun = (part: string) => `(?:${Array.from({ length: part.length }, (_, at) => part.slice(0, at + 1)).join('|')})$`
  const from = parts.map((_, start) =>
    parts.slice(start).reduceRight((rest, part) => `(?:${begun(part)}${rest === '' ? '' : `|${ways(part)}${rest}`})`, ''),
  )
  return new RegExp(`^(?:${from.join('|')})`)
}
const readings = counties.map((county) => ({ name: `${county}应急管理局`, parts: syllables(`${county}应急管理局`) }))

test('whole syllables and initials in any mixture find the name', () => {
  const typed = fc.record({
    of: fc.constantFrom(...readings),
    from: fc.nat(5),
    count: fc.integer({ min: 3, max: 9 }),
    whole: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
  })
  fc.assert(
    fc.property(typed, ({ of, from, count, whole }) => {
      const query = of.parts
        .slice(from, from + count)
        .map((part, at) => (whole[at] === true ? part : part[0]))
        .join('')
      fc.pre(query.length > 2)
      expect(titles(query)).toContain(of.name)
    }),
  )
})

test('letters that are no such mixture of a name do not find it', () => {
  const letters = [...new Set(readings.flatMap(({ parts }) => parts).flatMap((part) => [...part]))]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { minLength: 3, maxLength: 6 }), (typed) => {
      const query = typed.join('')
      const found = index.search(query, 50).filter(({ kind }) => kind === 'unit')
      expect(found.map(({ title }) => title).sort()).toEqual(
        readings
          .filter(({ parts }) => mixtureOf(parts).test(query))
          .map(({ name }) => name)
          .sort(),
      )
    }),
    { numRuns: 400 },
  )
})
