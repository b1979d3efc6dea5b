import { expect, test } from 'vitest'
import { telUri } from './telephone.ts'

test.each([
  ['0913-0100001', 'tel:09130100001'],
  ['0913-0100001 转 801', 'tel:09130100001,801'],
  ['(0913) 0100001 ext. 8', 'tel:09130100001,8'],
  ['＋８６ 913 0100001#12', 'tel:+869130100001,12'],
  ['119', 'tel:119'],
])('%s is dialled as %s', (number, uri) => {
  expect(telUri(number)).toBe(uri)
})
