// Which field others are told of: where the focus is; after typing until it is sent; in a form that is always open only what is typed.
// @vitest-environment node
import { expect, test } from 'vitest'
import { useEditedField } from './edited-field.ts'

/** As much of an element as is asked: inside a field with a label, with a name of its own, or a button. */
function element(given: { label?: string; name?: string; isButton?: boolean }): Element {
  const field = given.label === undefined ? null : { getAttribute: () => given.label }
  return {
    closest: (selector: string) => (selector === '[data-label]' ? field : given.isButton ? {} : null),
    getAttribute: (name: string) => (name === 'aria-label' ? (given.name ?? null) : null),
  } as unknown as Element
}

test('the field the focus is in, by its label or its own name; a button changes nothing; outside nothing is edited', () => {
  const { field, entered, left } = useEditedField(() => false)
  expect(field.value).toBeNull()
  entered(element({ isButton: true }))
  expect(field.value).toBeNull()
  entered(element({ label: '联系人', name: '别的' }))
  expect(field.value).toBe('联系人')
  left(false)
  entered(element({ name: '号码' }))
  expect(field.value).toBe('号码')
  left(false)
  entered(element({ isButton: true, label: '联系人' }))
  expect(field.value).toBe('号码')
  entered(element({}))
  expect(field.value).toBe('')
  left(true)
  expect(field.value).toBeNull()
  entered(element({ label: '长'.repeat(90) }))
  expect(field.value).toHaveLength(60)
})

test('words typed and not sent count wherever the focus is, until they are sent', () => {
  const { field, entered, typed, left, end } = useEditedField(() => false)
  entered(element({ label: '职务' }))
  typed(element({ label: '职务' }))
  left(true)
  expect(field.value).toBe('职务')
  end()
  expect(field.value).toBeNull()
  entered(element({ label: '姓名' }))
  left(true)
  expect(field.value).toBeNull()
})

test('a form that keeps by itself: reading in it is not editing', () => {
  const { field, entered, typed, end } = useEditedField(() => true)
  entered(element({ label: '标题' }))
  expect(field.value).toBeNull()
  typed(element({ label: '标题' }))
  expect(field.value).toBe('标题')
  entered(element({ label: '正文' }))
  expect(field.value).toBe('正文')
  end()
  entered(element({ label: '正文' }))
  expect(field.value).toBeNull()
})
