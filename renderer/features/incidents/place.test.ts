// A place is read as coordinates, a code, or names with the area in front.
import { expect, test } from 'vitest'
import { readPlace } from './place.ts'

test.each([
  ['109.51,34.51', { kind: 'coordinates', position: [109.51, 34.51] }],
  ['109°30′E 34°30′N', { kind: 'coordinates', position: [109.5, 34.5] }],
  ['610502', { kind: 'code', code: '610502' }],
  ['６１０５０２', { kind: 'code', code: '610502' }],
  ['临渭区 朝阳大街', { kind: 'name', queries: ['临渭区 朝阳大街', '临渭区'] }],
  ['渭南市临渭区样例化工厂', { kind: 'name', queries: ['渭南市临渭区样例化工厂', '渭南市临渭区', '临渭区', '渭南市'] }],
  ['蒲城县罕井镇东头', { kind: 'name', queries: ['蒲城县罕井镇东头', '蒲城县罕井镇', '罕井镇', '蒲城县'] }],
])('%s', (words, read) => {
  expect(readPlace(words)).toEqual(read)
})

test('numbers that are no coordinate say why', () => {
  expect(readPlace('109.5,134.5')).toMatchObject({ kind: 'fault' })
})
