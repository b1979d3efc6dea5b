// E-mail files, read back by another's parser: Chinese names, long subjects, the document byte for byte, lines no longer than they may be.
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { fileName, mailFile, type MailFacts } from './mail.ts'

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31)
console.info(`mail.test seed ${String(seed)}`)

function facts(over: Partial<MailFacts> = {}): MailFacts {
  return {
    from: { name: '样例市应急管理局', address: 'zhiban@yangli.example' },
    to: { name: '样例省应急管理厅值班室', address: 'zbs@sheng.example' },
    subject: '关于秦东样例化工厂氯气泄漏的首报（样例），此标题很长，要分成好几段编码，看接收方是否能一字不差地拼回来',
    text: '一、情况\n送医2人（据119）。\n',
    attachment: { name: '关于秦东样例化工厂氯气泄漏的首报（样例）.docx', bytes: Buffer.from([0x50, 0x4b, 3, 4, 0, 255, 10, 13]) },
    date: new Date('2026-11-26T06:20:00Z'),
    id: 'a1b2@wanglou.invalid',
    ...over,
  }
}

describe('an e-mail file', () => {
  test('is read back by another parser as it was meant', async () => {
    const made = facts()
    const mail = await PostalMime.parse(mailFile(made))
    expect(mail.from).toMatchObject(made.from)
    expect(mail.to).toMatchObject([made.to])
    expect(mail.subject).toBe(made.subject)
    expect(mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(made.text.trimEnd())
    expect(mail.date).toBe('2026-11-26T06:20:00.000Z')
    expect(mail.messageId).toBe('<a1b2@wanglou.invalid>')
    expect(mail.attachments).toHaveLength(1)
    expect(mail.attachments[0]).toMatchObject({
      filename: made.attachment.name,
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      disposition: 'attachment',
    })
    expect(Buffer.from(mail.attachments[0]?.content as ArrayBuffer)).toEqual(made.attachment.bytes)
  })

  test('is ASCII with CRLF alone, no line over 78 characters', () => {
    const bytes = Buffer.from(mailFile(facts({ attachment: { name: '例'.repeat(120) + '.docx', bytes: Buffer.alloc(5000, 7) } })))
    const text = bytes.toString('latin1')
    expect(bytes.every((byte) => byte < 0x80)).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
    for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
  })

  test('no line of a header can be put in by a subject, a name or an address', async () => {
    const mail = await PostalMime.parse(
      mailFile(
        facts({
          subject: '首报\r\nBcc: x@evil.example',
          to: { name: '甲\r\nX-Evil: 1', address: 'a@b.example' },
          from: { name: '乙', address: 'a@b.example>\r\nBcc: x@evil.example' },
        }),
      ),
    )
    expect(mail.bcc ?? []).toEqual([])
    expect(mail.headers.some((header) => header.key === 'x-evil')).toBe(false)
    expect(mail.from?.address ?? '').not.toContain('evil')
    expect(mail.subject).toBe('首报 Bcc: x@evil.example')
  })

  test('without an address the line is left for the person to fill in', async () => {
    const mail = await PostalMime.parse(mailFile(facts({ to: { name: '样例', address: '' }, from: { name: '', address: ' ' } })))
    expect(mail.to).toBeUndefined()
    expect(mail.from).toBeUndefined()
  })

  test('whatever is written in subject, names and file name comes back', async () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).map((words) => words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
    await fc.assert(
      fc.asyncProperty(
        line.filter((words) => words !== '' && words.isWellFormed()),
        async (words) => {
          const name = fileName(`${words}.docx`)
          const mail = await PostalMime.parse(mailFile(facts({ subject: words, attachment: { name, bytes: Buffer.from('x') } })))
          expect(mail.subject?.normalize('NFC')).toBe(words.normalize('NFC'))
          expect(mail.attachments[0]?.filename).toBe(name)
        },
      ),
      { seed, numRuns: 200 },
    )
  })
})
