// 报送 and receipts on a real store: nothing unsigned and no sample leaves, 送达 is not 签收, what is overdue is said, what proves it goes to the clocks.
import { readFile } from 'node:fs/promises'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReceiptInput, SendInput } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { intake, officer, said } from '../incidents/testing.ts'
import { openReports, type ReportsStation } from './testing/station.ts'

let station: ReportsStation
let incident: string
let report: string
beforeEach(async () => {
  station = await openReports()
  const input = intake({ statements: [said('hospitalised', 2, '县卫健局'), said('evacuated', 600, '镇政府'), said('evacuated', 500, '企业')] })
  incident = input.id
  await station.incidents.report(input, officer)
  report = await station.draft('first', incident)
})
afterEach(() => station.close())

const now = () => ({ at: Date.now(), precision: 'exact' as const, source: officer.name })
const send = (over: Partial<SendInput> = {}) => station.reports.sends.send(station.sendInput(report, over), officer)
const receipt = (sent: string, over: Partial<ReceiptInput> = {}) =>
  station.reports.sends.receipt(
    { id: newId(), send: sent, kind: 'signed', who: '样例接收员', how: 'telephone', number: '029-0100000', words: '收到', at: now(), ...over },
    officer,
  )

describe('what leaves', () => {
  test('is signed; a draft is refused, a sample and a drill too, and by the link a unit that is not linked', async () => {
    await expect(send()).rejects.toMatchObject({ code: 'REPORT_UNSIGNED' })
    await station.sign(report)
    await expect(send({ channel: 'link' })).rejects.toMatchObject({ code: 'UNIT_NOT_LINKED', params: { unit: '样例省应急管理厅' } })
    await send()
    expect(await station.reports.service.get(report)).toMatchObject({ state: 'sent', sends: 1, unsigned: 1 })
    expect((await station.incidents.detail(incident)).reportingState).toBe('sent')
    const sample = intake()
    await station.incidents.report(sample, officer, { isSample: true })
    const id = await station.draft('first', sample.id)
    await station.sign(id)
    await expect(station.reports.sends.send(station.sendInput(id), officer)).rejects.toMatchObject({ code: 'SAMPLE_RECORD' })
    const drill = await openReports({ isDrill: true })
    try {
      const other = intake()
      await drill.incidents.report(other, officer)
      const paper = await drill.draft('first', other.id)
      await drill.sign(paper)
      await expect(drill.reports.sends.send(drill.sendInput(paper), officer)).rejects.toMatchObject({ code: 'SAMPLE_RECORD' })
    } finally {
      await drill.close()
    }
  })

  test('a telephone script is frozen when it is first told; what was said is on record', async () => {
    const script = await station.draft('telephone-script', incident)
    const words = { channel: 'telephone' as const, words: '知道了，注意疏散' }
    await station.reports.sends.send(station.sendInput(script, words), officer)
    await expect(station.edit(script, { 正文: ['改口'] })).rejects.toMatchObject({ code: 'REPORT_FROZEN' })
    await station.reports.sends.send(station.sendInput(script, words), officer)
    const told = await station.reports.service.get(script)
    expect(told).toMatchObject({ state: 'sent', serial: null, needsCountersign: null })
    expect(told.steps.filter((step) => step.step === 'sign')).toHaveLength(1)
    expect(told.sendRows[0]).toMatchObject({ channel: 'telephone', words: '知道了，注意疏散', recipient: '样例省应急管理厅' })
  })

  test('told by telephone, whoever took it has signed for it; without the number that is no evidence', async () => {
    const script = await station.draft('telephone-script', incident)
    const to = { id: newId(), unit: null, name: '样例省应急管理厅', target: '', takenBy: '省厅值班员' }
    const telephone = station.sendInput(script, { channel: 'telephone', words: '已记录', recipients: [to] })
    await expect(station.reports.sends.send(telephone, officer)).rejects.toMatchObject({ code: 'EVIDENCE_REQUIRED', params: { field: 'number' } })
    expect((await station.reports.service.get(script)).state).toBe('drafted')
    await station.reports.sends.send({ ...telephone, recipients: [{ ...to, target: '029-0100000' }] }, officer)
    expect((await station.reports.service.get(script)).state).toBe('receipted')
    expect(await station.reports.evidence(incident)).toMatchObject([{ means: 'telephone', who: '省厅值班员', words: '已记录' }])
  })

  test('as an e-mail file it carries the signed document, byte for byte', async () => {
    await station.sign(report)
    const { sends } = await send({
      channel: 'email',
      recipients: [{ id: newId(), unit: null, name: '样例省应急管理厅', target: 'zbs@sheng.example', takenBy: '' }],
    })
    const mail = await PostalMime.parse(await readFile(station.blobs.pathOf(sends[0]?.blob ?? '')))
    const { blob, title } = await station.reports.service.get(report)
    expect(mail.subject).toBe(title)
    expect(mail.to).toMatchObject([{ name: '样例省应急管理厅', address: 'zbs@sheng.example' }])
    expect(Buffer.from(mail.attachments[0]?.content as ArrayBuffer)).toEqual(await readFile(station.blobs.pathOf(blob ?? '')))
  })

  test('told twice it is one send', async () => {
    await station.sign(report)
    const input = station.sendInput(report)
    await station.reports.sends.send(input, officer)
    await expect(station.reports.sends.send(input, officer)).rejects.toMatchObject({ code: 'DUPLICATE' })
  })
})

describe('receipts', () => {
  test('送达 is a machine’s word: the report is signed for only by a person, each recipient by its own', async () => {
    await station.sign(report)
    const { sends } = await send({
      recipients: ['样例省应急管理厅', '样例市委总值班室'].map((name) => ({ id: newId(), unit: null, name, target: '', takenBy: '' })),
    })
    const [first = '', second = ''] = sends.map((one) => one.id)
    await receipt(first, { kind: 'delivered', who: '', how: 'fax', number: '' })
    expect((await station.reports.service.get(report)).unsigned).toBe(2)
    await expect(receipt(first, { who: ' ' })).rejects.toMatchObject({ code: 'EVIDENCE_REQUIRED', params: { field: 'who' } })
    await expect(receipt(first, { number: '' })).rejects.toMatchObject({ code: 'EVIDENCE_REQUIRED', params: { field: 'number' } })
    await receipt(first)
    expect(await station.reports.service.get(report)).toMatchObject({ state: 'sent', unsigned: 1 })
    await receipt(second, { kind: 'read', who: '样例乙（市领导）', how: 'in-person', number: '', words: '已阅，抓紧救治' })
    expect(await station.reports.service.get(report)).toMatchObject({ state: 'receipted', unsigned: 0, urge: null })
  })

  test('not signed for in its minutes is said with the recipient, and stands in the 交接班; nothing moves by itself', async () => {
    await station.sign(report)
    const sentAt = { ...now(), at: Date.now() - 20 * 60_000 }
    await send({ sentAt })
    const late = await station.reports.service.get(report)
    expect(late.urge).toMatchObject({ recipient: '样例省应急管理厅', since: sentAt.at + 15 * 60_000 })
    expect((await station.reports.service.get(report, sentAt.at + 14 * 60_000)).urge).toBeNull()
    expect((await station.reports.openMatters()).map((one) => one.detail)).toContain('1处未签收，样例省应急管理厅已超时')
    await receipt(late.sendRows[0]?.id ?? '')
    expect((await station.reports.service.get(report)).urge).toBeNull()
    expect(await station.reports.openMatters()).toEqual([])
  })

  test('prove to the clocks who was told, by which means, of which report; a send alone and a machine’s word prove nothing', async () => {
    const unit = newId()
    await station.sign(report)
    const { sends } = await send({ recipients: [{ id: newId(), unit, name: '样例省应急管理厅', target: '', takenBy: '' }] })
    expect(await station.reports.evidence(incident)).toEqual([])
    await receipt(sends[0]?.id ?? '', { kind: 'delivered', who: '', how: 'fax', number: '' })
    expect(await station.reports.evidence(incident)).toEqual([])
    await receipt(sends[0]?.id ?? '')
    const script = await station.draft('telephone-script', incident)
    const told = await station.reports.sends.send(station.sendInput(script, { channel: 'telephone' }), officer)
    await receipt(told.sends[0]?.id ?? '')
    expect(await station.reports.evidence(null)).toMatchObject([
      { incident, unit, recipient: '样例省应急管理厅', means: 'writing', who: '样例接收员', report: '首报', source: { dataset: 'reportReceipts' } },
      { unit: null, means: 'telephone', report: '电话口述稿' },
    ])
  })
})

test('the copy sheet has the fields in their order, invents no nought, shows differing figures side by side and keeps its progress', async () => {
  const lines = await station.reports.sends.copySheet(report)
  const value = (name: string) => lines.find((line) => line.name === name)?.value
  expect(lines.slice(0, 3).map((line) => line.name)).toEqual(['信息标题', '事件类型', '事件等级'])
  expect(value('送医人数')).toBe('2')
  expect(value('死亡人数')).toBe('')
  expect(value('疏散人数')).toBe('600（据镇政府） / 500（据企业）')
  expect(value('经度')).toBe('109.51')
  await station.reports.sends.copied(report, '信息标题')
  const again = await station.reports.sends.copySheet(report)
  expect(again.filter((line) => line.copiedAt !== null).map((line) => line.name)).toEqual(['信息标题'])
})
