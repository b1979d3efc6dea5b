// Rows of the reporting tree: a unit, its superior by number or name (in this file or already here), what it covers, its duty telephone.
import { type CellValue, classifiedMarking, isTelephone, lastRank, type RowProblem, type UnitKind } from '../../../contract/index.ts'
import { importedId } from '../../../kernel/ids.ts'
import { plainName, UnitNames } from '../../../kernel/unit-names.ts'
import { dateOf, folded, numberOf, textOf } from '../values.ts'
import { readArea } from './places.ts'
import type { CheckContext, CheckedRow, Target, TargetField } from './target.ts'

const fields: readonly TargetField[] = [
  { id: 'code', type: 'text', isRequired: false, synonyms: ['编号', '单位编号', '单位编码', '机构编码', '编码', 'code', 'id'] },
  { id: 'name', type: 'text', isRequired: true, synonyms: ['名称', '单位名称', '单位', '机构名称', '全称', 'name', 'unit'] },
  { id: 'superiorCode', type: 'text', isRequired: false, synonyms: ['上级编号', '上级编码', '上级单位编号', '上级机构编码'] },
  {
    id: 'superior',
    type: 'text',
    isRequired: false,
    synonyms: ['上级', '上级单位', '上级名称', '上级单位名称', '报送上级', '主管单位', 'superior', 'parent'],
  },
  { id: 'kind', type: 'kind', isRequired: false, synonyms: ['类型', '单位类型', '级别', '类别', 'kind', 'type'] },
  {
    id: 'covers',
    type: 'area',
    isRequired: false,
    synonyms: ['管辖区划', '辖区', '管辖区域', '行政区划', '行政区划代码', '区划', '区划代码', 'covers', 'area'],
  },
  {
    id: 'dutyTelephone',
    type: 'telephone',
    isRequired: false,
    synonyms: ['值班电话', '24小时值班电话', '值班室电话', '联系电话', '电话', 'duty', 'telephone', 'phone'],
  },
  { id: 'address', type: 'text', isRequired: false, synonyms: ['地址', '单位地址', '详细地址', 'address'] },
  { id: 'note', type: 'text', isRequired: false, synonyms: ['备注', '说明', 'note', 'remark'] },
  { id: 'rank', type: 'number', isRequired: false, synonyms: ['排序', '顺序', 'rank', 'order'] },
  { id: 'verifiedAt', type: 'date', isRequired: false, synonyms: ['核对日期', '核实日期', '核对时间', 'verified'] },
]
const columns = [
  'code',
  'name',
  'superior',
  'kind',
  'covers',
  'dutyTelephone',
  'dutyTelephoneVerifiedAt',
  'dutyTelephoneVerifiedNumber',
  'address',
  'note',
  'rank',
  'source',
  'sourceKey',
  'isSample',
]
const longest: Record<string, number> = { code: 40, name: 120, superior: 120, superiorCode: 40, address: 200, note: 1000 }
const ownColumns = new Set(['号码有误', '样例', '序号'])
const kindWords: readonly [UnitKind, RegExp][] = [
  ['government', /总值班室|政府办|党委办|government/i],
  ['department', /部门|委办|department/i],
  ['enterprise', /企业|公司|enterprise/i],
  ['town', /乡|镇|街道|town/i],
  ['county', /县|区|county/i],
  ['city', /市|city/i],
  ['province', /省|province/i],
  ['ministry', /部|国家|ministry/i],
  ['other', /其他|其它|other/i],
]

export const unitsTarget: Target = { id: 'units', dataset: 'units', fields, columns, firstPass: ['code', 'name', 'superiorCode', 'superior'], check }

function check(cell: (field: string) => string, others: Record<string, string>, context: CheckContext): CheckedRow {
  const problems: RowProblem[] = []
  const report = (code: RowProblem['code'], field: string, value: string | null = cell(field)) =>
    problems.push({ code, field, value: value?.slice(0, 80) ?? null, other: null })
  const text = (field: string): string | null => {
    const value = textOf(cell(field))
    if (value !== null && value.length > (longest[field] ?? 200)) report('too-long', field)
    if (value !== null && classifiedMarking(value) !== null) report('classified-marking', field)
    return value
  }
  const [code, name] = [text('code'), text('name')]
  if (name === null) report('missing', 'name')
  const row = { code, name, superiorCode: textOf(cell('superiorCode')), superior: textOf(cell('superior')) }
  const units = knownUnits(context)
  const superior = units.find(row.superiorCode, row.superior)
  const superiorField = row.superior === null ? 'superiorCode' : 'superior'
  if (superior === null && (row.superiorCode ?? row.superior) !== null) report('unknown-unit', superiorField)
  if (superior !== null && units.closesLoop(units.idOf(row), superior)) report('superior-loop', superiorField)
  const kindCell = textOf(cell('kind'))
  const kind = kindCell === null ? null : (kindWords.find(([id, pattern]) => id === folded(kindCell) || pattern.test(kindCell))?.[0] ?? null)
  if (kindCell !== null && kind === null) report('unknown-kind', 'kind')
  const areas = (textOf(cell('covers')) ?? '').split(/[、,，;；\s]+/).filter((part) => part !== '')
  const covers = areas.map((part) => readArea(part, context))
  if (covers.some((area) => !area.isKnown)) report('unknown-area', 'covers')
  const number = textOf(cell('dutyTelephone'))
  const dutyTelephone = number === null ? null : folded(number)
  if (dutyTelephone !== null && !isTelephone(dutyTelephone)) report('bad-type', 'dutyTelephone')
  const rank = textOf(cell('rank')) === null ? null : numberOf(cell('rank'))
  if (rank === undefined || (rank !== null && (rank < 0 || rank > lastRank))) report('bad-type', 'rank')
  const dateCell = textOf(cell('verifiedAt'))
  const verifiedAt = dateCell === null ? null : dateOf(dateCell)
  if (verifiedAt === undefined || (verifiedAt !== null && verifiedAt > context.now)) report('bad-type', 'verifiedAt')
  const rest = Object.entries(others).flatMap(([header, value]) => (ownColumns.has(header) ? [] : [`${header}：${value}`]))
  const note = [text('note') ?? '', ...rest].filter((words) => words !== '').join('；')
  const isVerified = typeof verifiedAt === 'number' && dutyTelephone !== null
  const key = keyOf(row)
  const values: Record<string, CellValue> = {
    code,
    name,
    superior,
    kind,
    covers: covers.flatMap((area) => area.code ?? []),
    dutyTelephone,
    dutyTelephoneVerifiedAt: isVerified ? verifiedAt : null,
    dutyTelephoneVerifiedNumber: isVerified ? dutyTelephone : null,
    address: text('address'),
    note: note === '' ? null : note,
    rank: typeof rank === 'number' ? Math.round(rank) : null,
    source: context.source,
    sourceKey: key,
    isSample: context.fixed.isSample ?? false,
  }
  return { key, values, problems }
}

/** A unit as a row names it. */
type UnitWords = Record<'code' | 'name' | 'superiorCode' | 'superior', string | null>

/** A unit without a number is known by its name and whom it reports to. */
function keyOf(row: UnitWords): string {
  return row.code === null ? `${plainName(row.superior ?? row.superiorCode ?? '')}|${plainName(row.name ?? '')}` : folded(row.code)
}

/** The units of this file and of the tree as it stands, under the ids they will have. */
class KnownUnits {
  readonly #tree: UnitNames
  readonly #file: UnitNames
  readonly #source: string
  readonly #superiors: Map<string, string | null>

  constructor(context: CheckContext) {
    this.#tree = new UnitNames(context.units)
    this.#source = context.source
    const rows = context.gathered.map((row): UnitWords => {
      const words = (field: keyof UnitWords) => textOf(row[field] ?? '')
      return { code: words('code'), name: words('name'), superiorCode: words('superiorCode'), superior: words('superior') }
    })
    this.#file = new UnitNames(rows.map((row) => ({ id: this.idOf(row), code: row.code, name: row.name ?? '' })))
    this.#superiors = new Map(context.units.map(({ id, superior }) => [id, superior]))
    for (const row of rows) this.#superiors.set(this.idOf(row), this.find(row.superiorCode, row.superior))
  }

  /** Of the unit of the tree that the row repeats, or the one the import will give it. */
  idOf(row: UnitWords): string {
    return this.#tree.repeated(row) ?? importedId('units', this.#source, keyOf(row))
  }

  /** In this file first, then in the tree. */
  find(code: string | null, name: string | null): string | null {
    return this.#file.find({ code, name }) ?? this.#tree.find({ code, name })
  }

  closesLoop(id: string, superior: string): boolean {
    const seen = new Set<string>()
    for (let at: string | null = superior; at !== null && !seen.has(at); at = this.#superiors.get(at) ?? null) {
      if (at === id) return true
      seen.add(at)
    }
    return false
  }
}

const knownByContext = new WeakMap<CheckContext, KnownUnits>()
function knownUnits(context: CheckContext): KnownUnits {
  const known = knownByContext.get(context) ?? new KnownUnits(context)
  knownByContext.set(context, known)
  return known
}
