// The watch through the door: tables in and out of files, the second signature by PIN and password, who may what, the sample and its removal.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PackManifest } from '../../contract/index.ts'
import writeXlsxFile from 'write-excel-file/node'
import { goodPassword, openTestApp, type TestApp } from '../../testing/app.ts'
import { wordsOf } from '../reports/testing/docx.ts'
import { allDay } from './testing.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

async function upload(token: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const answer = await fetch(`${app.door.origin}/blobs`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: bytes })
  return ((await answer.json()) as { sha256: string }).sha256
}
const get = (token: string, path: string) => fetch(`${app.door.origin}${path}`, { headers: { Authorization: `Bearer ${token}` } })
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const csv = (...rows: string[]) => new Uint8Array(Buffer.from(['日期,班次,带班领导,值班长,值班员,备注', ...rows].join('\r\n')))
const people = { watchLeaders: [], shiftLeaders: [], officers: [] }

describe('a roster from a file', () => {
  test('CSV: looked at first, then written; the second time nothing is new; what cannot be read is named by row', async () => {
    const { rpc, token } = await app.as('duty-officer')
    const file = {
      blob: await upload(
        token,
        csv('2031-03-01,全天,样例甲（0913-0100101）,样例戊,样例辛、样例壬,', '2031-03-02,早班,样例乙,,,', '2031-03-03,,样例乙,样例己,样例癸,值守'),
      ),
      fileName: '值班表.csv',
    }
    expect(await rpc.duty.previewRoster.mutate(file)).toEqual({
      rows: 2,
      added: 2,
      changed: 0,
      same: 0,
      from: '2031-03-01',
      to: '2031-03-03',
      problems: [{ row: 3, code: 'shift', cell: '早班' }],
    })
    expect(await rpc.duty.importRoster.mutate(file)).toEqual({ written: 2 })
    expect(await rpc.duty.previewRoster.mutate(file)).toMatchObject({ added: 0, changed: 0, same: 2 })
    expect(await rpc.duty.importRoster.mutate(file)).toEqual({ written: 0 })
    const { rows } = await rpc.duty.month.query({ month: '2031-03' })
    expect(rows[0]).toMatchObject({
      day: '2031-03-01',
      shift: allDay,
      watchLeaders: [{ name: '样例甲', telephone: '0913-0100101' }],
      officers: [{}, {}],
    })
  })

  test('XLSX with dates as dates, out as XLSX and CSV, and in again the same', async () => {
    const { rpc, token } = await app.as('duty-officer')
    const sheet = await writeXlsxFile([
      ['值班日期', '带班领导', '值班员'].map((value) => ({ value, type: String })),
      [
        { value: new Date(Date.UTC(2031, 3, 5)), type: Date, format: 'yyyy-mm-dd' },
        { value: '样例丙', type: String },
        { value: '样例庚', type: String },
      ],
    ]).toBuffer()
    const file = { blob: await upload(token, new Uint8Array(sheet)), fileName: '四月.xlsx' }
    expect(await rpc.duty.importRoster.mutate(file)).toEqual({ written: 1 })
    for (const format of ['xlsx', 'csv']) {
      const answer = await get(token, `/exports/duty-roster/${format}?month=2031-04`)
      expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('值班表-2031-04'))
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const again = { blob: await upload(token, bytes), fileName: `again.${format}` }
      expect(await rpc.duty.previewRoster.mutate(again)).toMatchObject({ rows: 1, same: 1, problems: [] })
    }
    const text = await (await get(token, '/exports/duty-roster/csv?month=2031-04')).text()
    expect(text).toContain('非涉密系统，严禁处理、存储、传输国家秘密')
    expect((await get(token, '/exports/duty-roster/csv?month=2031-99')).status).toBe(400)
  })

  test('no roster, an empty file, a picture: a clear refusal, nothing written', async () => {
    const { rpc, token } = await app.as('duty-officer')
    const tried = async (bytes: Uint8Array<ArrayBuffer>, fileName: string) => {
      const blob = await upload(token, bytes)
      return rpc.duty.importRoster.mutate({ blob, fileName }).catch((error: { message: string }) => error.message)
    }
    expect(await tried(new Uint8Array(Buffer.from('张三,李四\r\n王五,赵六')), 'names.csv')).toBe('FILE_UNREADABLE')
    expect(await tried(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'roster.csv')).toBe('FILE_WRONG_TYPE')
    expect(await rpc.duty.importRoster.mutate({ blob: 'f'.repeat(64), fileName: 'x.csv' }).catch((error: { message: string }) => error.message)).toBe(
      'NOT_FOUND',
    )
  })

  test('the yearly notice pasted in; holidays mark their days', async () => {
    const { rpc } = await app.as('duty-officer')
    const { days } = await rpc.duty.previewHolidays.mutate({ text: '一、清明节：4月4日（周五）至6日放假，共3天。', year: 2031 })
    await rpc.duty.setHolidays.mutate({ days })
    await rpc.duty.setHoliday.mutate({ day: '2031-04-06', kind: null, name: '' })
    expect((await rpc.duty.month.query({ month: '2031-04' })).holidays.map(({ day, name }) => [day, name])).toEqual([
      ['2031-04-04', '清明节'],
      ['2031-04-05', '清明节'],
    ])
  })
})

describe('who may', () => {
  test('the member of the headquarters reads, and writes nothing; nobody signed in gets nothing', async () => {
    const { rpc, token } = await app.as('command-member')
    expect(await rpc.duty.now.query()).toBeDefined()
    const refused = await rpc.duty.editRoster
      .mutate({ day: '2031-03-01', shift: allDay, post: 'officers', people: [], seen: [] })
      .catch((error: { message: string }) => error.message)
    expect(refused).toBe('FORBIDDEN')
    expect((await get(token, '/exports/duty-log/csv')).status).toBe(200)
    const { token: nobody } = await app.stranger()
    expect((await get(nobody, '/exports/duty-log/csv')).status).toBe(401)
  })
})

describe('the second signature beside the console', () => {
  test('by PIN, by password; wrong ones count and are told; whoever may not stand a watch is refused', async () => {
    const out = await app.as('duty-officer')
    const next = await app.as('shift-leader')
    const auditor = await app.as('audit-admin')
    await next.rpc.accounts.setPin.mutate({ password: goodPassword, pin: '2580' })
    const board = await out.rpc.duty.board.query()
    const first = board.next[0]
    if (first === undefined) throw new Error('no shift to take')
    const watch = { day: first.day, shift: first.shift.id, people }
    await out.rpc.duty.takeOver.mutate({ next: watch, reason: '', shown: board.open.map(({ id }) => id) })
    const { handover } = await out.rpc.duty.board.query()
    if (handover === null) throw new Error('no handover')
    await out.rpc.duty.setRemarks.mutate({ handover: handover.id, remarks: '档案柜钥匙在值班长处', seen: '' })
    await out.rpc.duty.signOutgoing.mutate({ handover: handover.id })
    const paper = () => get(out.token, `/exports/duty-handover/docx?handover=${handover.id}`)
    expect(wordsOf(await bytesOf(await paper()), 'word/header1.xml')).toContain('接班人未签字')
    const shown = handover.matters.map((one) => one.matter)
    const sign = (login: string, proof: { pin: string } | { password: string }) =>
      out.rpc.duty.signIncoming
        .mutate({ handover: handover.id, shown, next: watch, beside: { login, proof } })
        .catch((error: { message: string }) => error.message)
    expect(await sign(next.login, { pin: '1111' })).toBe('WRONG_PIN')
    expect(await sign('nobody-here', { pin: '2580' })).toBe('WRONG_PIN')
    expect(await sign(next.login, { password: 'wrong' })).toBe('WRONG_PASSWORD')
    expect(await sign(auditor.login, { password: goodPassword })).toBe('FORBIDDEN')
    expect(await sign(out.login, { password: goodPassword })).toBe('SECOND_PERSON_REQUIRED')
    expect(await sign(` ${next.login.toUpperCase()} `, { pin: '2580' })).toEqual({ name: next.login })
    const done = await out.rpc.duty.handover.query({ handover: handover.id })
    expect(done).toMatchObject({ state: 'done', outgoing: { account: out.account }, incoming: { account: next.account, means: 'pin' } })
    const signed = await paper()
    expect(signed.headers.get('content-disposition')).toContain(encodeURIComponent('交接班记录-'))
    const document = await bytesOf(signed)
    const words = wordsOf(document)
    for (const part of [`交班人：${out.login}（本人登录`, `接班人：${next.login}（PIN 确认`, '其他说明：档案柜钥匙在值班长处'])
      expect(words).toContain(part)
    for (const { title, words: said } of done.matters) expect(words).toMatch(new RegExp(`${title}[^]*移交[^]*${said}`))
    expect(done.matters.length > 0 || words.includes('没有需要移交的事项。')).toBe(true)
    expect(words).not.toMatch(/[{}]|undefined/)
    expect(wordsOf(document, 'word/header1.xml').trim()).toBe('')
    expect(wordsOf(document, 'word/footer1.xml')).toContain('非涉密系统，严禁处理、存储、传输国家秘密')
    expect((await get(out.token, '/exports/duty-handover/docx?handover=none')).status).toBe(400)
    // Nobody was signed in by it.
    expect((await out.rpc.accounts.session.query()).person?.account).toBe(out.account)
  })
})

/** The shipped pack without its ledgers and incidents: they are other rooms' and take their time. */
async function watchOnly(): Promise<string> {
  const shipped = fileURLToPath(new URL('../../../resources/packs/shaanxi', import.meta.url))
  const folder = join(app.directory, 'pack')
  await cp(join(shipped, 'duty'), join(folder, 'duty'), { recursive: true })
  const manifest = PackManifest.parse(JSON.parse(await readFile(join(shipped, 'pack.json'), 'utf8')))
  const rooms = manifest.sample?.rooms.filter(({ room }) => room.startsWith('duty.')) ?? []
  expect(rooms).toHaveLength(4)
  await writeFile(join(folder, 'pack.json'), JSON.stringify({ ...manifest, reference: {}, sample: { rooms } }))
  return folder
}

test('the sample: two months of roster across a holiday, a week of log, matters to hand over; all gone in the one act, what a person wrote stays', async () => {
  const { rpc } = await app.as('duty-officer')
  const location = await watchOnly()
  const pack = await app.packs.service.load({ location, actor: 'station', withSample: true })
  for (const [part, least] of [
    ['roster', 60],
    ['holidays', 4],
    ['log', 50],
    ['handover', 3],
  ] as const)
    expect([part, pack.report[`duty.${part}`]?.refused, (pack.report[`duty.${part}`]?.loaded ?? 0) >= least]).toEqual([part, 0, true])
  const { onDuty } = await rpc.duty.now.query()
  expect(onDuty?.officers).toMatchObject([
    { name: expect.stringMatching(/^样例/) as string, telephone: expect.stringMatching(/^0913-01001/) as string },
  ])
  const { gaps } = await rpc.duty.findings.query()
  expect(gaps).toMatchObject([{ post: 'officers', missing: 1 }])
  const [gap] = gaps
  await rpc.duty.editRoster.mutate({ day: gap!.day, shift: gap!.shift, post: 'officers', people: [{ name: '本室张三', telephone: '' }], seen: [] })
  const log = await rpc.duty.log.query({ day: null, query: '', incident: null, limit: 100 })
  expect(log.length).toBeGreaterThan(50)
  expect(log.every((line) => line.isSample && !line.isLateEntry)).toBe(true)
  await app.packs.service.removeSample({ pack: pack.id, actor: 'station' })
  expect(await rpc.duty.log.query({ day: null, query: '', incident: null, limit: 100 })).toEqual([])
  expect(await rpc.duty.notes.query()).toEqual([])
  const { rows } = await rpc.duty.month.query({ month: gap!.day.slice(0, 7) })
  expect(rows.map((row) => row.officers[0]?.name)).toEqual(['本室张三'])
})
