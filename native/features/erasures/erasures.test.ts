// A person asks for her data to go: it is found wherever it stands, goes by what the administrator chooses, and everything else stays.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IntakeInput, PersonalRow } from '../../contract/index.ts'
import { importedId, newId } from '../../kernel/ids.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { excerptOf } from './excerpt.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const caller = '样例村民甲'
const number = '0913-0100007'

function intake(): IntakeInput {
  const received = { at: Date.now() - 60_000, precision: 'about' as const, source: caller }
  return {
    id: newId(),
    title: '样例路段落石',
    description: `${caller}说路上有落石`,
    typeCode: null,
    place: '样例路段',
    position: null,
    placedBy: null,
    area: null,
    occurred: received,
    circumstances: [],
    report: { words: '路上有落石，两个人受伤', reporter: caller, reporterUnit: '样例村', reporterPhone: number, channel: 'telephone', received },
    statements: [{ metric: 'minorInjuries', value: 2, source: caller, asOf: received, state: 'unverified' }],
    attachments: [],
  }
}
const chosen = (rows: readonly PersonalRow[]) =>
  rows.map(({ dataset, row, fields }) => ({ dataset, row, columns: fields.filter((field) => field.isHit).map((field) => field.column) }))
async function dump(): Promise<string> {
  const texts: string[] = []
  for (const table of ['journal', 'cell_history', 'journal_erasures', 'incidents', 'incidentReports', 'incidentStatements'])
    texts.push(JSON.stringify(await app.store.all(`SELECT * FROM ${table}`)))
  return texts.join('\n')
}

it('finds a caller in every record, erases what was chosen, and the incident stays readable', async () => {
  const officer = await app.as('duty-officer')
  const security = await app.as('security-admin')
  const report = intake()
  await officer.rpc.incidents.report.mutate(report)
  const found = await security.rpc.erasures.find.query({ words: caller })
  expect(found.hasMore).toBe(false)
  expect(chosen(found.rows).map(({ dataset, columns }) => [dataset, columns])).toEqual([
    ['incidents', ['description', 'occurred', 'received']],
    ['incidentReports', ['reporter', 'received']],
    ['incidentStatements', ['source', 'asOf']],
  ])
  expect(found.rows.map((one) => one.source)).toEqual([null, null, null])
  const reportRow = found.rows.find((one) => one.dataset === 'incidentReports')
  // What was not looked for is shown only so far that the record is known again.
  expect(reportRow?.fields.find((field) => field.column === 'reporterPhone')).toMatchObject({ excerpt: '…0007', isHit: false })

  await expect(security.rpc.erasures.erase.mutate({ rows: chosen(found.rows), reason: ' ' })).rejects.toMatchObject({
    data: { code: 'REASON_REQUIRED' },
  })
  const rows = chosen(found.rows).map((one) => (one.dataset === 'incidentReports' ? { ...one, columns: [...one.columns, 'reporterPhone'] } : one))
  expect(await security.rpc.erasures.erase.mutate({ rows, reason: '本人电话申请' })).toBe(3)
  const left = await dump()
  expect(left).not.toContain(caller)
  expect(left).not.toContain(number)
  expect(await security.rpc.erasures.find.query({ words: caller })).toEqual({ rows: [], hasMore: false })

  const detail = await officer.rpc.incidents.detail.query({ incident: report.id })
  expect(detail).toMatchObject({ title: '样例路段落石', description: '', place: '样例路段', occurred: { at: report.occurred?.at, source: '' } })
  expect(detail.reports[0]).toMatchObject({
    words: '路上有落石，两个人受伤',
    reporter: '',
    reporterUnit: '样例村',
    reporterPhone: '',
    isErased: true,
  })
  expect(detail.figures[0]?.statements[0]).toMatchObject({ value: 2, source: '', asOf: { source: '' } })
  const timeline = await officer.rpc.incidents.timeline.query({ incident: report.id })
  expect(timeline.find((item) => item.action === 'incidents.report')).toMatchObject({ happenedAt: { at: report.report.received.at, source: '' } })
  expect(timeline.find((item) => item.action === 'incidents.report')?.values).toMatchObject({ place: '样例路段' })
  expect(
    (await officer.rpc.incidents.list.query({ query: '落石', informationState: null, grade: null, area: null, isOpen: true, limit: 10 })).length,
  ).toBe(1)

  const auditor = await app.as('audit-admin')
  const audit = await auditor.rpc.audit.page.query({
    from: null,
    to: null,
    actor: security.account,
    action: 'journal.erase',
    before: null,
    limit: 10,
  })
  expect(audit.map((row) => row.note?.['reason'])).toEqual(['本人电话申请'])
  expect((await security.rpc.erasures.state.query()).done[0]).toMatchObject({
    who: security.login,
    reason: '本人电话申请',
    what: [{ dataset: 'incidents' }, { dataset: 'incidentReports' }, { dataset: 'incidentStatements', columns: ['source', 'asOf'] }],
  })
  expect(await auditor.rpc.audit.verify.mutate()).toMatchObject({ isVerified: true })
})

it('reaches the ledger a contact came from, and says where else he stands', async () => {
  const security = await app.as('security-admin')
  const columns = ['kind', 'name', 'contact', 'telephone']
  const lines = [
    ['1', 'team', '样例一队', '样例队长', '0913-0100101'],
    ['2', 'team', '样例二队', '样例队长', '0913-0100102'],
  ]
  const { sha256: blob } = await app.blobs.put(Readable.from(lines.map((line) => Buffer.from(`${JSON.stringify(line)}\n`))), { limitBytes: 1e6 })
  const subject = { dataset: 'importMappings', row: newId() }
  await app.journal.writeBulk({
    actor: 'station',
    action: 'resources.import',
    subject,
    dataset: 'resources',
    source: '样例台账',
    columns,
    blob,
    rows: 2,
  })
  await app.journal.bulkIdle()
  const row = importedId('resources', '样例台账', '1')
  const about = await security.rpc.erasures.about.query({ dataset: 'resources', row })
  expect(about.record).toMatchObject({
    source: '样例台账',
    fields: [
      { column: 'contact', excerpt: '样***' },
      { column: 'telephone', excerpt: '…0101' },
    ],
  })
  expect(about.rows.map((one) => one.row)).toEqual([importedId('resources', '样例台账', '2')])
  await security.rpc.erasures.erase.mutate({ rows: [{ dataset: 'resources', row, columns: ['contact', 'telephone'] }], reason: '本人申请' })
  await app.journal.filesErased()
  const officer = await app.as('duty-officer')
  expect(await officer.rpc.resources.detail.query({ id: row })).toMatchObject({ name: '样例一队', contact: null, telephone: null })
  const bytes: Uint8Array[] = []
  for await (const chunk of app.blobs.read(blob)) bytes.push(chunk)
  const text = Buffer.concat(bytes).toString()
  expect(text).not.toContain('0913-0100101')
  expect(text).toContain('0913-0100102')
  expect((await app.journal.verify()).damage).toEqual([])
})

it('leaves accounts alone, and refuses columns that hold nobody’s data', async () => {
  const security = await app.as('security-admin')
  const refused = (rows: { dataset: string; row: string; columns: string[] }[]) => security.rpc.erasures.erase.mutate({ rows, reason: 'asked' })
  await expect(refused([{ dataset: 'accounts', row: security.account, columns: ['name'] }])).rejects.toMatchObject({
    data: { code: 'INVALID_INPUT' },
  })
  await expect(refused([{ dataset: 'incidents', row: newId(), columns: ['title'] }])).rejects.toMatchObject({ data: { code: 'INVALID_INPUT' } })
  await expect(refused([{ dataset: 'incidents', row: newId(), columns: ['description'] }])).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
})

it.each([
  ['样例村民甲从山上打来电话说看见了明火', 0, 5, '样例村民甲从山上打来电话说看见…'],
  ['电话里说是样例村民甲，再没有说别的了，后来又打了一次', 5, 5, '电话里说是样例村民甲，再没有说别的了，后…'],
  ['样例村民甲', -1, 0, '样****'],
  ['0913-0100007', -1, 0, '…0007'],
  ['x'.repeat(60), -1, 0, 'xxxxxxxxxx…'],
])('shows of %s only so much', (value, found, length, shown) => expect(excerptOf(value, found, length)).toBe(shown))
