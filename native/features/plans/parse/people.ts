// Whom to call and who does what: contacts with telephone numbers, units with members and duties.
import type { Unsure } from '../../../contract/index.ts'
import { halfWidth } from './headings.ts'
import { isPhone, lastUnit, leadingUnit, phonesIn, plainPhone } from './phrases.ts'
import { isUnder, type PlacedParagraph } from './sections.ts'
import { cellOf, type PlanTable } from './tables.ts'

export interface ParsedContact {
  unit: string | null
  post: string | null
  name: string | null
  telephone: string
  paragraph: number
  unsure: Unsure[]
}
export interface ParsedUnit {
  unit: string
  members: string | null
  duties: string | null
  paragraph: number
  unsure: Unsure[]
}

export function contactsOf(paragraphs: readonly PlacedParagraph[], tables: readonly PlanTable[]): ParsedContact[] {
  const found = tables.flatMap((table) => (table.columns.has('telephone') ? table.rows.flatMap((row) => rowContacts(table, row)) : []))
  for (const paragraph of paragraphs) {
    if (paragraph.kind !== 'text') continue
    for (const { at, number } of phonesIn(paragraph.body)) {
      const before = paragraph.body.slice(0, at)
      if (/传真[：:\s]*$/u.test(before)) continue
      const unit = lastUnit(before.split(/[。；;]/u).at(-1) ?? '') ?? lastUnit(before)
      found.push({ unit, post: null, name: null, telephone: number, paragraph: paragraph.position, unsure: unit === null ? ['contact'] : [] })
    }
  }
  return found.toSorted((a, b) => a.paragraph - b.paragraph)
}

/** One contact a number: a cell may hold several, and a row may have several telephone columns. */
function rowContacts(table: PlanTable, row: PlacedParagraph): ParsedContact[] {
  const unit = cellOf(table, row, 'unit') ?? cellOf(table, row, 'role') ?? cellOf(table, row, 'members')
  const post = cellOf(table, row, 'post')
  const name = cellOf(table, row, 'name')
  const marks = row.unsure.filter((mark) => mark === 'pdf-table' || mark === 'characters')
  const columns = (table.columns.get('telephone') ?? []).filter((column) => !/^(?:.*\s)?传真$/u.test(table.titles[column] ?? ''))
  const numbers = columns
    .flatMap((column) => (row.cells?.[column] ?? '').split(/[、，,;；/／\n]/u))
    .map(plainPhone)
    .filter((number) => number !== '' && !/^[-—–/／无]+$/u.test(number))
  return [...new Set(numbers)].map((telephone) => ({
    unit: unit?.replace(/\s*\n\s*/gu, '') ?? null,
    post,
    name,
    telephone,
    paragraph: row.position,
    unsure: [...marks, ...(isPhone(telephone) ? [] : ['telephone' as const]), ...(unit === null && name === null ? ['contact' as const] : [])],
  }))
}

const organisation = /组织(?:体系|机构|指挥|领导)|指挥(?:机构|体系)|职责|工作组|成员单位/u

export function unitsOf(paragraphs: readonly PlacedParagraph[], tables: readonly PlanTable[]): ParsedUnit[] {
  const found = tables.flatMap((table) => (table.kind === 'units' ? table.rows.flatMap((row) => rowUnit(table, row)) : []))
  for (const [index, paragraph] of paragraphs.entries()) {
    if (paragraph.tiers.length > 0) continue
    if (paragraph.kind === 'heading' && isUnder(paragraph, organisation) && isGroup(paragraph.body))
      found.push(...headingUnit(paragraph, paragraphs, index))
    else if (paragraph.kind === 'text' && isUnder(paragraph, organisation) && !isGroup(paragraph.path.at(-1)?.title ?? ''))
      found.push(...sentenceUnit(paragraph))
  }
  return found.toSorted((a, b) => a.paragraph - b.paragraph)
}

function isGroup(title: string): boolean {
  return /(?:组|指挥部|办公室|委员会|专家组|中心|局|队)$/u.test(title.trim()) && !/^(?:工作组|现场工作组|组织)$/u.test(title.trim())
}

function rowUnit(table: PlanTable, row: PlacedParagraph): ParsedUnit[] {
  const unit = cellOf(table, row, 'unit') ?? cellOf(table, row, 'role')
  const duties = cellOf(table, row, 'duties') ?? cellOf(table, row, 'action')
  if (unit === null) return []
  return [
    {
      unit: unit.replace(/\s*\n\s*/gu, ''),
      members: cellOf(table, row, 'members') ?? cellOf(table, row, 'support'),
      duties,
      paragraph: row.position,
      unsure: row.unsure.filter((mark) => mark === 'pdf-table'),
    },
  ]
}

/** `2.3.1 综合协调组`, then `由市应急管理局牵头，…组成。负责…`. */
function headingUnit(heading: PlacedParagraph, paragraphs: readonly PlacedParagraph[], index: number): ParsedUnit[] {
  const below: string[] = []
  for (const next of paragraphs.slice(index + 1)) {
    if (next.kind === 'heading') break
    if (next.kind === 'text') below.push(next.body)
  }
  const next = paragraphs[index + 1]
  if (below.length === 0 && next?.kind === 'heading' && (next.depth ?? 0) > (heading.depth ?? 0)) return []
  const { members, duties } = membersAndDuties(below.join('\n'))
  return [{ unit: heading.body, members, duties, paragraph: heading.position, unsure: duties === null ? ['unit'] : [] }]
}

/** `市公安局：负责…` or `（1）综合协调组。由…组成。负责…`. */
function sentenceUnit(paragraph: PlacedParagraph): ParsedUnit[] {
  const named = /^([^：:。，,；]{2,24})[：:]\s*(.+)$/su.exec(paragraph.body)
  const title = /^([^。，,；：:]{2,14}(?:组|办公室|指挥部|局|队|中心))。(.+)$/su.exec(paragraph.body)
  const hit = named ?? title
  if (hit !== null && hit[1] !== undefined && (leadingUnit(hit[1])?.rest === '' || isGroup(hit[1]))) {
    const { members, duties } = membersAndDuties(hit[2] ?? '')
    return [{ unit: halfWidth(hit[1]).trim(), members, duties: duties ?? hit[2] ?? null, paragraph: paragraph.position, unsure: [] }]
  }
  const led = leadingUnit(paragraph.body)
  if (led === null || !/^(?:负责|承担|主要职责)/u.test(led.rest)) return []
  return [{ unit: led.unit, members: null, duties: led.rest, paragraph: paragraph.position, unsure: [] }]
}

function membersAndDuties(text: string): { members: string | null; duties: string | null } {
  const sentences = text
    .split(/(?<=[。；;])\s*|\n/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
  const isMembers = (sentence: string) =>
    /组成|参加|为成员|牵头单位|成员单位|^由|担任|组长/u.test(sentence) && !/^(?:主要)?(?:职责|负责)/u.test(sentence)
  const members = sentences.filter(isMembers).join('')
  const duties = sentences.filter((sentence) => !isMembers(sentence)).join('')
  return { members: members === '' ? null : members, duties: duties === '' ? null : duties.replace(/^(?:主要)?职责[：:]/u, '') }
}
