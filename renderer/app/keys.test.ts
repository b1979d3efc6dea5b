// Which key presses count as what, and that fields keep their letters.
// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { comboOf } from './keys.ts'

const press = (key: string, extra: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}, code = '') => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...extra,
})

describe('the name of a key press', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('k', { metaKey: true }), 'Ctrl+K'],
    [press('¡', { altKey: true }, 'Digit1'), 'Alt+1'],
    [press('?', { shiftKey: true }), '?'],
    [press('F6', { shiftKey: true }), 'Shift+F6'],
    [press('Escape'), 'Escape'],
    [press('['), '['],
  ])('%o is %s', (event, combo) => expect(comboOf(event)).toBe(combo))
})
