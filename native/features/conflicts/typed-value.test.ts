// A typed third value must be of its column's type; identities, JSON and "deleted or not" are only chosen.
import { expect, test } from 'vitest'
import { typedValue } from './typed-value.ts'

test.each([
  ['text', '渭南', '渭南'],
  ['text', '', null],
  ['text', null, null],
  ['integer', 3, 3],
  ['real', 3.5, 3.5],
  ['boolean', false, false],
  ['at', 1_800_000_000_000, 1_800_000_000_000],
] as const)('%s takes %o', (type, value, written) => expect(typedValue(type, value)).toBe(written))

test.each([
  ['text', 3, 'INVALID_INPUT'],
  ['integer', 3.5, 'INVALID_INPUT'],
  ['integer', '3', 'INVALID_INPUT'],
  ['real', Number.NaN, 'INVALID_INPUT'],
  ['boolean', 1, 'INVALID_INPUT'],
  ['at', -1, 'INVALID_INPUT'],
  ['json', 'x', 'STATE_NOT_ALLOWED'],
  ['id', 'x', 'STATE_NOT_ALLOWED'],
  [null, true, 'STATE_NOT_ALLOWED'],
] as const)('%s refuses %o', (type, value, code) => expect(() => typedValue(type, value)).toThrow(expect.objectContaining({ code })))
