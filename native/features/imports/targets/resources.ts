// Rows of resource ledgers: teams, stores, equipment, shelters, hospitals, experts, fire stations, protection targets.
import type { CellValue, Readiness, ResourceKind, RowProblem } from '../../../contract/index.ts'
import { dateOf, endOfDay, folded, numberOf, textOf } from '../values.ts'
import { isOutside, readArea, readPosition } from './places.ts'
import type { CheckContext, CheckedRow, Target, TargetField } from './target.ts'

const fields: readonly TargetField[] = [
  {
    id: 'sourceKey',
    type: 'text',
    isRequired: false,
    synonyms: ['编号', '序号', '编码', '资源编号', '资源编码', '队伍编号', '机构编码', 'id', 'code', 'no'],
  },
  {
    id: 'name',
    type: 'text',
    isRequired: true,
    synonyms: [
      '名称',
      '单位名称',
      '队伍名称',
      '资源名称',
      '储备库名称',
      '场所名称',
      '避难场所名称',
      '医院名称',
      '机构名称',
      '装备名称',
      '专家姓名',
      '姓名',
      '学校名称',
      '目标名称',
      'name',
    ],
  },
  { id: 'kind', type: 'kind', isRequired: true, synonyms: ['类别', '资源类别', '大类', '资源类型', 'kind', 'category'] },
  { id: 'subKind', type: 'text', isRequired: false, synonyms: ['子类', '小类', '类型', '队伍类型', '级别', '专业', '等级', 'type', 'subkind'] },
  {
    id: 'area',
    type: 'area',
    isRequired: false,
    synonyms: ['行政区划代码', '行政区划', '区划代码', '区划', '所属区县', '所在区县', '区县', '县区', '所属地区', 'adcode', 'area'],
  },
  { id: 'address', type: 'text', isRequired: false, synonyms: ['地址', '详细地址', '驻地', '所在地', '位置', '地点', '驻地地址', 'address'] },
  { id: 'lon', type: 'longitude', isRequired: true, synonyms: ['经度', '东经', '经度坐标', '坐标x', 'x', 'lon', 'lng', 'longitude'] },
  { id: 'lat', type: 'latitude', isRequired: true, synonyms: ['纬度', '北纬', '纬度坐标', '坐标y', 'y', 'lat', 'latitude'] },
  { id: 'position', type: 'coordinate', isRequired: false, synonyms: ['坐标', '经纬度', '地理坐标', '经纬度坐标', 'coordinates', 'location'] },
  { id: 'contact', type: 'text', isRequired: false, synonyms: ['联系人', '负责人', '队长', '联络员', '负责人姓名', '联系人姓名', 'contact'] },
  {
    id: 'telephone',
    type: 'telephone',
    isRequired: false,
    synonyms: ['联系电话', '电话', '值班电话', '手机', '手机号', '手机号码', '电话号码', '联系方式', 'phone', 'tel', 'telephone'],
  },
  {
    id: 'capacity',
    type: 'number',
    isRequired: false,
    synonyms: ['人数/容量', '人数', '容量', '队伍人数', '床位数', '可容纳人数', '容纳人数', '数量', '在校人数', '规模', 'capacity', 'strength'],
  },
  {
    id: 'equipment',
    type: 'text',
    isRequired: false,
    synonyms: ['装备', '主要装备', '装备情况', '设备设施', '物资', '主要物资', '设施', 'equipment'],
  },
  {
    id: 'readiness',
    type: 'readiness',
    isRequired: false,
    synonyms: ['准备状态', '状态', '战备状态', '使用状态', '备勤状态', 'status', 'readiness'],
  },
  {
    id: 'unit',
    type: 'text',
    isRequired: false,
    synonyms: ['权属单位', '所属单位', '主管单位', '主管部门', '管理单位', '隶属单位', 'owner', 'unit'],
  },
  { id: 'asOf', type: 'date', isRequired: false, synonyms: ['更新日期', '更新时间', '填报日期', '统计日期', '数据时间', 'updated', 'asof'] },
  {
    id: 'expiresAt',
    type: 'date',
    isRequired: false,
    synonyms: ['有效期至', '有效期', '到期日期', '到期日', '失效日期', '截止日期', 'expires', 'expiry'],
  },
]

const kindWords: Record<ResourceKind, RegExp> = {
  'fire-station': /消防救援站|消防站|消防队|fire.?station/i,
  team: /队伍|救援队|应急队|^队$|team/i,
  store: /储备库|储备点|仓库|物资库|^物资|store|warehouse/i,
  hospital: /医疗|医院|卫生院|急救|血站|疾控|hospital/i,
  shelter: /避难|避险|安置|shelter/i,
  expert: /专家|expert/i,
  'protection-target': /防护目标|保护目标|学校|小学|中学|幼儿园|村庄|养老|福利院|敏感目标|protection/i,
  equipment: /装备|设备|车辆|机械|equipment/i,
}
const readinessWords: Record<Readiness, RegExp> = {
  unavailable: /停用|报废|损坏|不可用|撤销|unavailable/i,
  maintenance: /检修|维修|保养|maintenance/i,
  ready: /战备|待命|备勤|执勤|^ready/i,
  available: /可用|正常|完好|在用|在岗|开放|available/i,
}
const longest: Record<string, number> = {
  name: 200,
  subKind: 80,
  address: 300,
  contact: 80,
  telephone: 60,
  equipment: 2000,
  unit: 200,
  sourceKey: 120,
}
const forEver = /^(长期|永久|长期有效|无固定期限)$/

const columns = [
  'kind',
  'subKind',
  'name',
  'area',
  'address',
  'lon',
  'lat',
  'contact',
  'telephone',
  'capacity',
  'equipment',
  'readiness',
  'unit',
  'source',
  'sourceKey',
  'asOf',
  'expiresAt',
  'attributes',
  'isSample',
]

export const resourcesTarget: Target = { id: 'resources', dataset: 'resources', fields, columns, check }

function check(cell: (field: string) => string, others: Record<string, string>, context: CheckContext): CheckedRow {
  const problems: RowProblem[] = []
  const report = (code: RowProblem['code'], field: string, value: string | null = cell(field)) =>
    problems.push({ code, field, value: value?.slice(0, 80) ?? null, other: null })
  const text = (field: string): string | null => {
    const value = textOf(cell(field))
    if (value !== null && value.length > (longest[field] ?? 200)) report('too-long', field)
    return value
  }
  const parsed = <T>(field: string, read: (words: string) => T | undefined, code: RowProblem['code'] = 'bad-type'): T | null => {
    const words = textOf(cell(field))
    if (words === null) return null
    const value = read(words)
    if (value === undefined) report(code, field)
    return value ?? null
  }
  const name = text('name')
  if (name === null) report('missing', 'name')
  const kindCell = textOf(cell('kind')) ?? context.kind
  const kind = kindCell === null ? null : wordOf(kindCell, kindWords)
  if (kindCell === null) report('missing', 'kind')
  else if (kind === null) report('unknown-kind', 'kind', kindCell)
  const area = readArea(textOf(cell('area')) ?? '', context)
  if (!area.isKnown) report('unknown-area', 'area')
  const { lon, lat, problems: placeProblems } = readPosition(cell, context)
  problems.push(...placeProblems)
  if (lon !== null && lat !== null && isOutside(lon, lat, area.code, context)) report('outside-area', 'lon', `${lon},${lat}`)
  const expiresAt = parsed('expiresAt', (words) => (forEver.test(words) ? null : endOfDay(words)))
  if (expiresAt !== null && expiresAt < context.now) report('expired', 'expiresAt')
  const capacity = parsed('capacity', numberOf)
  if (capacity !== null && capacity < 0) report('bad-type', 'capacity')
  const sourceKey = text('sourceKey')
  const address = text('address')
  const values: Record<string, CellValue> = {
    kind,
    name,
    area: area.code,
    address,
    lon,
    lat,
    capacity,
    expiresAt,
    sourceKey,
    subKind: text('subKind'),
    contact: text('contact'),
    equipment: text('equipment'),
    unit: text('unit'),
    source: context.source,
    telephone: parsed('telephone', telephoneOf),
    readiness: parsed('readiness', (words) => wordOf(words, readinessWords) ?? undefined),
    asOf: parsed('asOf', dateOf),
    attributes: Object.keys(others).length === 0 ? null : others,
    isSample: context.fixed.isSample ?? false,
  }
  return { key: sourceKey ?? `${kind}|${name}|${address ?? `${lon},${lat}`}`, values, problems }
}

/** The first of the words that fits; an id itself fits too. */
function wordOf<Id extends string>(cell: string, table: Record<Id, RegExp>): Id | null {
  const words = folded(cell)
  if (words in table) return words as Id
  for (const [id, pattern] of Object.entries(table) as [Id, RegExp][]) if (pattern.test(words)) return id
  return null
}

/** Digits with what people put between them; several numbers are kept as they stand. */
function telephoneOf(cell: string): string | undefined {
  const words = folded(cell)
  return /^[\d\s+\-().转,、/;*#]{3,60}$/.test(words.replaceAll(/ext\.?|分机/gi, '转')) && /\d{3,}/.test(words) ? words : undefined
}
