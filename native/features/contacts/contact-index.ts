// All units and contacts in memory, found by words, digits, full pinyin and initials; a centre has some thousand of them at most.
import { type Contact, type ContactHit, telephoneDigits } from '../../contract/index.ts'
import { syllables } from '../../kernel/pinyin.ts'
import type { PlainUnit } from './contacts.repository.ts'

/** What of a row may be hit, in the order that counts. */
interface Entry {
  hit: ContactHit
  /** Post, person, unit: each with its readings. */
  fields: Field[]
  digits: string[]
  rest: string
}

interface Field {
  words: string
  initials: string
  syllables: readonly string[]
  /** Full pinyin, and where in it each syllable begins. */
  pinyin: string
  starts: ReadonlySet<number>
}

const mostReadings = 50_000

/** How words are read. The dear part of an index: names repeat and seldom change, so each is read once and the readings outlive the index. */
export class Readings {
  readonly #known = new Map<string, Field>()

  of(words: string): Field {
    const known = this.#known.get(words)
    if (known !== undefined) return known
    const parts = syllables(words)
    const starts = new Set<number>()
    let at = 0
    for (const part of parts) {
      starts.add(at)
      at += part.length
    }
    const field = { words: folded(words), initials: parts.map((part) => part[0] ?? '').join(''), syllables: parts, pinyin: parts.join(''), starts }
    if (this.#known.size >= mostReadings) this.#known.clear()
    this.#known.set(words, field)
    return field
  }
}

export class ContactIndex {
  readonly #entries: Entry[]

  constructor(units: readonly PlainUnit[], contacts: readonly Contact[], readings: Readings = new Readings()) {
    const byId = new Map(units.map((unit) => [unit.id, unit]))
    this.#entries = [
      ...units.map((unit) => unitEntry(unit, byId, readings)),
      ...contacts.map((contact) => contactEntry(contact, contact.unit === null ? null : (byId.get(contact.unit) ?? null), readings)),
    ]
  }

  /** Best first; every word of the query must be found somewhere in the row. */
  search(query: string, limit: number): ContactHit[] {
    const words = folded(query)
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 8)
    if (words.length === 0) return []
    // Names repeat from row to row, and so do their readings: each is compared once.
    const ranks = words.map(() => new Map<Field, number>())
    return this.#entries
      .map((entry) => ({ entry, rank: rankOf(entry, words, ranks) }))
      .filter(({ rank }) => rank > 0)
      .toSorted((a, b) => b.rank - a.rank || (a.entry.hit.kind === b.entry.hit.kind ? 0 : a.entry.hit.kind === 'unit' ? -1 : 1))
      .slice(0, limit)
      .map(({ entry }) => entry.hit)
  }
}

function folded(words: string): string {
  return words.normalize('NFKC').toLowerCase().replaceAll('ü', 'v').replaceAll('’', '').replaceAll("'", '').trim()
}

/** 0 = a word is found nowhere. */
function rankOf(entry: Entry, words: readonly string[], ranks: readonly Map<Field, number>[]): number {
  let sum = 0
  for (const [at, word] of words.entries()) {
    const known = ranks[at] ?? new Map<Field, number>()
    const best = Math.max(
      0,
      ...entry.fields.map((field, index) => knownRank(known, field, word) - index),
      digitRank(entry, word),
      entry.rest.includes(word) ? 5 : 0,
    )
    if (best === 0) return 0
    sum += best
  }
  return sum / words.length
}

function knownRank(known: Map<Field, number>, field: Field, word: string): number {
  const rank = known.get(field) ?? fieldRank(field, word)
  known.set(field, rank)
  return rank
}

function fieldRank(field: Field, word: string): number {
  if (field.words === word) return 100
  if (field.words.startsWith(word)) return 90
  if (field.words.includes(word)) return 60
  if (!/^[a-z0-9]{2,}$/.test(word)) return 0
  if (field.pinyin === word || field.initials === word) return 85
  if (field.pinyin.startsWith(word)) return 80
  if (field.initials.startsWith(word)) return 75
  for (let at = field.pinyin.indexOf(word, 1); at !== -1; at = field.pinyin.indexOf(word, at + 1)) if (field.starts.has(at)) return 50
  if (field.initials.includes(word)) return 40
  const at = mixedAt(field, word)
  return at === 0 ? 72 : at > 0 ? 38 : 0
}

/** Whole syllables and initials in one word, as an input method takes them: weinanshiyj, wnshiyingj, zhshui. @returns the first syllable it may begin at, −1 = none */
function mixedAt({ syllables: parts, initials }: Field, word: string): number {
  for (let from = initials.indexOf(word[0] ?? ''); from !== -1; from = initials.indexOf(word[0] ?? '', from + 1))
    if (isMixed(parts, from, word)) return from
  return -1
}

/** The last syllable may be begun only: …yingj. */
function isMixed(parts: readonly string[], from: number, word: string): boolean {
  let reached = new Set([0])
  for (let index = from; index < parts.length && reached.size > 0; index += 1) {
    const part = parts[index] ?? ''
    const next = new Set<number>()
    for (const at of reached) {
      if (part.startsWith(word.slice(at))) return true
      for (const way of [part, part.slice(0, 1), ...(/^[zcs]h/.test(part) ? [part.slice(0, 2)] : [])])
        if (word.startsWith(way, at)) next.add(at + way.length)
    }
    reached = next
  }
  return false
}

function digitRank(entry: Entry, word: string): number {
  const digits = word.replaceAll(/[-()\s]/g, '')
  if (!/^\d{3,}$/.test(digits)) return 0
  return Math.max(0, ...entry.digits.map((number) => (number === digits ? 100 : number.endsWith(digits) ? 70 : number.includes(digits) ? 45 : 0)))
}

function unitEntry(unit: PlainUnit, byId: ReadonlyMap<string, PlainUnit>, readings: Readings): Entry {
  const superior = unit.superior === null ? null : (byId.get(unit.superior)?.name ?? null)
  return {
    hit: {
      kind: 'unit',
      id: unit.id,
      unit: unit.id,
      title: unit.name,
      detail: superior ?? '',
      telephone: unit.dutyTelephone,
      telephoneKind: 'duty',
      verifiedAt: unit.dutyTelephoneVerifiedAt,
      isWrong: unit.wrong !== null,
      isSample: unit.isSample,
    },
    fields: [readings.of(unit.name)],
    digits: unit.dutyTelephone === null ? [] : [telephoneDigits(unit.dutyTelephone)],
    rest: folded([unit.code ?? '', ...unit.covers, unit.address, unit.note].join(' ')),
  }
}

function contactEntry(contact: Contact, unit: PlainUnit | null, readings: Readings): Entry {
  const first = contact.telephones[0]
  const unitName = unit?.name ?? contact.unitName ?? ''
  const title = [contact.post, contact.name].filter((words) => words !== '').join(' ')
  return {
    hit: {
      kind: 'contact',
      id: contact.id,
      unit: unit?.id ?? null,
      title: title === '' ? unitName : title,
      detail: unitName,
      telephone: first?.number ?? null,
      telephoneKind: first?.kind ?? 'office',
      verifiedAt: first?.verifiedAt ?? null,
      isWrong: contact.telephones.some(({ wrong }) => wrong !== null),
      isSample: contact.isSample,
    },
    // The unit with the post behind it, so that `wubuzhibanshi` is one word too.
    fields: [contact.name, contact.post, `${unitName}${contact.post}`].filter((words) => words !== '').map((words) => readings.of(words)),
    digits: contact.telephones.map(({ number }) => telephoneDigits(number)),
    rest: folded(contact.note),
  }
}
