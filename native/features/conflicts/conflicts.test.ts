// Two consoles, one field: both values are listed with who and when, a person decides, and both consoles then show the same.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DELETED } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { ConflictsService } from './conflicts.service.ts'

const [row, wang, li] = [newId(), newId(), newId()]
let here: TestStation
let there: TestStation
let service: ConflictsService

beforeEach(async () => {
  here = await openTestStation()
  there = await openTestStation()
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    await one.journal.trust({ station: other.journal.station, publicKey: other.journal.publicKey, certifiedBy: null })
  }
  service = new ConflictsService({ journal: here.journal, store: here.store })
  for (const [id, name] of [
    [row, '赵某'],
    [wang, '王值班'],
    [li, '李值班'],
  ] as const)
    await write(here, wang, { name, login: id.slice(0, 8) }, id)
  await exchange()
})
afterEach(async () => {
  await here.close()
  await there.close()
})

async function write(station: TestStation, actor: string, set: Record<string, string>, id = row): Promise<void> {
  await station.journal.write({
    actor,
    action: 'accounts.update',
    subject: { dataset: 'accounts', row: id },
    rows: [{ dataset: 'accounts', row: id, set }],
  })
}
async function exchange(): Promise<void> {
  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const) {
    const batch = await from.journal.sealedBatch({ scope: 'centre:local', after: 0, limit: 1_000 })
    if (batch !== null) await to.journal.apply([batch])
  }
}
async function apart(): Promise<void> {
  await write(here, wang, { telephone: '0913-0100001' })
  await write(there, li, { telephone: '0913-0100002' })
  await exchange()
}
const telephone = (station: TestStation) =>
  station.store.get<{ telephone: string; _deleted: number }>('SELECT telephone, _deleted FROM accounts WHERE id = ?', [row])

test('both values, who and when, the newest one in use', async () => {
  await apart()
  const [item, ...others] = await service.list({})
  expect(others).toEqual([])
  expect(item).toMatchObject({ dataset: 'accounts', row, column: 'telephone', type: 'text', rowTitle: '赵某' })
  expect(item?.heads.map(({ value, who, isShown }) => [value, who, isShown])).toEqual([
    ['0913-0100002', '李值班', true],
    ['0913-0100001', '王值班', false],
  ])
  expect(item?.heads.map((head) => head.station)).toEqual([there.journal.station, here.journal.station])
  expect(await service.count()).toBe(1)
})

test('a decision ends it on both consoles, with its ground in the journal', async () => {
  await apart()
  const [item] = await service.list({ dataset: 'accounts', row })
  const mine = item?.heads.find((head) => head.who === '王值班')?.entry ?? ''
  const seen = item?.heads.map((head) => head.entry) ?? []
  const input = { dataset: 'accounts', row, column: 'telephone', chosen: mine, typed: null, seen, actor: wang }
  await expect(service.decide({ ...input, reason: '' })).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
  await service.decide({ ...input, reason: '已电话核实' })
  await exchange()
  expect(await telephone(here)).toMatchObject({ telephone: '0913-0100001' })
  expect(await telephone(there)).toMatchObject({ telephone: '0913-0100001' })
  expect(await service.list({})).toEqual([])
  expect(await there.journal.conflicts()).toEqual([])
  const last = (await there.journal.timeline({ dataset: 'accounts', row }, { by: 'known' })).at(-1)
  expect(last).toMatchObject({ action: 'conflicts.decide', actor: wang, note: { reason: '已电话核实' } })
  await expect(service.decide({ ...input, reason: '再来一次' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a third value, typed: one entry with both heads as bases, the same on both consoles', async () => {
  await apart()
  const [item] = await service.list({})
  const seen = item?.heads.map((head) => head.entry) ?? []
  const input = { dataset: 'accounts', row, column: 'telephone', chosen: null, seen, reason: '两个都旧了，本人告知', actor: wang }
  const before = await here.journal.length()
  await expect(service.decide({ ...input, typed: { value: 5 } })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(service.decide({ ...input, typed: null })).rejects.toMatchObject({ code: 'CONFLICT' })
  await service.decide({ ...input, typed: { value: '0913-0100003' } })
  expect(await here.journal.length()).toBe(before + 1)
  await exchange()
  for (const station of [here, there]) {
    expect(await telephone(station)).toMatchObject({ telephone: '0913-0100003' })
    expect(await station.journal.conflicts()).toEqual([])
  }
  const last = (await there.journal.timeline({ dataset: 'accounts', row }, { by: 'known' })).at(-1)
  expect(last).toMatchObject({ action: 'conflicts.decide', note: { isTyped: true, over: seen } })
  expect(last?.cells).toEqual([
    ['accounts', row, 'telephone', '0913-0100003', expect.toSatisfy((bases: string[]) => bases.toSorted().join() === seen.toSorted().join())],
  ])
})

test('a value that came after the person looked is not decided over', async () => {
  await apart()
  const [item] = await service.list({})
  const heads = item?.heads ?? []
  await expect(
    service.decide({
      dataset: 'accounts',
      row,
      column: 'telephone',
      chosen: heads[0]?.entry ?? '',
      typed: null,
      seen: [heads[0]?.entry ?? ''],
      reason: '核实',
      actor: wang,
    }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await service.count()).toBe(1)
})

test.each([
  ['the delete', true, 1],
  ['the edit', false, 0],
])('deleted here, edited there: %s is chosen', async (_words, isDeleteChosen, deleted) => {
  await here.journal.write({
    actor: wang,
    action: 'accounts.remove',
    subject: { dataset: 'accounts', row },
    rows: [],
    deletes: [{ dataset: 'accounts', row }],
  })
  await write(there, li, { telephone: '0913-0100002' })
  await exchange()
  const [item] = await service.list({})
  expect(item).toMatchObject({ column: DELETED, type: 'boolean' })
  const decision = { dataset: 'accounts', row, column: DELETED, seen: item?.heads.map((head) => head.entry) ?? [], reason: '核实', actor: wang }
  await expect(service.decide({ ...decision, chosen: null, typed: { value: true } })).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
  const chosen = item?.heads.find((head) => (head.column === DELETED) === isDeleteChosen)?.entry ?? ''
  await service.decide({ ...decision, chosen, typed: null })
  await exchange()
  expect(await service.list({})).toEqual([])
  expect((await telephone(here))?._deleted).toBe(deleted)
  expect((await telephone(there))?._deleted).toBe(deleted)
})
