// Towns in what people say: with 镇 or without, in the county that is named, and not where a word is only a word.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alsoWords, readTownNames } from './town-names.ts'

const towns = await readTownNames(join(import.meta.dirname, '..', '..', 'resources', 'codes'))
const named = (words: string, counties: string[] = []) => towns.inWords(words, counties).map(({ name, county }) => `${name} ${county}`)

test('the table has the towns of 107 counties', () => {
  expect(new Set(towns.all.map(({ county }) => county)).size).toBe(107)
  expect(towns.all.length).toBeGreaterThan(1300)
  const names = new Set(towns.all.map(({ bare }) => bare))
  expect([...alsoWords].filter((word) => !names.has(word))).toEqual([])
})

test.each([
  ['罕井接回来四个人', [], ['罕井镇 610526']],
  ['瓦庙街上水都齐腰杆了', [], ['瓦庙镇 610924']],
  ['城关镇有人触电', [], []],
  ['城关镇有人触电', ['610522'], ['城关街道 610522']],
  ['路上滚下大石头', ['610526'], []],
  ['罕井那边', ['610502'], []],
  ['罕井那边', ['610500'], ['罕井镇 610526']],
])('%s, with %j: %j', (words, counties, expected) => {
  expect(named(words, counties)).toEqual(expected)
})

test('every town is found by its full name in its county, by name and by letters', () => {
  for (const town of towns.all) {
    expect(towns.inWords(`在${town.name}`, [town.county])).toContainEqual(town)
    expect(towns.search(town.name)).toContainEqual(town)
  }
  expect(towns.search('hanjing').map(({ name }) => name)).toContain('罕井镇')
  expect(towns.search('')).toEqual([])
})
