// Rows of a 通讯录: unit, post, name, and each number under its kind.
import {
  type CellValue,
  classifiedMarking,
  isTelephone,
  lastRank,
  type RowProblem,
  type Telephone,
  type TelephoneKind,
} from '../../../contract/index.ts'
import { UnitNames } from '../../../kernel/unit-names.ts'
import { dateOf, folded, numberOf, textOf } from '../values.ts'
import type { CheckContext, CheckedRow, Target, TargetField } from './target.ts'

const telephoneFields: readonly (TargetField & { id: TelephoneKind })[] = [
  { id: 'duty', type: 'telephone', isRequired: false, synonyms: ['值班电话', '24小时值班电话', '24小时电话', '值守电话', '值班室电话', 'duty'] },
  {
    id: 'office',
    type: 'telephone',
    isRequired: false,
    synonyms: ['办公电话', '办公室电话', '电话', '联系电话', '座机', '固定电话', '电话号码', '联系方式', 'office', 'tel', 'phone', 'telephone'],
  },
  { id: 'mobile', type: 'telephone', isRequired: false, synonyms: ['手机', '手机号', '手机号码', '移动电话', 'mobile'] },
  { id: 'fax', type: 'telephone', isRequired: false, synonyms: ['传真', '传真号', '传真电话', '传真号码', 'fax'] },
  { id: 'satellite', type: 'telephone', isRequired: false, synonyms: ['卫星电话', '卫星电话号码', '海事卫星电话', 'satellite'] },
]

const fields: readonly TargetField[] = [
  { id: 'sourceKey', type: 'text', isRequired: false, synonyms: ['人员编号', '编号', '工号', 'id'] },
  { id: 'unitCode', type: 'text', isRequired: false, synonyms: ['单位编号', '单位编码', '机构编码', '机构编号'] },
  {
    id: 'unitName',
    type: 'text',
    isRequired: true,
    synonyms: [
      '单位',
      '单位名称',
      '所在单位',
      '工作单位',
      '所属单位',
      '部门',
      '机构',
      '机构名称',
      '部门名称',
      'unit',
      'organisation',
      'organization',
    ],
  },
  { id: 'post', type: 'text', isRequired: false, synonyms: ['岗位', '职务', '职位', '职责', '角色', '岗位职务', '职务岗位', 'post', 'title'] },
  { id: 'personName', type: 'text', isRequired: false, synonyms: ['姓名', '联系人', '人员姓名', '联系人姓名', '人员', 'name', 'contact'] },
  ...telephoneFields,
  { id: 'rank', type: 'number', isRequired: false, synonyms: ['排序', '顺序', 'rank', 'order'] },
  { id: 'note', type: 'text', isRequired: false, synonyms: ['备注', '说明', '备注说明', 'note', 'remark'] },
  { id: 'verifiedAt', type: 'date', isRequired: false, synonyms: ['核对日期', '核实日期', '更新日期', '核对时间', '更新时间', 'verified'] },
]
const columns = ['unit', 'unitName', 'post', 'name', 'telephones', 'rank', 'checks', 'note', 'source', 'sourceKey', 'isSample']
const longest: Record<string, number> = { sourceKey: 120, unitName: 120, post: 80, personName: 80, note: 1000 }
/** Columns of our own export that say what is said elsewhere. */
const ownColumns = new Set(['单位值班电话', '号码有误', '样例', '序号'])
const mostNumbers = 12

export const contactsTarget: Target = { id: 'contacts', dataset: 'contacts', fields, columns, check }

const namesOf = new WeakMap<CheckContext, UnitNames>()
function unitNames(context: CheckContext): UnitNames {
  const known = namesOf.get(context) ?? new UnitNames(context.units)
  namesOf.set(context, known)
  return known
}

function check(cell: (field: string) => string, others: Record<string, string>, context: CheckContext): CheckedRow {
  const problems: RowProblem[] = []
  const report = (code: RowProblem['code'], field: string | null, value: string | null = field === null ? null : cell(field)) =>
    problems.push({ code, field, value: value?.slice(0, 80) ?? null, other: null })
  const text = (field: string): string | null => {
    const value = textOf(cell(field))
    if (value !== null && value.length > (longest[field] ?? 200)) report('too-long', field)
    if (value !== null && classifiedMarking(value) !== null) report('classified-marking', field)
    return value
  }
  const remarks: string[] = []
  const telephones = telephoneFields
    .flatMap(({ id }) => readNumbers(cell(id), id, { remarks, wrong: (value) => report('bad-type', id, value) }))
    .slice(0, mostNumbers)
  const unitName = text('unitName')
  const unit = unitNames(context).find({ code: textOf(cell('unitCode')), name: unitName })
  if (unitName === null && unit === null) report('missing', 'unitName')
  else if (unit === null) report('unknown-unit', 'unitName')
  const name = text('personName')
  const written = text('post')
  const post = written ?? (name === null && telephones.some(({ kind }) => kind === 'duty') ? '值班室' : null)
  if (post === null && name === null) report('missing', 'post')
  if (telephones.length === 0 && problems.every(({ code }) => code !== 'bad-type')) report('no-telephone', null)
  const rank = textOf(cell('rank')) === null ? null : numberOf(cell('rank'))
  if (rank === undefined || (rank !== null && (rank < 0 || rank > lastRank))) report('bad-type', 'rank')
  const dateCell = textOf(cell('verifiedAt'))
  const verifiedAt = dateCell === null ? null : dateOf(dateCell)
  if (verifiedAt === undefined || (verifiedAt !== null && verifiedAt > context.now)) report('bad-type', 'verifiedAt')
  const sourceKey = text('sourceKey')
  const rest = Object.entries(others).flatMap(([header, value]) => (ownColumns.has(header) ? [] : [`${header}：${value}`]))
  const note = [text('note') ?? '', ...remarks, ...rest].filter((words) => words !== '').join('；')
  if (note.length > (longest.note ?? 0)) report('too-long', 'note', note)
  if (classifiedMarking(note) !== null && problems.every(({ code }) => code !== 'classified-marking')) report('classified-marking', 'note', note)
  const checks = typeof verifiedAt !== 'number' ? null : telephones.map(({ number }) => ({ number, verifiedAt, verifiedByName: '', wrong: null }))
  const values: Record<string, CellValue> = {
    unit,
    unitName,
    post: post ?? '',
    name: name ?? '',
    telephones: telephones.map(({ kind, number }) => ({ kind, number })),
    rank: typeof rank === 'number' ? Math.round(rank) : null,
    checks,
    note: note === '' ? null : note,
    source: context.source,
    sourceKey: sourceKey ?? `${unit ?? unitName}|${post ?? ''}|${name ?? ''}`,
    isSample: context.fixed.isSample ?? false,
  }
  return { key: String(values.sourceKey), values, problems }
}

/** Several numbers in one cell; a mobile number is one whatever its column says; words in brackets go into the note. */
function readNumbers(cell: string, field: TelephoneKind, to: { remarks: string[]; wrong: (value: string) => void }): Telephone[] {
  const words = textOf(cell)
  if (words === null) return []
  const remark = /[（(]([^）)\d]*)[）)]/gu
  for (const [, said] of folded(words).matchAll(remark)) if (said?.trim()) to.remarks.push(said.trim())
  const parts = folded(words)
    .replaceAll(remark, ' ')
    .split(/[;；、/|\n]|(?<=\d{7})\s+(?=\d{3,4}-?\d{6})/u)
  return parts.flatMap((part): Telephone[] => {
    const number = part.trim()
    if (number === '') return []
    if (!isTelephone(number)) {
      to.wrong(number)
      return []
    }
    return [{ kind: field === 'office' && /^1[3-9]\d{9}$/.test(number) ? 'mobile' : field, number }]
  })
}
