// 值班快报 on a real store: what the document says, that LibreOffice opens it, and that a bad template never stops the night's paper.
import { execFile } from 'node:child_process'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import PizZip from 'pizzip'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Task } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { TasksService } from '../tasks/tasks.service.ts'
import { notSecret } from './bulletins.service.ts'
import { at, intake, officer, openIncidents, order, said } from './testing.ts'

const run = promisify(execFile)
const soffice = await access('/usr/bin/soffice').then(
  () => '/usr/bin/soffice',
  () => null,
)

let station: Awaited<ReturnType<typeof openIncidents>>
let tasks: TasksService
beforeEach(async () => {
  station = await openIncidents({
    tasks: (incident): Promise<Task[]> => tasks.list(incident),
    response: '14时40分启动三级响应（样例带班领导 电话批准）',
  })
  tasks = new TasksService({ journal: station.journal, reads: station.store, incidentFacts: station.facts })
})
afterEach(() => station.close())

/** Words of a DOCX part, runs joined, one paragraph a line. */
function wordsOf(bytes: Uint8Array, part = 'word/document.xml'): string {
  const xml = new PizZip(bytes).file(part)?.asText() ?? ''
  return xml
    .split('</w:p>')
    .map((paragraph) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join(''))
    .join('\n')
}
async function bytesOf(sha256: string): Promise<Buffer> {
  return readFile(station.blobs.pathOf(sha256))
}
function template(paragraphs: string[]): Buffer {
  const zip = new PizZip()
  zip.file(
    '[Content_Types].xml',
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  )
  zip.file(
    '_rels/.rels',
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  )
  const body = paragraphs.map((words) => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`).join('')
  zip.file(
    'word/document.xml',
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  )
  return zip.generate({ type: 'nodebuffer' })
}
async function stored(bytes: Buffer): Promise<string> {
  return (
    await station.blobs.put(
      (async function* () {
        yield await Promise.resolve(bytes)
      })(),
      { limitBytes: 1e8 },
    )
  ).sha256
}
async function reported() {
  const input = intake({
    statements: [said('hospitalised', 2, '县卫健局'), said('deaths', 0, '119'), said('evacuated', 600, '镇政府'), said('evacuated', 500, '企业')],
  })
  await station.incidents.report(input, officer)
  return input
}

describe('duty bulletin', () => {
  test('says each figure with who said it, orders with their evidence, 拟稿 and the notice; number and signer stay empty', async () => {
    const input = await reported()
    const issued = order(input.id)
    await tasks.issue(issued, officer)
    await tasks.record(
      {
        id: newId(),
        task: issued.id,
        state: 'signed',
        happenedAt: at(5),
        evidence: { ...issued.evidence, kind: 'radio' },
        reason: '',
        position: null,
      },
      officer,
    )
    const fields = await station.bulletins.compose(input.id, officer)
    const id = newId()
    await station.bulletins.save({ id, incident: input.id, fields }, officer)
    expect((await station.incidents.detail(input.id)).reportingState).toBe('drafted')
    const { blob } = await station.bulletins.export(
      { id, incident: input.id, fields: { ...fields, 主送: '样例市委、市政府总值班室', 抄送: '样例市卫生健康委' } },
      officer,
    )
    const bytes = await bytesOf(blob)
    const words = wordsOf(bytes)
    for (const part of [
      '（拟稿）',
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
    expect(wordsOf(bytes, 'word/footer1.xml')).toContain(notSecret)
    expect(await station.bulletins.list(input.id)).toMatchObject([{ state: 'exported', blob, exportedBy: officer.name }])
    expect((await station.incidents.detail(input.id)).reportingState).toBe('exported')
    const entry = (await station.journal.timeline({ dataset: 'incidents', row: input.id }, { by: 'known' })).at(-1)
    expect(entry).toMatchObject({ action: 'incidents.exportBulletin', actor: officer.account, note: { notice: notSecret } })
    // what was exported is frozen
    await expect(station.bulletins.export({ id, incident: input.id, fields }, officer)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
  })

  test('the place is not told twice when the title begins with its end', async () => {
    const input = intake({ place: '渭南市临渭区秦东样例化工厂', title: '秦东样例化工厂氯气泄漏' })
    await station.incidents.report(input, officer)
    const [opening] = (await station.bulletins.compose(input.id, officer)).正文
    expect(opening).toContain('，渭南市临渭区发生秦东样例化工厂氯气泄漏。')
  })

  test('control characters are left out of the document, markings of secrets are refused', async () => {
    const input = await reported()
    const fields = await station.bulletins.compose(input.id, officer)
    const { blob } = await station.bulletins.export(
      { id: newId(), incident: input.id, fields: { ...fields, 正文: ['甲\u0001乙 <w:p> & "丙"'] } },
      officer,
    )
    expect(wordsOf(await bytesOf(blob))).toContain('甲乙 &lt;w:p&gt; &amp;')
    await expect(station.bulletins.save({ id: newId(), incident: input.id, fields: { ...fields, 正文: ['机密★'] } }, officer)).rejects.toMatchObject({
      code: 'CLASSIFIED_MARKING',
    })
  })

  test.skipIf(soffice === null)('opens in LibreOffice', async () => {
    const input = await reported()
    const fields = await station.bulletins.compose(input.id, officer)
    const { blob } = await station.bulletins.export({ id: newId(), incident: input.id, fields }, officer)
    const folder = await mkdtemp(join(tmpdir(), 'wanglou-docx-'))
    try {
      await writeFile(join(folder, 'a.docx'), await bytesOf(blob))
      await run(soffice ?? '', [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        join(folder, 'a.docx'),
      ])
      const { stdout } = await run('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'])
      expect(stdout.replace(/\s/gu, '')).toContain('关于秦东化工厂（样例）氯气泄漏的快报')
      expect(stdout.replace(/\s/gu, '')).toContain('严禁处理、存储、传输国家秘密')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('template of the customer', () => {
  test('is used when it is sound, and says which fields it leaves out', async () => {
    const blob = await stored(template(['{标题}', '{#正文}{段落}{/正文}', '{拟稿标记} {非涉密提示}', '{#数字}{口径}{数值}{单位}据{据谁};{/数字}']))
    const report = await station.bulletins.setTemplate({ blob, name: '本局.docx' }, officer)
    expect(report).toMatchObject({ name: '本局.docx', problem: null })
    expect(report.unused).toContain('签发人')
    const input = await reported()
    const { blob: made } = await station.bulletins.export(
      { id: newId(), incident: input.id, fields: await station.bulletins.compose(input.id, officer) },
      officer,
    )
    expect(wordsOf(await bytesOf(made))).toContain('送医2人据县卫健局')
    expect(await station.bulletins.setTemplate({ blob: null, name: '' }, officer)).toMatchObject({ name: null })
  })

  test('unknown and missing fields are named, files that are none are refused, and the former one stays', async () => {
    const set = async (bytes: Buffer) => station.bulletins.setTemplate({ blob: await stored(bytes), name: 'x.docx' }, officer)
    await expect(set(template(['{标题}{正文}{拟稿标记}{非涉密提示}{签名章}']))).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      params: { unknown: '签名章', missing: '' },
    })
    await expect(set(template(['{标题}']))).rejects.toMatchObject({ code: 'TEMPLATE_INVALID', params: { missing: '正文、拟稿标记、非涉密提示' } })
    await expect(set(template(['{标题}{#正文}{段落}']))).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' })
    await expect(set(Buffer.from('PK\u0003\u0004 not a zip'))).rejects.toMatchObject({ code: expect.stringMatching(/^FILE_/) as string })
    await expect(set(Buffer.from('%PDF-1.7'))).rejects.toMatchObject({ code: expect.stringMatching(/^FILE_/) as string })
    expect(await station.bulletins.template()).toMatchObject({ name: null, problem: null })
  })

  test('that can no longer be read leaves the shipped one in use, and says why', async () => {
    const blob = await stored(template(['{标题}', '{#正文}{段落}{/正文}', '{拟稿标记} {非涉密提示}']))
    await station.bulletins.setTemplate({ blob, name: '本局.docx' }, officer)
    await writeFile(station.blobs.pathOf(blob), 'torn')
    const input = await reported()
    const made = await station.bulletins.export(
      { id: newId(), incident: input.id, fields: await station.bulletins.compose(input.id, officer) },
      officer,
    )
    expect(made.template).toMatchObject({ name: '本局.docx', problem: { code: expect.stringMatching(/^FILE_/) as string } })
    expect(wordsOf(await bytesOf(made.blob))).toContain('值 班 快 报')
  })
})
