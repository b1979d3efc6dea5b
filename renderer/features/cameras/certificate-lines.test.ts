// A fingerprint loses nothing on its way to the telephone, and a day stands with its year; every reason has its word.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certificateReasons } from '../../../native/contract/index.ts'
import { dayWords, fingerprintGroups } from './certificate-lines.ts'
import { certificateEn, certificateZh } from './certificate-words.ts'

test('any fingerprint: sixteen groups of four, in its order', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const hex = Buffer.from(bytes).toString('hex').toUpperCase()
      const groups = fingerprintGroups(hex.match(/../g)!.join(':'))
      expect(groups.map(({ length }) => length)).toEqual(Array.from({ length: 16 }, () => 4))
      expect(groups.join('')).toBe(hex)
    }),
  )
})

test('a day is that of the centre', () => {
  expect(dayWords(Date.UTC(2027, 2, 4, 16))).toBe('2027-03-05')
  expect(dayWords(Date.UTC(9999, 11, 31, 15))).toBe('9999-12-31')
})

test('every reason has its word in both languages', () => {
  for (const words of [certificateZh, certificateEn]) expect(Object.keys(words.reason).toSorted()).toEqual([...certificateReasons].toSorted())
})
