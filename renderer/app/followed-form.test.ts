// A form and its record: what was typed is never taken away by what arrives; what nobody touched is never stale.
// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useFollowedForm } from './followed-form.ts'

const seed = Date.now() % 2_147_483_647
console.log(`followed form: fast-check seed ${seed}`)

interface Camera {
  name: string
  note: string
  names: string[]
}
const blank: Camera = { name: '', note: '', names: [] }

function opened(first: Camera | null) {
  const record = shallowRef(first)
  const key = ref('a')
  const scope = effectScope()
  const form = scope.run(() =>
    useFollowedForm(
      () => record.value,
      blank,
      () => key.value,
    ),
  )!
  return { form, record, key, close: () => scope.stop() }
}

test('typed before the record arrives: it stays, the rest is filled in', async () => {
  const { form, record, close } = opened(null)
  form.value.name = '东大门'
  record.value = { name: '旧名', note: '检修', names: ['甲'] }
  await nextTick()
  expect(form.value).toEqual({ name: '东大门', note: '检修', names: ['甲'] })
  close()
})

test('somebody else changes the record: untouched fields follow, also inside lists; another record begins anew', async () => {
  const { form, record, key, close } = opened({ name: '旧名', note: '检修', names: ['甲'] })
  form.value.names.push('乙')
  record.value = { name: '新名', note: '检修', names: ['丙'] }
  await nextTick()
  expect(form.value).toEqual({ name: '新名', note: '检修', names: ['甲', '乙'] })
  expect(record.value.names).toEqual(['丙'])
  // Saved: the record says the same, and is followed again.
  record.value = { name: '新名', note: '检修', names: ['甲', '乙'] }
  await nextTick()
  record.value = { name: '新名', note: '', names: [] }
  await nextTick()
  expect(form.value).toEqual({ name: '新名', note: '', names: [] })
  form.value.note = '只在这里'
  key.value = 'b'
  record.value = { name: '另一个', note: '它的', names: [] }
  await nextTick()
  expect(form.value).toEqual({ name: '另一个', note: '它的', names: [] })
  close()
})

test('another record that is not read yet shows nothing of the one before', async () => {
  const { form, record, key, close } = opened({ name: '旧名', note: '检修', names: ['甲'] })
  key.value = 'b'
  record.value = null
  await nextTick()
  expect(form.value).toEqual(blank)
  close()
})

test('without a blank there is no form until the record is read', async () => {
  const record = shallowRef<Camera | null>(null)
  const scope = effectScope()
  const form = scope.run(() => useFollowedForm(() => record.value, null))!
  expect(form.value).toBeNull()
  record.value = { name: '甲', note: '', names: [] }
  await nextTick()
  expect(form.value).toEqual(record.value)
  scope.stop()
})

test('whatever is typed and whatever arrives, in any order: a field differs from the record only where it was typed', async () => {
  const word = fc.constantFrom('', '甲', '乙', '丙')
  const field = fc.constantFrom<'name' | 'note'>('name', 'note')
  const act = fc.record({ isTyped: fc.boolean(), field, word })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const { form, record, close } = opened({ ...blank })
      const touched = new Map<'name' | 'note', string>()
      for (const { isTyped, field: which, word: said } of acts) {
        if (isTyped) {
          form.value[which] = said
          touched.set(which, said)
        } else record.value = { ...record.value!, [which]: said }
        await nextTick()
        for (const one of ['name', 'note'] as const) {
          if (touched.get(one) === record.value![one]) touched.delete(one)
          expect(form.value[one]).toBe(touched.get(one) ?? record.value![one])
        }
      }
      close()
    }),
    { seed },
  )
})
