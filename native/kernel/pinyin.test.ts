import { expect, test } from 'vitest'
import { initials, syllables } from './pinyin.ts'

test.each([
  ['吴堡县', 'wubuxian'],
  ['柞水县', 'zhashuixian'],
  ['华州区', 'huazhouqu'],
  ['鄠邑区', 'huyiqu'],
  ['佛坪县', 'fopingxian'],
  ['秦都区', 'qinduqu'],
  ['子长市', 'zichangshi'],
  ['澄城县', 'chengchengxian'],
  ['略阳县', 'lveyangxian'],
  ['长安区', 'changanqu'],
  ['洛南县', 'luonanxian'],
])('%s is read %s', (name, reading) => {
  expect(syllables(name).join('')).toBe(reading)
})

test('initials, with letters and digits as they stand', () => {
  expect(initials('佛坪县')).toBe('fpx')
  expect(initials('第３中队（A区）')).toBe('d3zdaq')
  expect(initials('，。')).toBe('')
})
