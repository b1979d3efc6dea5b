// The book as tables for a spreadsheet: in the order of the tree, under headers that our own import reads back.
import { type Contact, lastRank, NOT_CLASSIFIED_NOTICE, type Telephone, type TelephoneKind } from '../../contract/index.ts'
import type { PlainUnit } from './contacts.repository.ts'
import type { Tree } from './tree.ts'

export interface Sheet {
  name: string
  /** The notice first, then the header, then the rows. */
  rows: string[][]
}

const telephoneColumns: [kind: TelephoneKind, header: string][] = [
  ['duty', '值班电话'],
  ['office', '办公电话'],
  ['mobile', '手机'],
  ['fax', '传真'],
  ['satellite', '卫星电话'],
]
export const contactHeader = [
  '单位',
  '单位值班电话',
  '岗位',
  '姓名',
  ...telephoneColumns.map(([, header]) => header),
  '排序',
  '备注',
  '核对日期',
  '号码有误',
  '样例',
]
export const unitHeader = [
  '编号',
  '单位名称',
  '上级编号',
  '上级单位',
  '单位类型',
  '管辖区划',
  '值班电话',
  '地址',
  '备注',
  '排序',
  '核对日期',
  '号码有误',
  '样例',
]
const kindWords: Record<PlainUnit['kind'], string> = {
  ministry: '部级',
  province: '省级',
  city: '市级',
  county: '县级',
  town: '乡镇（街道）',
  government: '总值班室',
  department: '部门',
  enterprise: '企业',
  other: '其他',
}
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const minute = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

export interface BookToExport {
  tree: Tree<PlainUnit>
  byUnit: ReadonlyMap<string | null, readonly Contact[]>
  /** Only this unit and what is below it; null = everything, and the contacts without a unit at the end. */
  branch: ReadonlySet<string> | null
  ours: string
  now: number
}

export function contactSheet(book: BookToExport): Sheet {
  const units = inOrder(book)
  const homeless = book.branch === null ? (book.byUnit.get(null) ?? []) : []
  const rows = [
    ...units.flatMap((unit) => (book.byUnit.get(unit.id) ?? []).map((contact) => contactRow(contact, unit))),
    ...homeless.map((contact) => contactRow(contact, null)),
  ]
  return { name: '通讯录', rows: [titleRow('通讯录', book), contactHeader, ...rows] }
}

export function unitSheet(book: BookToExport): Sheet {
  return { name: '单位', rows: [titleRow('单位（报送关系）', book), unitHeader, ...inOrder(book).map((unit) => unitRow(unit, book.tree))] }
}

/** Each superior before what reports to it; units in a loop stand at the end. */
export function inOrder({ tree, branch }: Pick<BookToExport, 'tree' | 'branch'>): PlainUnit[] {
  const below = Map.groupBy(tree.units, (unit) => tree.superiorOf(unit.id)?.id ?? null)
  const found = new Set<PlainUnit>()
  const visit = (unit: PlainUnit) => {
    if (found.has(unit)) return
    found.add(unit)
    for (const one of below.get(unit.id) ?? []) visit(one)
  }
  for (const root of below.get(null) ?? []) visit(root)
  for (const unit of tree.units) visit(unit)
  return [...found].filter((unit) => branch === null || branch.has(unit.id))
}

function titleRow(what: string, { ours, now }: BookToExport): string[] {
  return [[what, ours, minute.format(now), NOT_CLASSIFIED_NOTICE].filter((words) => words !== '').join(' · ')]
}

function contactRow(contact: Contact, unit: PlainUnit | null): string[] {
  const numbers = (kind: TelephoneKind) =>
    contact.telephones
      .filter((telephone: Telephone) => telephone.kind === kind)
      .map(({ number }) => number)
      .join('；')
  return [
    unit?.name ?? contact.unitName ?? '',
    unit?.dutyTelephone ?? '',
    contact.post,
    contact.name,
    ...telephoneColumns.map(([kind]) => numbers(kind)),
    rankWords(contact.rank),
    contact.note,
    dayWords(verifiedAt(contact)),
    contact.telephones.flatMap(({ number, wrong }) => (wrong === null ? [] : [`${number} ${wrong.words}`.trim()])).join('；'),
    contact.isSample ? '样例' : '',
  ]
}

function unitRow(unit: PlainUnit, tree: Tree<PlainUnit>): string[] {
  const superior = tree.superiorOf(unit.id)
  return [
    unit.code ?? '',
    unit.name,
    superior?.code ?? '',
    superior?.name ?? '',
    kindWords[unit.kind],
    unit.covers.join('、'),
    unit.dutyTelephone ?? '',
    unit.address,
    unit.note,
    rankWords(unit.rank),
    dayWords(unit.dutyTelephoneVerifiedAt),
    unit.wrong === null ? '' : `${unit.dutyTelephone ?? ''} ${unit.wrong.words}`.trim(),
    unit.isSample ? '样例' : '',
  ]
}

/** The line as a whole is as fresh as its stalest number. */
function verifiedAt({ telephones }: Contact): number | null {
  return telephones.reduce<number | null>(
    (oldest, { verifiedAt: at }, index) => (at === null || (oldest === null && index > 0) ? null : Math.min(oldest ?? at, at)),
    null,
  )
}

function dayWords(at: number | null): string {
  return at === null ? '' : day.format(at)
}

function rankWords(rank: number): string {
  return rank === lastRank ? '' : String(rank)
}
