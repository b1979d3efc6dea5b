// Rows of stock ledgers: what lies in which store, as an opening movement.
import type { CellValue, RowProblem } from '../../../contract/index.ts'
import { endOfDay, numberOf, textOf } from '../values.ts'
import type { CheckContext, CheckedRow, Target, TargetField } from './target.ts'

const fields: readonly TargetField[] = [
  { id: 'storeKey', type: 'text', isRequired: true, synonyms: ['储备库编号', '仓库编号', '库编号', '储备库编码', '仓库编码', 'store'] },
  { id: 'storeName', type: 'text', isRequired: false, synonyms: ['储备库名称', '仓库名称', '储备库', '仓库'] },
  { id: 'item', type: 'text', isRequired: true, synonyms: ['物资名称', '品名', '名称', '物资', 'item'] },
  { id: 'measure', type: 'text', isRequired: false, synonyms: ['单位', '计量单位', 'measure', 'unit'] },
  { id: 'quantity', type: 'number', isRequired: true, synonyms: ['数量', '库存', '库存数量', '结存', 'quantity'] },
  { id: 'expiresAt', type: 'date', isRequired: false, synonyms: ['有效期至', '有效期', '到期日期', '保质期至', 'expires'] },
  { id: 'batch', type: 'text', isRequired: false, synonyms: ['批号', '批次', 'batch'] },
]

const columns = ['resource', 'item', 'measure', 'quantity', 'reason', 'movedAt', 'expiresAt', 'source', 'isSample']

export const stockTarget: Target = { id: 'stock', dataset: 'stockMovements', fields, columns, check }

function check(cell: (field: string) => string, _others: Record<string, string>, context: CheckContext): CheckedRow {
  const problems: RowProblem[] = []
  const report = (code: RowProblem['code'], field: string) => problems.push({ code, field, value: cell(field).slice(0, 80), other: null })
  const [storeKey, item, expiry] = [textOf(cell('storeKey')), textOf(cell('item')), textOf(cell('expiresAt'))]
  const store = storeKey === null ? undefined : context.resources[storeKey]
  if (storeKey === null) report('missing', 'storeKey')
  else if (store === undefined) report('unknown-resource', 'storeKey')
  if (item === null) report('missing', 'item')
  const quantity = numberOf(cell('quantity'))
  if (cell('quantity').trim() === '') report('missing', 'quantity')
  else if (quantity === undefined) report('bad-type', 'quantity')
  const expiresAt = expiry === null ? null : endOfDay(expiry)
  if (expiresAt === undefined) report('bad-type', 'expiresAt')
  else if (expiresAt !== null && expiresAt < context.now) report('expired', 'expiresAt')
  const values: Record<string, CellValue> = {
    resource: store?.id ?? null,
    item,
    measure: textOf(cell('measure')),
    quantity: quantity ?? null,
    reason: 'opening',
    movedAt: context.now,
    expiresAt: expiresAt ?? null,
    source: context.source,
    isSample: context.fixed.isSample ?? false,
  }
  return { key: JSON.stringify([storeKey, item, textOf(cell('batch')), expiry]), values, problems }
}
