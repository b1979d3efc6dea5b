// A form and its record: what was typed is never taken away by what arrives; what nobody touched is never stale.
// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { useFollowedForm, useSharedForm } from './followed-form.ts'

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

function shared(first: Camera | null) {
  const record = shallowRef(first)
  const scope = effectScope()
  const of = scope.run(() => useSharedForm(() => record.value, blank))!
  return { ...of, record, close: () => scope.stop() }
}
const old: Camera = { name: '旧名', note: '', names: [] }

test('what another changed in a typed field is shown until somebody decides: mine stays and is followed no more, theirs is taken over', async () => {
  const { form, record, theirs, take, note, isHeld, close } = shared(old)
  form.value.name = '我的'
  form.value.note = '我的话'
  record.value = { name: '别人的', note: '别人的话', names: ['甲'] }
  await nextTick()
  expect(form.value).toEqual({ name: '我的', note: '我的话', names: ['甲'] })
  expect(theirs.value).toEqual({ name: '别人的', note: '别人的话' })
  expect(note('name').theirs).toBe('别人的')
  expect(note('names').theirs).toBeNull()
  expect(isHeld(null)).toBe(true)
  take('name', 'mine')
  note('note').onTake('theirs')
  expect(form.value).toEqual({ name: '我的', note: '别人的话', names: ['甲'] })
  expect(isHeld(null)).toBe(false)
  // Another change of theirs is another decision.
  record.value = { name: '又是别人的', note: '', names: [] }
  await nextTick()
  expect(theirs.value).toEqual({ name: '又是别人的' })
  expect(form.value).toEqual({ name: '我的', note: '', names: [] })
  close()
})

test('typed back to what had stood there before another changed it: still to be decided, for saving would undo the change', async () => {
  const { form, record, theirs, close } = shared(old)
  form.value.name = '旧名字'
  record.value = { ...old, name: '别人的' }
  await nextTick()
  form.value.name = '旧名'
  record.value = { ...old, name: '别人的', note: '再来一次' }
  await nextTick()
  expect(theirs.value).toEqual({ name: '别人的' })
  form.value.name = '别人的'
  await nextTick()
  expect(theirs.value).toEqual({})
  close()
})

test('what was kept is put back over a record that others changed since: only what was typed differs from it, and what both changed is to be decided', async () => {
  const before = shared(old)
  before.form.value.name = '我的'
  const kept = JSON.parse(JSON.stringify(before.state)) as typeof before.state
  before.close()
  for (const isRecordFirst of [true, false]) {
    const now: Camera = { name: '别人的', note: '别人加的', names: ['乙'] }
    const { form, state, theirs, record, isTyped, close } = shared(isRecordFirst ? now : null)
    // Filled in another order than the blank one names its fields: nobody typed for that.
    record.value = isRecordFirst ? { names: ['乙'], note: '别人加的', name: '别人的' } : null
    await nextTick()
    expect(isTyped()).toBe(false)
    Object.assign(state, kept)
    record.value = now
    await nextTick()
    expect(form.value).toEqual({ ...now, name: '我的' })
    expect(theirs.value).toEqual({ name: '别人的' })
    expect(isTyped()).toBe(true)
    close()
  }
})

test('saving what stands in the form undoes no change that nobody here was shown, whatever is typed and whatever arrives', async () => {
  const word = fc.constantFrom('', '甲', '乙', '丙')
  const field = fc.constantFrom<'name' | 'note'>('name', 'note')
  const act = fc.record({ what: fc.constantFrom('typed', 'arrived', 'mine', 'theirs'), field, word })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const { form, record, theirs, take, close } = shared({ ...blank })
      /** What the person was last shown of the record in each field, and answered or typed over. */
      const known = { name: '', note: '' }
      for (const { what, field: which, word: said } of acts) {
        if (what === 'typed') form.value[which] = said
        else if (what === 'arrived') record.value = { ...record.value!, [which]: said }
        else {
          if (theirs.value[which] !== undefined) known[which] = record.value![which]
          take(which, what as 'mine' | 'theirs')
        }
        await nextTick()
        for (const one of ['name', 'note'] as const) {
          const there = record.value![one]
          if (form.value[one] === there) known[one] = there
          else if (known[one] !== there) expect(theirs.value[one]).toBe(there)
        }
      }
      close()
    }),
    { seed },
  )
})
