// Bytes of a command: text or hexadecimal with placeholders and sums. Pure.
import { type CommandTemplate, DisplayError, type DryRun, type TemplateCommand } from '../../contract/index.ts'
import { sums } from './sums.ts'

type Values = Readonly<Record<string, string | number>>
type Rendered = Pick<TemplateCommand, 'send' | 'values' | 'path' | 'method'>

export interface RenderedSend {
  bytes: Buffer
  /** HTTP only. */
  path: string | null
}

const placeholder = /\{(\w+)(?:@(\d{1,3}))?(?::(\w+))?\}/g

/** @throws DisplayError value-invalid: a placeholder without a value, a value outside its bounds, what is no hexadecimal */
export function renderSend(template: CommandTemplate, command: Rendered, values: Values): RenderedSend {
  const isHex = template.encoding === 'hex' && template.transport !== 'http'
  const parts: Buffer[] = []
  let at = 0
  for (const match of command.send.matchAll(placeholder)) {
    parts.push(literal(command.send.slice(at, match.index), isHex))
    at = match.index + match[0].length
    const [, name = '', from, format] = match
    const sum = Object.hasOwn(sums, name) ? sums[name] : undefined
    if (sum === undefined) parts.push(shown({ value: valueOf(command, name, values), format: format ?? (isHex ? 'u8' : ''), name }))
    else {
      const before = Buffer.concat(parts)
      const value = sum.of(before.subarray(Math.min(Number(from ?? 0), before.length)))
      parts.push(shown({ value, format: format ?? sum.format, name }))
    }
  }
  parts.push(literal(command.send.slice(at), isHex))
  if (!isHex && template.transport !== 'http') parts.push(Buffer.from(template.end, 'utf8'))
  return { bytes: Buffer.concat(parts), path: command.path === undefined ? null : renderPath(command, values) }
}

/** What a person or an act fills in. */
export function placeholdersOf({ send, path }: Pick<TemplateCommand, 'send' | 'path'>): string[] {
  const names = [...`${send} ${path ?? ''}`.matchAll(placeholder)].map(([, name = '']) => name)
  return [...new Set(names)].filter((name) => !Object.hasOwn(sums, name))
}

export function dryRun(template: CommandTemplate, command: Rendered, values: Values): DryRun {
  const { bytes, path } = renderSend(template, command, values)
  return {
    hex: hexOf(bytes),
    shown: bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '·'),
    bytes: bytes.length,
    request: path === null ? null : `${command.method} ${path}`,
  }
}

export function hexOf(bytes: Buffer): string {
  return bytes
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1 ')
}

function literal(text: string, isHex: boolean): Buffer {
  if (!isHex) return Buffer.from(text, 'utf8')
  const digits = text.replace(/\s+/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new DisplayError('value-invalid', text)
  return Buffer.from(digits, 'hex')
}

function renderPath(command: Rendered, values: Values): string {
  // A path is often written as people say it (/场景/4): what HTTP does not carry is escaped.
  const path = (command.path ?? '').toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  return path.replace(placeholder, (_, name: string, __, format?: string) =>
    encodeURIComponent(shown({ value: valueOf(command, name, values), format: format ?? '', name }).toString('utf8')),
  )
}

function valueOf(command: Rendered, name: string, values: Values): string | number {
  const given = Object.hasOwn(values, name) ? values[name] : undefined
  if (given === undefined || given === '') throw new DisplayError('value-invalid', `{${name}}`)
  const rule = Object.hasOwn(command.values, name) ? command.values[name] : undefined
  if (rule?.map !== undefined) {
    const mapped = Object.hasOwn(rule.map, String(given)) ? rule.map[String(given)] : undefined
    if (mapped === undefined) throw new DisplayError('value-invalid', `{${name}} = ${given}`)
    return mapped
  }
  if (typeof given === 'string' && !/^-?\d{1,9}$/.test(given)) {
    // A value must not be able to end the command and begin another.
    if (rule?.min !== undefined || rule?.max !== undefined || /[^\x20-\x7e\u00a0-\uffff]/.test(given))
      throw new DisplayError('value-invalid', `{${name}}`)
    return given
  }
  const value = Number(given)
  if (!Number.isInteger(value) || value < (rule?.min ?? -Infinity) || value > (rule?.max ?? Infinity))
    throw new DisplayError('value-invalid', `{${name}} = ${given}`)
  return value + (rule?.add ?? 0)
}

function shown({ value, format, name }: { value: string | number; format: string; name: string }): Buffer {
  if (format === '') return Buffer.from(String(value), 'utf8')
  const number = Number(value)
  const limit = { u8: 0xff, u16be: 0xffff, u16le: 0xffff, bcd: 99 }[format]
  const [, kind, width] = /^(0|x)(\d)$/.exec(format) ?? []
  if (!Number.isInteger(number) || number < 0 || (limit !== undefined && number > limit) || (limit === undefined && kind === undefined))
    throw new DisplayError('value-invalid', `{${name}:${format}} = ${value}`)
  switch (format) {
    case 'u8':
      return Buffer.from([number])
    case 'u16be':
      return Buffer.from([number >> 8, number & 0xff])
    case 'u16le':
      return Buffer.from([number & 0xff, number >> 8])
    case 'bcd':
      return Buffer.from([(Math.trunc(number / 10) << 4) | (number % 10)])
    default: {
      const digits = kind === 'x' ? number.toString(16).toUpperCase() : String(number)
      if (digits.length > Number(width)) throw new DisplayError('value-invalid', `{${name}:${format}} = ${value}`)
      return Buffer.from(digits.padStart(Number(width), '0'), 'latin1')
    }
  }
}
