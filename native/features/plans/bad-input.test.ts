// Every file that is no plan gets a clear refusal, and nothing of it stays; what is readable but odd is marked.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PizZip from 'pizzip'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from './parse/read-document.ts'
import { planOf } from './parse/structure.ts'
import { openPlansStation, type PlansStation, samplesFolder } from './testing.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-bad-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const docx = () => readFileSync(`${samplesFolder}hazchem.docx`)
const pdf = () => readFileSync(`${samplesFolder}tailings.pdf`)
const read = (path: string) => readDocument(path, path, () => undefined)
const refused = (path: string) =>
  read(path).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  )
const plan = async (path: string) => planOf((await read(path)).blocks, { fileName: path.split('/').at(-1) ?? '', eventTypes: [], areas: [] })

/** A minimal PDF; `content` draws its one page. */
function pdfWith(content: string): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  return `${text}xref\n0 5\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
}

/** A DOCX whose document part is the given body. */
function docxWith(body: string): Uint8Array {
  const zip = new PizZip(docx())
  zip.file(
    'word/document.xml',
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  )
  return zip.generate({ type: 'uint8array' })
}

describe('files that cannot be a plan', () => {
  it('0 bytes', async () => expect(await refused(file('empty.docx', ''))).toBe('FILE_EMPTY'))
  it('300 MB', async () => {
    const path = file('large.txt', '')
    truncateSync(path, 300_000_000)
    expect(await refused(path)).toBe('FILE_TOO_LARGE')
  })
  it('a truncated DOCX and a truncated PDF', async () => {
    expect(await refused(file('cut.docx', docx().subarray(0, 20_000)))).toBe('FILE_TRUNCATED')
    expect(await refused(file('cut.pdf', pdf().subarray(0, 60_000)))).toBe('FILE_TRUNCATED')
  })
  it('an encrypted PDF (by qpdf-like /Encrypt) and a password-protected DOCX (OLE)', async () => {
    const marked = pdf().toString('latin1').replace('trailer\n<<', 'trailer\n<</Encrypt 99 0 R')
    expect(marked).toContain('/Encrypt')
    expect(await refused(file('locked.pdf', Buffer.from(marked, 'latin1')))).toBe('FILE_ENCRYPTED')
    const ole = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(2_000),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(2_000),
    ])
    expect(await refused(file('locked.docx', ole))).toBe('FILE_ENCRYPTED')
  })
  it('another kind of file under the name of a plan: an old .doc, a picture, a workbook, noise', async () => {
    expect(await refused(file('old.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_000)])))).toBe('FILE_WRONG_TYPE')
    expect(await refused(file('picture.docx', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(400)])))).toBe('FILE_WRONG_TYPE')
    expect(
      await refused(
        file(
          'noise.txt',
          createHash('sha512')
            .update('noise')
            .digest()
            .map((byte) => byte & 0x07),
        ),
      ),
    ).toBe('FILE_WRONG_TYPE')
    const zip = new PizZip()
    zip.file('a.txt', 'x')
    expect(await refused(file('zip.docx', zip.generate({ type: 'uint8array' })))).toBe('FILE_WRONG_TYPE')
  })
  it('a zip bomb', async () => {
    const zip = new PizZip(docx())
    zip.file('word/document.xml', '0'.repeat(150_000_000))
    expect(await refused(file('bomb.docx', zip.generate({ type: 'uint8array', compression: 'DEFLATE' })))).toBe('FILE_ZIP_BOMB')
  }, 60_000)
  it('a DOCX with broken XML', async () => expect(await refused(file('broken.docx', docxWith('<w:p><w:r>')))).toBe('FILE_UNREADABLE'))
  it('a DOCX and a PDF without a text (a scan)', async () => {
    expect(await refused(file('blank.docx', docxWith('<w:p/>')))).toBe('FILE_NO_TEXT')
    expect(await refused(file('scan.pdf', pdfWith('0 0 100 100 re f')))).toBe('FILE_NO_TEXT')
  })
  it('a PDF whose inside is noise', async () =>
    expect(['FILE_UNREADABLE', 'FILE_NO_TEXT']).toContain(await refused(file('noise.pdf', `%PDF-1.4\n${'x'.repeat(5_000)}\n%%EOF`))))
  it('text in no encoding we know, and text with NUL', async () => {
    expect(await refused(file('latin.txt', Buffer.from([0x61, 0xff, 0x20, 0xff, 0x62, 0x0a])))).toBe('FILE_ENCODING')
    expect(await refused(file('nul.txt', `一、总则\n${'甲'.repeat(200)}\0乙`))).toBe('FILE_WRONG_TYPE')
  })
})

describe('files that are odd but readable', () => {
  const words = '样例市地震应急预案\n\n一、总则\n本预案适用于样例市。\n二、组织体系\n（一）市公安局：负责警戒。\n'
  it('text in UTF-8, UTF-8 with its mark, UTF-16 and GB18030 is the same plan', async () => {
    const python = spawnSync('/usr/bin/python3', ['-c', 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode("gb18030"))'], {
      input: words,
    })
    expect(python.status).toBe(0)
    const files = [
      file('u8.txt', words),
      file('bom.txt', `\ufeff${words}`),
      file('u16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words, 'utf16le')])),
      file('gb.txt', python.stdout),
    ]
    const plans = await Promise.all(files.map(plan))
    for (const one of plans) {
      expect(one.paragraphs).toEqual(plans[0]?.paragraphs)
      expect(one.head.title).toBe('样例市地震应急预案')
      expect(one.paragraphs.filter((paragraph) => paragraph.kind === 'heading').map((paragraph) => paragraph.body)).toEqual(['总则', '组织体系'])
    }
  })
  it('Markdown with a table of actions', async () => {
    const path = file(
      'plan.md',
      '# 样例县山洪灾害应急预案\n\n## 一、应急响应\n\n### （一）一级响应\n\n| 行动 | 责任单位 | 时限 |\n|---|---|---|\n| 转移沟口群众 | 县公安局 | 30分钟内 |\n\n**联系**：县应急管理局 0913-0100001\n',
    )
    const found = await plan(path)
    expect(found.head.title).toBe('样例县山洪灾害应急预案')
    expect(found.actions).toMatchObject([{ tier: 'tier-1', role: '县公安局', action: '转移沟口群众', deadlineMinutes: 30 }])
    expect(found.contacts).toMatchObject([{ unit: '县应急管理局', telephone: '0913-0100001' }])
  })
  it('control characters in a document are replaced and the paragraph is marked', async () => {
    const path = file('control.txt', `一、总则\n本预\x01案适用于样例市。${'甲'.repeat(50)}\n`)
    const marked = (await plan(path)).paragraphs.filter((paragraph) => paragraph.unsure.includes('characters'))
    expect(marked).toHaveLength(1)
    expect(marked[0]?.body).toContain('本预\uFFFD案')
  })
  it('deleted text, text boxes, nested tables and hidden runs of a DOCX', async () => {
    const run = (text: string, traits = '') => `<w:r>${traits}<w:t>${text}</w:t></w:r>`
    const body = `<w:p>${run('一、总则')}</w:p><w:p>${run('本预案')}<w:del>${run('删去的话')}</w:del>${run('隐藏的话', '<w:rPr><w:vanish/></w:rPr>')}${run('适用。')}</w:p>
      <w:tbl><w:tr><w:tc><w:p>${run('甲')}</w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p>${run('内层')}</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>`
    const found = await plan(file('odd.docx', docxWith(body)))
    expect(found.paragraphs.map((paragraph) => paragraph.body)).toEqual(['总则', '本预案适用。', '甲 | 内层'])
  })
})

describe('a machine without the native canvas that pdfjs offers to use', () => {
  it('reads the text layer all the same', () => {
    const block = file(
      'block.cjs',
      "const M = require('module'); const load = M._load; M._load = function (name, ...rest) { if (String(name).includes('napi-rs')) throw new Error('absent'); return load.call(this, name, ...rest) }",
    )
    const reader = new URL('./parse/pdf.ts', import.meta.url).href
    const script = `import(${JSON.stringify(reader)}).then(({ readPdf }) => readPdf(${JSON.stringify(`${samplesFolder}tailings.pdf`)}, () => undefined)).then((blocks) => console.log('blocks', blocks.length))`
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', block, '-e', script], { encoding: 'utf8' })
    expect(stdout, stderr).toMatch(/blocks [2-9]\d/)
  })
})

describe('a refused import', () => {
  let station: PlansStation
  beforeEach(async () => {
    station = await openPlansStation()
  })
  afterEach(() => station.close())
  it('leaves no plan, no entry and says why; the next one goes well', async () => {
    const before = await station.journal.length()
    for (const [path, code] of [
      [file('a.docx', docx().subarray(0, 9_000)), 'FILE_TRUNCATED'],
      [file('b.txt', Buffer.from([0x61, 0xff, 0x20, 0xff, 0x62])), 'FILE_ENCODING'],
      [file('c.pdf', pdfWith('')), 'FILE_NO_TEXT'],
    ] as const) {
      await expect(station.load(path)).rejects.toMatchObject({ code })
      expect(station.plans.importer.states()[0]).toMatchObject({ stage: 'failed', error: { code } })
    }
    expect(await station.journal.length()).toBe(before)
    expect(await station.plans.plans.list()).toEqual([])
    await station.load('tailings.pdf')
    expect(await station.plans.plans.list()).toHaveLength(1)
  })
})
