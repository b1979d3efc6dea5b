// Who takes the caret after a wait.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { focusLate } from './late-focus.ts'

const element = (isField: boolean) => ({ matches: () => isField })
const page = { activeElement: element(false) as object | null, dialogs: [] as { checkVisibility: () => boolean }[] }
const field = { focus: vi.fn() }
beforeEach(() => {
  Object.assign(page, { activeElement: element(false), dialogs: [] })
  field.focus.mockClear()
  vi.stubGlobal('document', {
    get activeElement() {
      return page.activeElement
    },
    querySelectorAll: () => page.dialogs,
  })
})
afterEach(() => vi.unstubAllGlobals())
const isTaken = () => {
  focusLate(field as unknown as HTMLElement)
  return field.focus.mock.calls.length === 1
}

test('who only waits gets it, whatever was pressed', () => expect(isTaken()).toBe(true))
test('who types elsewhere stays there', () => {
  page.activeElement = element(true)
  expect(isTaken()).toBe(false)
})
test('a dialog that is still coming up is not passed by', () => {
  page.dialogs = [{ checkVisibility: () => true }]
  expect(isTaken()).toBe(false)
})
test('one that was closed and is kept unseen is none', () => {
  page.dialogs = [{ checkVisibility: () => false }]
  expect(isTaken()).toBe(true)
})
