// 来源 of a record: who made it and where, who wrote last, which import gave it, what about it waits; for whoever may read the record.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { datasets, type EntryId, WanglouError } from '../../contract/index.ts'
import type { RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { intake } from '../incidents/testing.ts'
import { unconfigured } from './link-port.ts'
import { OriginsService } from './origins.service.ts'
import { records } from './records.ts'

let app: TestApp
let officer: Seat & { login: string; account: string }
beforeAll(async () => {
  app = await openTestApp()
  officer = await app.as('duty-officer')
})
afterAll(() => app.close())

const bulk = async (rows: unknown[][], fileName: string) => {
  const { sha256 } = await app.blobs.put(Readable.from(rows.map((row) => `${JSON.stringify(row)}\n`)), { limitBytes: 1e6 })
  const entry = await app.journal.writeBulk({
    actor: officer.account,
    action: 'resources.import',
    subject: { dataset: 'importMappings', row: newId() },
    dataset: 'resources',
    source: '样例台账',
    columns: ['kind', 'name'],
    blob: sha256,
    rows: rows.length,
    note: { fileName },
  })
  await app.journal.bulkDone(entry)
}

test('written by hand: who made it, who wrote last, both here; nothing waits of a station by itself', async () => {
  const { rpc, login } = officer
  const input = intake()
  await rpc.incidents.report.mutate(input)
  const leader = await app.as('shift-leader')
  await leader.rpc.incidents.edit.mutate({ incident: input.id, field: 'place', value: '样例工业园', seen: input.place ?? '' })
  const origin = await rpc.link.origin.query({ dataset: 'incidents', row: input.id })
  expect(origin).toMatchObject({
    first: { place: 'here', who: login },
    last: { place: 'here', who: leader.login },
    imported: null,
    unsent: { acts: 0, names: [] },
  })
  expect(origin.last?.at).toBeGreaterThanOrEqual(origin.first?.at ?? Infinity)
})

test('an import: from which file and by whom; nobody made it, and whoever changes it is named', async () => {
  await bulk([['k1', 'team', '样例一队']], '样例队伍.xlsx')
  const row = (await app.store.get<{ id: string }>("SELECT id FROM resources WHERE name = '样例一队'"))?.id ?? ''
  const asked = () => officer.rpc.link.origin.query({ dataset: 'resources', row })
  expect(await asked()).toMatchObject({ first: null, last: null, imported: { from: '样例队伍.xlsx', who: officer.login, place: 'here' } })
  await app.journal.write({
    actor: officer.account,
    action: 'resources.change',
    subject: { dataset: 'resources', row },
    rows: [{ dataset: 'resources', row, set: { name: '样例一队（改）' } }],
  })
  expect(await asked()).toMatchObject({ first: null, last: { who: officer.login }, imported: { from: '样例队伍.xlsx' } })
  // A newer file of the same ledger is the one that counts.
  await bulk([['k1', 'team', '样例一队']], '样例队伍新.xlsx')
  expect((await asked()).imported?.from).toBe('样例队伍新.xlsx')
})

test('what is written about parts of a record, under whatever subject, is about the record; what only looks is not a write', async () => {
  const [task, incident] = [newId(), newId()]
  const about = { dataset: 'incidents', row: incident }
  const write = (action: string, rows: RowWrite[], subject = about) => app.journal.write({ actor: 'station', action, subject, rows })
  await write('tasks.issued', [{ dataset: 'tasks', row: task, set: { incident, unit: '样例队' } }])
  const state = await write('tasks.accepted', [{ dataset: 'taskStates', row: newId(), set: { task, incident, state: 'accepted' } }])
  await write('tasks.printed', [], { dataset: 'tasks', row: task })
  const origin = await officer.rpc.link.origin.query({ dataset: 'tasks', row: task })
  expect(origin.last).toMatchObject({ at: state.at, who: null })
})

test('what waits is counted by acts and names the sides; another console and another centre go by their names', async () => {
  const row = newId()
  const entries = []
  for (const name of ['一', '二', '三'])
    entries.push(
      await app.journal.write({
        actor: officer.account,
        action: 'resources.change',
        subject: { dataset: 'resources', row },
        rows: [{ dataset: 'resources', row, set: { name } }],
      }),
    )
  const ids = entries.map(({ station, scope, seq }): EntryId => `${station}/${scope}/${seq}`)
  const waits = [ids[1], ids[2]].flatMap((entry) => (entry === undefined ? [] : ['610000', '610501'].map((unit) => ({ entry, unit }))))
  const asked: string[] = []
  const service = new OriginsService({
    port: {
      ...unconfigured,
      waitingAmong: async (among) => {
        asked.push(...among.map(({ station, scope, seq }) => `${station}/${scope}/${seq}`))
        return waits
      },
    },
    reads: app.store,
    unit: 'local',
    nameOf: () => '李值班',
  })
  expect((await service.read({ dataset: 'resources', row }, () => true)).unsent).toEqual({ acts: 2, names: ['610000', '610501'] })
  expect(asked).toEqual(ids)
})

test('a station that is not ours: a console of our centre, another centre, or nobody vouched for', async () => {
  const row = newId()
  const written = await app.journal.write({
    actor: 'station',
    action: 'resources.add',
    subject: { dataset: 'resources', row },
    rows: [{ dataset: 'resources', row, set: { name: '样例' } }],
  })
  // As it stands where it was received: the writer is no name of ours there.
  const reads = {
    ...app.store,
    get: app.store.get.bind(app.store),
    all: async <T>(sql: string, params: Parameters<typeof app.store.all>[1] = []) =>
      app.store.all<T>(sql.replace('SELECT station FROM journal_incarnations', 'SELECT NULL WHERE 0'), params),
  } as typeof app.store
  const from = async (place: ReturnType<typeof unconfigured.placeOf>) => {
    const service = new OriginsService({ port: { ...unconfigured, placeOf: () => place }, reads, unit: '610502', nameOf: () => null })
    const { first } = await service.read({ dataset: 'resources', row }, () => true)
    return [first?.place, first?.name, first?.station === written.station]
  }
  expect(await from({ unit: '610502', unitName: '样例县', name: '值班台 2' })).toEqual(['console', '值班台 2', true])
  expect(await from({ unit: '610500', unitName: '样例市', name: '机房主机' })).toEqual(['centre', '样例市', true])
  expect(await from(null)).toEqual(['unknown', '', true])
})

test('who may not read the record is not told who wrote it; what is no record is not found', async () => {
  const auditor = await app.as('audit-admin')
  await expect(auditor.rpc.link.origin.query({ dataset: 'reports', row: newId() })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
  for (const dataset of ['numberBlocks', 'journal', 'toString'])
    await expect(officer.rpc.link.origin.query({ dataset, row: newId() })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
  await expect(
    new OriginsService({ port: unconfigured, reads: app.store, unit: '', nameOf: () => null }).read({ dataset: 'plans', row: '' }, () => false),
  ).rejects.toThrow(WanglouError)
})

/** Parts of an incident, whose acts have the incident as their subject, inner parts of plans, and what is no record of a person's. */
const others = [
  ...[
    'incidentReports',
    'incidentStatements',
    'incidentFigures',
    'incidentAttachments',
    'clockEvidence',
    'clockWaivers',
    'reservations',
    'reservationAnswers',
  ],
  ...['responses', 'responseDecisions', 'planParagraphs', 'planTiers', 'planActions', 'planContacts', 'planUnits', 'dutyChanges'],
  ...['areas', 'areaBoundaries', 'clockGaps', 'importMappings', 'numberBlocks', 'stations'],
]

test('every dataset is a record, a part of one, or named as neither; each statement is one that runs', async () => {
  const parts = Object.values(records).flatMap(({ parts = {} }) => Object.keys(parts))
  expect([...Object.keys(records), ...parts, ...others].sort()).toEqual(Object.keys(datasets).sort())
  const service = new OriginsService({ port: unconfigured, reads: app.store, unit: '', nameOf: () => null })
  for (const dataset of Object.keys(records))
    expect(await service.read({ dataset, row: newId() }, () => true)).toEqual({
      first: null,
      last: null,
      imported: null,
      unsent: { acts: 0, names: [] },
    })
})
