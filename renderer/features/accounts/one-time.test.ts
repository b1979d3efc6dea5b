// A one-time password is held for its owner, for minutes, and no longer.
import { expect, test } from 'vitest'
import { forget, heldFor, hold } from './one-time.ts'

test('it is there for whoever signed in with it, for five minutes, until it was used', () => {
  hold('zhiban', 'Kx7-mp2-Qw9', 0)
  expect(heldFor('zhiban', 299_999)).toBe('Kx7-mp2-Qw9')
  expect(heldFor('daiban', 1)).toBe('')
  expect(heldFor('zhiban', 300_000)).toBe('')
  forget()
  expect(heldFor('zhiban', 1)).toBe('')
})
