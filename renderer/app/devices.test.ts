// Only a picker that its person has put away is passed over in silence.
import { afterEach, expect, test, vi } from 'vitest'
import { isPickerClosed } from './devices.ts'

afterEach(() => vi.unstubAllGlobals())

const failed = (name: string, words = '') => isPickerClosed(new DOMException(words, name))

test('a closed picker is no trouble; a refusal by the system, and whatever else went wrong, is', () => {
  expect(failed('NotAllowedError', 'Permission denied by user')).toBe(true)
  expect(failed('NotAllowedError', 'Permission denied by system')).toBe(false)
  expect(failed('NotAllowedError', 'Access to the feature "display-capture" is disallowed by permissions policy.')).toBe(false)
  for (const name of ['AbortError', 'NotReadableError', 'NotFoundError', 'SecurityError', 'InvalidStateError'])
    expect([name, failed(name)]).toEqual([name, false])
  expect(isPickerClosed(new TypeError('getDisplayMedia is not a function'))).toBe(false)
})

test('in the shell a list that was put away comes as AbortError', () => {
  vi.stubGlobal('wanglouShell', {})
  expect(failed('AbortError', 'Error starting capture')).toBe(true)
  expect(failed('NotReadableError')).toBe(false)
})
