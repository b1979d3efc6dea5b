// Through the door: a station by itself warns of nothing, answers for all nine capabilities, and shows one page what the other edits.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type LinkAnswer, type UnsentEntry } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { LinkService } from './link.service.ts'
import { unconfigured } from './link-port.ts'

let app: TestApp
beforeEach(async () => (app = await openTestApp()))
afterEach(() => app.close())
const nothing = { open: null, editing: null }

test('a station by itself: no line, nothing unsent, no warning', async () => {
  const { rpc } = await app.as('duty-officer')
  expect(await rpc.link.status.query()).toEqual({ isConfigured: false, links: [], consoles: [], joining: null })
  expect(await rpc.link.unsent.query({ limit: 10 })).toEqual({ entries: [], total: 0 })
  expect((await app.station.health()).health.filter(({ subject }) => subject.startsWith('link'))).toEqual([])
  const found = await rpc.link.capabilities.query()
  expect(found).toHaveLength(9)
  expect(found.find(({ name }) => name === 'resources')).toMatchObject({ state: 'fails', reason: 'resources.none' })
})

test('what is imported or edited is the evidence', async () => {
  const row = newId()
  const before = Date.now()
  await app.journal.write({
    actor: 'station',
    action: 'resources.add',
    subject: { dataset: 'resources', row },
    rows: [{ dataset: 'resources', row, set: { kind: 'team', name: '样例一队' } }],
  })
  const { rpc } = await app.as('duty-officer')
  const found = (await rpc.link.capabilities.query()).find(({ name }) => name === 'resources')
  expect(found).toMatchObject({ state: 'works', reason: 'resources.here', params: { count: 1 } })
  expect(found?.params['newestAt']).toBeGreaterThanOrEqual(before)
})

test('one page sees what the other has open and edits; a locked one sees nobody', async () => {
  const [first, second] = [await app.as('duty-officer'), await app.as('shift-leader')]
  const row = newId()
  const open = { dataset: 'incidents', row }
  await first.rpc.link.show.mutate({ page: 'p', open, editing: { ...open, column: 'place' } })
  await second.rpc.link.show.mutate({ page: 'p', open, editing: null })
  const seen = (await second.rpc.link.status.query()).consoles
  expect(seen.map(({ isUs, who, editing }) => [isUs, who, editing?.column])).toEqual([
    [false, first.login, 'place'],
    [true, second.login, undefined],
  ])
  await first.rpc.link.show.mutate({ page: 'p', ...nothing })
  expect((await second.rpc.link.status.query()).consoles.find(({ isUs }) => !isUs)).toMatchObject(nothing)
  await second.rpc.accounts.lock.mutate()
  expect((await second.rpc.link.status.query()).consoles).toEqual([])
  await expect(second.rpc.link.capabilities.query()).rejects.toMatchObject({ data: { code: 'SESSION_LOCKED' } })
})

test('unsent entries come with who wrote them; the others are told what is edited here', async () => {
  const row = newId()
  const account = await app.makePerson('wang', ['duty-officer'])
  const written = await app.journal.write({
    actor: account,
    action: 'resources.add',
    subject: { dataset: 'resources', row },
    rows: [{ dataset: 'resources', row, set: { kind: 'team', name: '样例一队' } }],
  })
  const entry = `${written.station}/${written.scope}/${written.seq}` as const
  const listed = { entry, unit: '61', lane: 'rest', at: written.at, action: written.action, dataset: 'resources', row } as const
  const waiting: UnsentEntry = { ...listed, actor: account }
  const view: LinkAnswer = {
    isConfigured: true,
    links: [],
    joining: null,
    consoles: [
      { station: 'us', name: '值班台 1', isUs: true, who: null, ...nothing, heardAt: 1 },
      { station: 'other', name: '值班台 2', isUs: false, who: '王值班', ...nothing, heardAt: 1 },
    ],
  }
  const shown: unknown[] = []
  const service = new LinkService({
    port: { ...unconfigured, view: () => view, unsent: async () => ({ entries: [waiting], total: 7 }), show: (one) => shown.push(one) },
    reads: app.store,
    station: () => 'us',
    layers: async () => [],
    nameOf: (id) => (id === account ? '王值班' : null),
    note: async () => undefined,
    tell: () => undefined,
    restart: () => undefined,
    hasSfu: () => true,
  })
  expect(await service.unsent(10)).toEqual({ entries: [{ ...listed, who: '王值班' }], total: 7 })
  expect(service.status('page').consoles.map(({ name, isUs }) => [name, isUs])).toEqual([
    ['值班台 1', true],
    ['值班台 2', false],
  ])
  service.show('page', { page: 'p', who: '李值班', open: { dataset: 'incidents', row }, editing: null })
  expect(shown).toEqual([{ who: '李值班', open: { dataset: 'incidents', row }, editing: null }])
  expect(service.status('page').consoles.map(({ name, isUs, who }) => [name, isUs, who])).toEqual([
    ['值班台 1', true, '李值班'],
    ['值班台 2', false, '王值班'],
  ])
  await service.stop()
})

test('however often the engine speaks up, pages are told once a second, and always of the last change', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    let changed: () => void = () => undefined
    let told = 0
    const service = new LinkService({
      port: { ...unconfigured, onChange: (listener) => ((changed = listener), () => undefined) },
      reads: app.store,
      station: () => 'us',
      layers: async () => [],
      nameOf: () => null,
      note: async () => undefined,
      tell: () => (told += 1),
      restart: () => undefined,
      hasSfu: () => true,
    })
    await service.start()
    for (let at = 0; at < 2_500; at += 10) {
      changed()
      vi.advanceTimersByTime(10)
    }
    expect(told).toBe(3)
    vi.advanceTimersByTime(1_000)
    expect(told).toBe(4)
    changed()
    await service.stop()
    vi.advanceTimersByTime(5_000)
    expect(told).toBe(4)
  } finally {
    vi.useRealTimers()
  }
})

test('a page that closed is gone for the others while one of them stays', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    let told = 0
    const shown: unknown[] = []
    const service = new LinkService({
      port: { ...unconfigured, show: (one) => shown.push(one) },
      reads: app.store,
      station: () => 'us',
      layers: async () => [],
      nameOf: () => null,
      note: async () => undefined,
      tell: () => (told += 1),
      restart: () => undefined,
      hasSfu: () => true,
    })
    const editing = { dataset: 'incidents', row: 'a', column: 'place' }
    service.show('closes', { page: 'p', who: '王值班', open: null, editing })
    for (let at = 0; at < 60_000; at += 10_000) {
      service.show('stays', { page: 'p', who: '李值班', ...nothing })
      vi.advanceTimersByTime(10_000)
    }
    expect(service.status('stays').consoles.map(({ who }) => who)).toEqual(['李值班'])
    // Each page once when it came, and once when one had gone.
    expect(told).toBe(3)
    expect(shown.at(-1)).toEqual({ who: '李值班', ...nothing })
    await service.stop()
  } finally {
    vi.useRealTimers()
  }
})
