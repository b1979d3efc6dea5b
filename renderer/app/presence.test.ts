// What this page tells the others: the newest open record and edited field, at each change and every 10 s; nothing while locked or cut off.
// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, reactive, ref } from 'vue'
import type { ShowPageInput } from '../../native/contract/index.ts'
import { linkLost, linkOpen } from './link.ts'
import { usePresenceBeat, useShownEditing, useShownRecord } from './presence.ts'

const told: ShowPageInput[] = []
const session = reactive({ isLocked: false })
vi.mock('./rpc.ts', () => ({ rpc: { link: { show: { mutate: async (shown: ShowPageInput) => void told.push(shown) } } } }))
vi.mock('./session.ts', () => ({ useSession: () => session }))
vi.mock('./link-status.ts', () => ({ useLinkStatus: () => ({ data: ref(undefined) }) }))

const incident = { dataset: 'incidents', row: 'a' }
let scope = effectScope()
beforeEach(() => {
  vi.useFakeTimers()
  told.length = 0
  session.isLocked = false
  linkOpen()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})
const last = () => told.map(({ open, editing }) => ({ open, editing })).at(-1)

test('at each change, the newest of each; what ends is no longer shown', async () => {
  scope.run(usePresenceBeat)
  expect(last()).toEqual({ open: null, editing: null })
  const [record, line] = [effectScope(), effectScope()]
  const isEditing = ref(false)
  record.run(() => useShownRecord(() => incident))
  line.run(() => useShownEditing(() => (isEditing.value ? { ...incident, column: 'place' } : null)))
  await nextTick()
  expect(last()).toEqual({ open: incident, editing: null })
  isEditing.value = true
  await nextTick()
  expect(last()).toEqual({ open: incident, editing: { ...incident, column: 'place' } })
  line.stop()
  record.stop()
  await nextTick()
  expect(last()).toEqual({ open: null, editing: null })
  expect(new Set(told.map(({ page }) => page)).size).toBe(1)
})

test('every 10 s while it stands; nothing while locked, cut off, or ended', async () => {
  scope.run(usePresenceBeat)
  vi.advanceTimersByTime(25_000)
  expect(told).toHaveLength(3)
  session.isLocked = true
  await nextTick()
  vi.advanceTimersByTime(20_000)
  expect(told).toHaveLength(3)
  session.isLocked = false
  await nextTick()
  expect(told).toHaveLength(4)
  linkLost()
  await nextTick()
  vi.advanceTimersByTime(20_000)
  expect(told).toHaveLength(4)
  linkOpen()
  await nextTick()
  expect(told).toHaveLength(5)
  scope.stop()
  vi.advanceTimersByTime(20_000)
  expect(told).toHaveLength(5)
})
