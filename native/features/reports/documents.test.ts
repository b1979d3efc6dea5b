// Documents on a real store: what each kind says, that LibreOffice opens it, and that a bad template never stops the night's paper.
import { execFile } from 'node:child_process'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import PizZip from 'pizzip'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isNumbered, kindNames, NOT_CLASSIFIED_NOTICE, ReportKind } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { at, intake, officer, order, said } from '../incidents/testing.ts'
import { decision, openReports, type ReportsStation } from './testing/station.ts'
import { picture, templateOf, wordsOf } from './testing/docx.ts'

const run = promisify(execFile)
const soffice = await access('/usr/bin/soffice').then(
  () => '/usr/bin/soffice',
  () => null,
)

let station: ReportsStation
let incident: string
beforeEach(async () => {
  station = await openReports({
    response: '14时40分启动三级响应（样例带班领导 电话批准）',
    instructions: [
      { id: newId(), incident: null, from: '样例乙（市领导）', words: '全力救治伤员。', owner: '危化科（样例）', dueAt: Date.now(), isDone: false },
    ],
  })
  const input = intake({
    statements: [said('hospitalised', 2, '县卫健局'), said('deaths', 0, '119'), said('evacuated', 600, '镇政府'), said('evacuated', 500, '企业')],
  })
  incident = input.id
  station.given.decisions = [decision(incident, 'start'), decision(incident, 'change'), decision(incident, 'end')]
  await station.incidents.report(input, officer)
})
afterEach(() => station.close())

const bytesOf = (sha256: string) => readFile(station.blobs.pathOf(sha256))
async function stored(bytes: Buffer): Promise<string> {
  async function* once() {
    yield await Promise.resolve(bytes)
  }
  return (await station.blobs.put(once(), { limitBytes: 1e8 })).sha256
}

describe('a draft', () => {
  test('says each figure with who said it, orders with their evidence, 拟稿 and the notice on every page; number and signer stay empty', async () => {
    const issued = order(incident)
    await station.tasks.issue(issued, officer)
    const evidence = { ...issued.evidence, kind: 'radio' as const }
    await station.tasks.record({ id: newId(), task: issued.id, state: 'signed', happenedAt: at(5), evidence, reason: '', position: null }, officer)
    const id = await station.draft('bulletin', incident)
    await station.edit(id, { 主送: '样例市委、市政府总值班室', 抄送: '样例市卫生健康委' })
    const { blob, isSigned } = await station.reports.exports.export(id, officer)
    expect(isSigned).toBe(false)
    const bytes = await bytesOf(blob)
    const words = wordsOf(bytes)
    for (const part of [
      '值 班 快 报',
      '第　　期',
      '签发人：',
      '关于秦东化工厂（样例）氯气泄漏的快报',
      '样例市委、市政府总值班室：',
      '抄送：样例市卫生健康委',
      '样例市应急管理局',
      '送医2人（据县卫健局',
      '无死亡（据119',
      '疏散人数说法不一',
      '疏散600人（据镇政府',
      '疏散500人（据企业',
      '14时40分启动三级响应',
      '指令渭南危化救援队（样例）赴样例工业园',
      '签收（电台 样例队长）',
      '联系人：样例值班员',
    ])
      expect(words).toContain(part)
    expect(words).not.toContain('{')
    expect(wordsOf(bytes, 'word/header1.xml')).toContain('（拟稿）')
    expect(wordsOf(bytes, 'word/footer1.xml')).toContain(NOT_CLASSIFIED_NOTICE)
    expect((await station.incidents.detail(incident)).reportingState).toBe('drafted')
    const entry = (await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })).at(-1)
    expect(entry).toMatchObject({ action: 'reports.export', actor: officer.account, note: { notice: NOT_CLASSIFIED_NOTICE, isSigned: false } })
  })

  test('control characters are left out of the document, markings of secrets are refused', async () => {
    const id = await station.draft('bulletin', incident)
    await station.edit(id, { 正文: ['甲\u0001乙 <w:p> & "丙"'] })
    const { blob } = await station.reports.exports.export(id, officer)
    expect(wordsOf(await bytesOf(blob))).toContain('甲乙 &lt;w:p&gt; &amp;')
    await expect(station.edit(id, { 正文: ['机密★'] })).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
  })

  test('the map picture stands in it in its own proportions', async () => {
    const id = await station.draft('bulletin', incident)
    const map = await stored(picture(320, 200))
    await station.reports.service.setMap({ report: id, map }, officer)
    const { blob } = await station.reports.exports.export(id, officer)
    const zip = new PizZip(await bytesOf(blob))
    expect(zip.file('word/media/wanglou-map.png')?.asUint8Array()).toEqual(new Uint8Array(picture(320, 200)))
    const [, cx = '0', cy = '1'] = /<wp:extent cx="(\d+)" cy="(\d+)"/.exec(zip.file('word/document.xml')?.asText() ?? '') ?? []
    expect(Number(cx) / Number(cy)).toBeCloseTo(1.6, 3)
    expect(zip.file('[Content_Types].xml')?.asText()).toContain('image/png')
    const broken = await stored(Buffer.from('no picture'))
    await station.reports.service.setMap({ report: id, map: broken }, officer)
    await expect(station.reports.exports.export(id, officer)).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
  })
})

describe.skipIf(soffice === null)('in LibreOffice', () => {
  test('every kind opens and says its name, its text and the notice', async () => {
    await station.tasks.issue(order(incident), officer)
    const folder = await mkdtemp(join(tmpdir(), 'wanglou-docx-'))
    try {
      const drafts = new Map<string, string>()
      for (const kind of ReportKind.options) {
        const id = await station.draft(kind, kind === 'digest' ? null : incident)
        drafts.set(kind, id)
        if (isNumbered(kind)) await station.reports.service.setMap({ report: id, map: await stored(picture(640, 400)) }, officer)
        const { blob } = await station.reports.exports.export(id, officer)
        await writeFile(join(folder, `${kind}.docx`), await bytesOf(blob))
      }
      const files = ReportKind.options.map((kind) => join(folder, `${kind}.docx`))
      await run(
        soffice ?? '',
        [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files],
        {
          timeout: 170_000,
        },
      )
      for (const kind of ReportKind.options) {
        const { stdout } = await run('pdftotext', ['-layout', join(folder, `${kind}.pdf`), '-'])
        const words = stdout.replace(/\s/gu, '')
        const { fields } = await station.reports.service.get(drafts.get(kind) ?? '')
        expect(words, kindNames[kind]).toContain('（拟稿）')
        expect(words, kindNames[kind]).toContain('严禁处理、存储、传输国家秘密')
        const expected = kind === 'instruction-sheet' ? fields.批示内容 : (fields.正文[0] ?? '')
        expect(words, kindNames[kind]).toContain(expected.replace(/\s/gu, '').slice(0, 20))
        expect(words, kindNames[kind]).not.toContain('{')
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 240_000)
})

describe('template of the customer', () => {
  const set = async (bytes: Buffer) =>
    station.reports.documents.setTemplate({ kind: 'bulletin', blob: await stored(bytes), name: '本局.docx' }, officer)
  const sound = ['{标题}', '{#正文}{段落}{/正文}', '{拟稿标记} {非涉密提示}']

  test('is used for its kind alone when it is sound, and says which fields it leaves out', async () => {
    const report = await set(templateOf([...sound, '{#数字}{口径}{数值}{单位}据{据谁};{/数字}']))
    expect(report).toMatchObject({ name: '本局.docx', problem: null })
    expect(report.unused).toContain('签发人')
    const made = await station.reports.exports.export(await station.draft('bulletin', incident), officer)
    expect(wordsOf(await bytesOf(made.blob))).toContain('送医2人据县卫健局')
    const first = await station.reports.exports.export(await station.draft('first', incident), officer)
    expect(wordsOf(await bytesOf(first.blob))).toContain('突发事件信息')
    expect(await station.reports.documents.setTemplate({ kind: 'bulletin', blob: null, name: '' }, officer)).toMatchObject({ name: null })
  })

  test('unknown and missing fields are named, files that are none are refused, and the former one stays', async () => {
    await expect(set(templateOf(['{标题}{正文}{拟稿标记}{非涉密提示}{签名章}']))).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      params: { unknown: '签名章', missing: '' },
    })
    await expect(set(templateOf(['{标题}']))).rejects.toMatchObject({ code: 'TEMPLATE_INVALID', params: { missing: '正文、拟稿标记、非涉密提示' } })
    await expect(set(templateOf(['{标题}{#正文}{段落}']))).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' })
    await expect(set(Buffer.from('PK\u0003\u0004 not a zip'))).rejects.toMatchObject({ code: expect.stringMatching(/^FILE_/) as string })
    await expect(set(Buffer.from('%PDF-1.7'))).rejects.toMatchObject({ code: expect.stringMatching(/^FILE_/) as string })
    expect(await station.reports.documents.template('bulletin')).toMatchObject({ name: null, problem: null })
  })

  test('that can no longer be read leaves the shipped one in use, and says why', async () => {
    const blob = await stored(templateOf(sound))
    await station.reports.documents.setTemplate({ kind: 'bulletin', blob, name: '本局.docx' }, officer)
    await writeFile(station.blobs.pathOf(blob), 'torn')
    const made = await station.reports.exports.export(await station.draft('bulletin', incident), officer)
    expect(made.template).toMatchObject({ name: '本局.docx', problem: { code: expect.stringMatching(/^FILE_/) as string } })
    expect(wordsOf(await bytesOf(made.blob))).toContain('值 班 快 报')
  })
})
