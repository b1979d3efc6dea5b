// Reads the part of YAML 1.2 that a template needs: nested maps and lists, quoted and plain scalars, comments, `[a, b]` and `{ a: b }`. Anchors, tags, block text and a second document are refused.
import { type JsonValue, WanglouError } from '../../contract/index.ts'

interface Line {
  number: number
  indent: number
  text: string
}

const deepest = 12

/** @throws WanglouError DEVICE_TEMPLATE_INVALID with the line */
export function readYaml(source: string): JsonValue {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((raw, index): Line[] => {
      const text = withoutComment(raw, index + 1).trimEnd()
      const indent = text.length - text.trimStart().length
      if (text.trim() === '' || (index === 0 && text === '---')) return []
      if (text.slice(0, indent).includes('\t')) throw invalid(index + 1, 'tab')
      return [{ number: index + 1, indent, text: text.trimStart() }]
    })
  if (lines.length === 0) throw invalid(1, 'empty')
  const block = new Block(lines)
  const value = block.read(lines[0]!.indent, 0)
  if (!block.isAtEnd) throw invalid(block.lineNumber, 'indent')
  return value
}

function invalid(line: number, reason: string): WanglouError {
  return new WanglouError('DEVICE_TEMPLATE_INVALID', { line, reason })
}

function withoutComment(raw: string, number: number): string {
  let quote = ''
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at]!
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1
      else if (character === quote) quote = ''
    } else if ((character === '"' || character === "'") && /^$|[\s[{:,-]$/.test(raw.slice(0, at))) quote = character
    else if (character === '#' && (at === 0 || /\s/.test(raw[at - 1]!))) return raw.slice(0, at)
  }
  if (quote !== '') throw invalid(number, 'quote')
  return raw
}

const key = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`[\]{},?:-][^#:]*?|-[^\s:][^:]*?)\s*:(?:\s+(.*))?$/

class Block {
  readonly #lines: Line[]
  #at = 0

  constructor(lines: Line[]) {
    this.#lines = lines
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#lines.length
  }

  get lineNumber(): number {
    return this.#lines[Math.min(this.#at, this.#lines.length - 1)]!.number
  }

  read(indent: number, depth: number): JsonValue {
    if (depth > deepest) throw invalid(this.lineNumber, 'depth')
    const line = this.#lines[this.#at]!
    if (/^-(\s|$)/.test(line.text)) return this.#list(indent, depth)
    if (key.test(line.text)) return this.#map(indent, depth)
    this.#at += 1
    return scalar(line.text, line.number)
  }

  #list(indent: number, depth: number): JsonValue[] {
    const items: JsonValue[] = []
    for (let line = this.#lines[this.#at]; line?.indent === indent && /^-(\s|$)/.test(line.text); line = this.#lines[this.#at]) {
      const rest = line.text.slice(1).trimStart()
      if (rest === '') {
        this.#at += 1
        items.push(this.#below(indent, depth))
      } else {
        // What follows the dash stands as if it were a line of its own, farther in.
        this.#lines[this.#at] = { ...line, indent: indent + line.text.length - rest.length, text: rest }
        items.push(this.read(this.#lines[this.#at]!.indent, depth + 1))
      }
    }
    return items
  }

  #map(indent: number, depth: number): Record<string, JsonValue> {
    const map = new Map<string, JsonValue>()
    for (let line = this.#lines[this.#at]; line?.indent === indent; line = this.#lines[this.#at]) {
      const [, name, value] = key.exec(line.text) ?? []
      if (name === undefined) throw invalid(line.number, 'key')
      const word = String(/^["']/.test(name) ? scalar(name, line.number) : name)
      if (map.has(word) || word === '__proto__') throw invalid(line.number, 'twice')
      this.#at += 1
      map.set(word, value === undefined || value === '' ? this.#below(indent, depth) : scalar(value, line.number))
    }
    return Object.fromEntries(map)
  }

  #below(indent: number, depth: number): JsonValue {
    const next = this.#lines[this.#at]
    // A list may stand as far out as the key it belongs to.
    const isInside = next !== undefined && (next.indent > indent || (next.indent === indent && /^-(\s|$)/.test(next.text)))
    return isInside ? this.read(next.indent, depth + 1) : null
  }
}

function scalar(source: string, line: number): JsonValue {
  const flow = new Flow(source.trim(), line)
  const value = flow.read(0)
  flow.mustEnd()
  return value
}

/** One value on one line. */
class Flow {
  readonly #text: string
  readonly #line: number
  #at = 0

  constructor(text: string, line: number) {
    this.#text = text
    this.#line = line
  }

  mustEnd(): void {
    this.#space()
    if (this.#at < this.#text.length) throw invalid(this.#line, 'value')
  }

  read(depth: number): JsonValue {
    if (depth > deepest) throw invalid(this.#line, 'depth')
    this.#space()
    const first = this.#text[this.#at] ?? ''
    if (first === '[') return this.#list(depth)
    if (first === '{') return this.#map(depth)
    if (first === '"' || first === "'") return this.#quoted(first)
    if (/[&*!|>%@`]/.test(first)) throw invalid(this.#line, 'unsupported')
    const end = depth === 0 ? this.#text.length : this.#plainEnd()
    const word = this.#text.slice(this.#at, end).trim()
    this.#at = end
    if (word === '' && depth > 0) throw invalid(this.#line, 'value')
    return plain(word)
  }

  #plainEnd(): number {
    const length = this.#text.slice(this.#at).search(/,|\]|\}|:(\s|$)/)
    return length < 0 ? this.#text.length : this.#at + length
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1
  }

  #take(expected: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== expected) return false
    this.#at += 1
    return true
  }

  #list(depth: number): JsonValue[] {
    const items: JsonValue[] = []
    this.#at += 1
    while (!this.#take(']')) {
      items.push(this.read(depth + 1))
      if (!this.#take(',') && this.#text[this.#at] !== ']') throw invalid(this.#line, 'list')
    }
    return items
  }

  #map(depth: number): Record<string, JsonValue> {
    const map = new Map<string, JsonValue>()
    this.#at += 1
    while (!this.#take('}')) {
      const name = String(this.read(depth + 1))
      if (!this.#take(':')) throw invalid(this.#line, 'key')
      if (map.has(name) || name === '__proto__') throw invalid(this.#line, 'twice')
      map.set(name, this.read(depth + 1))
      if (!this.#take(',') && this.#text[this.#at] !== '}') throw invalid(this.#line, 'map')
    }
    return Object.fromEntries(map)
  }

  #quoted(quote: string): string {
    const pattern = quote === '"' ? /"((?:[^"\\]|\\.)*)"/y : /'((?:[^']|'')*)'/y
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found === null) throw invalid(this.#line, 'quote')
    this.#at = pattern.lastIndex
    return quote === "'" ? found[1]!.replaceAll("''", "'") : unescaped(found[1]!, this.#line)
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
}

function unescaped(text: string, line: number): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(parseInt(code.slice(1), 16))
    const plainText = escapes[code]
    if (plainText === undefined) throw invalid(line, 'escape')
    return plainText
  })
}

/** YAML 1.2 core: `null ~ true false`, whole numbers (also 0x, 0o) and decimals; anything else is text. */
function plain(word: string): JsonValue {
  if (word === '' || word === '~' || /^null$/i.test(word)) return null
  if (/^true$/i.test(word)) return true
  if (/^false$/i.test(word)) return false
  if (/^[-+]?\d{1,15}$/.test(word) || /^0x[0-9a-f]{1,12}$/i.test(word) || /^0o[0-7]{1,16}$/.test(word) || /^[-+]?\d{1,15}\.\d{1,15}$/.test(word))
    return Number(word)
  return word
}
