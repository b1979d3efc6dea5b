// An e-mail as a file (.eml): RFC 5322 with one attachment, names in RFC 2047 and RFC 2231. Nothing is sent; a person opens it in her mail program. Pure.
import { createHash } from 'node:crypto'

export interface MailFacts {
  from: { name: string; address: string }
  to: { name: string; address: string }
  subject: string
  text: string
  attachment: { name: string; bytes: Uint8Array }
  date: Date
  /** Message-ID without its brackets. */
  id: string
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export function mailFile(facts: MailFacts): Uint8Array {
  // The same message has the same boundary; base64 holds no "=_", so no line of a part can look like it.
  const boundary = `=_${createHash('sha256').update(facts.id).digest('hex').slice(0, 32)}`
  const name = fileName(facts.attachment.name)
  const lines = [
    ...mailbox('From', facts.from),
    ...mailbox('To', facts.to),
    `Subject: ${encodedWords(facts.subject, 'Subject: '.length)}`,
    `Date: ${rfc5322Date(facts.date)}`,
    `Message-ID: <${facts.id}>`,
    // A mail program shows it as a draft with its send button.
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(Buffer.from(facts.text.replace(/\r?\n/gu, '\r\n'), 'utf8')),
    `--${boundary}`,
    `Content-Type:\r\n ${docx};\r\n${parameters('name', name)}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;\r\n${parameters('filename', name)}`,
    '',
    base64Lines(facts.attachment.bytes),
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

/** One mailbox; without an address there is no header at all, for the person to fill in. */
function mailbox(header: string, { name, address }: { name: string; address: string }): string[] {
  const bare = address.trim()
  // Anything but an addr-spec of printable ASCII is left for the person to type.
  if (!/^[\x21-\x3b\x3d\x3f-\x7e]+@[A-Za-z0-9.-]+$/u.test(bare)) return []
  return [name.trim() === '' ? `${header}: ${bare}` : `${header}: ${encodedWords(name.trim(), header.length + 2)}\r\n <${bare}>`]
}

/** RFC 2047 encoded words of at most 75 characters, never cut inside a character; lines of at most 76. */
export function encodedWords(words: string, used: number): string {
  const clean = words.replace(/[\r\n\t]+/gu, ' ')
  if (/^[\x20-\x7e]*$/u.test(clean) && clean.length + used <= 76 && !clean.includes('=?')) return clean
  const parts: string[] = []
  let bytes = 0
  let part = ''
  // 45 bytes are 60 characters of base64; with =?UTF-8?B? and ?= 72. The first line begins behind its header's name.
  let room = 45 - Math.ceil((used * 3) / 4 / 3) * 3
  for (const character of clean) {
    const length = Buffer.byteLength(character)
    if (bytes + length > room && part !== '') {
      parts.push(part)
      part = ''
      bytes = 0
      room = 45
    }
    part += character
    bytes += length
  }
  parts.push(part)
  return parts.map((one) => `=?UTF-8?B?${Buffer.from(one, 'utf8').toString('base64')}?=`).join('\r\n ')
}

/** RFC 2231: a value in pieces `name*0*=UTF-8''…; name*1*=…`, and a plain one for programs that know no better. */
export function parameters(parameter: string, value: string): string {
  const encoded = [...value].map((character) =>
    /[A-Za-z0-9._-]/u.test(character)
      ? character
      : encodeURIComponent(character).replace(/['()*!~]/gu, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  )
  const pieces: string[] = []
  let piece = "UTF-8''"
  for (const one of encoded) {
    if (piece.length + one.length > 55) {
      pieces.push(piece)
      piece = ''
    }
    piece += one
  }
  pieces.push(piece)
  return pieces.map((one, at) => ` ${parameter}*${pieces.length === 1 ? '' : `${at}*`}=${one}`).join(';\r\n')
}

/** What no file system takes is replaced; the extension stays. */
export function fileName(name: string): string {
  const end = name.lastIndexOf('.')
  const [base, extension] = end <= 0 ? [name, ''] : [name.slice(0, end), name.slice(end)]
  return `${[...base.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, '_')].slice(0, 80).join('') || '报告'}${extension}`
}

function base64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/gu) ?? []
  ).join('\r\n')
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Thu, 26 Nov 2026 14:20:00 +0800 */
function rfc5322Date(date: Date): string {
  const there = new Date(date.getTime() + 8 * 3_600_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds()].map(two).join(':')
  return `${days[there.getUTCDay()] ?? ''}, ${there.getUTCDate()} ${months[there.getUTCMonth()] ?? ''} ${there.getUTCFullYear()} ${time} +0800`
}
