// What a table of a plan is about: its header (one or two rows, a caption row), and which column says what.
import type { PlacedParagraph } from './sections.ts'

export type ColumnKind =
  | 'order'
  | 'tier'
  | 'role'
  | 'action'
  | 'deadline'
  | 'after'
  | 'support'
  | 'telephone'
  | 'name'
  | 'post'
  | 'unit'
  | 'duties'
  | 'members'
  | 'condition'
  | 'grade'
  | 'approver'
export type TableKind = 'contacts' | 'actions' | 'units' | 'tiers' | 'other'

export interface PlanTable {
  kind: TableKind
  /** Title of each column, two header rows joined. */
  titles: string[]
  columns: Map<ColumnKind, number[]>
  rows: PlacedParagraph[]
  header: PlacedParagraph[]
  caption: string | null
}

const kinds: [ColumnKind, RegExp][] = [
  ['telephone', /电话|手机|联系方式|号码|座机/u],
  ['order', /^(?:序号|步骤|次序|编号|序|顺序|No\.?)$/iu],
  ['after', /前置|先行|前提|依赖|先后关系/u],
  ['deadline', /时限|完成时间|时间要求|限时|^时间$|完成期限/u],
  ['approver', /批准|启动人|决定人|签发/u],
  ['tier', /响应(?:级别|等级|分级)|^级别$|^响应$/u],
  ['grade', /事件(?:等级|分级|级别)|灾害(?:等级|分级)|事故(?:等级|分级)|火灾(?:等级|分级)/u],
  ['condition', /启动条件|条件|标准|判定|情形/u],
  ['support', /配合|协助|支持单位/u],
  ['role', /责任单位|牵头|责任部门|负责单位|执行单位|承办|主责|责任人|负责部门|实施单位/u],
  ['duties', /职责|分工/u],
  ['action', /行动|措施|任务|工作内容|处置|事项|内容/u],
  ['members', /组成|成员$/u],
  ['name', /姓名|联系人|^负责人/u],
  ['post', /职务|岗位/u],
  ['unit', /单位|部门|机构|工作组|组别|名称/u],
]

/** Rows of one table → what it is. */
export function analyseTable(all: readonly PlacedParagraph[]): PlanTable {
  const rows = [...all]
  let caption: string | null = null
  const first = rows[0]?.cells
  if (first !== undefined && first !== null && rows.length > 2 && first.length > 2 && new Set(first).size === 1) caption = rows.shift()?.body ?? null
  const headerRows = headerCount(rows)
  const header = rows.splice(0, headerRows)
  const width = all[0]?.cells?.length ?? 0
  const titles = Array.from({ length: width }, (_, column) =>
    [...new Set(header.map((row) => (row.cells?.[column] ?? '').replace(/\s/gu, '')))].filter((title) => title !== '').join(' '),
  )
  const columns = new Map<ColumnKind, number[]>()
  for (const [column, title] of titles.entries()) {
    const kind = kinds.find(([, pattern]) => pattern.test(title))?.[0]
    if (kind !== undefined) columns.set(kind, [...(columns.get(kind) ?? []), column])
  }
  return { kind: kindOf(columns, all[0], caption), titles, columns, rows, header, caption }
}

/** Rows marked as header; else one, or two where the second repeats merged cells of the first and names parts of others. */
function headerCount(rows: readonly PlacedParagraph[]): number {
  const marked = rows.findIndex((row) => !row.isHeaderRow)
  const [head, second] = [rows[0]?.cells, rows[1]?.cells]
  if (head === undefined || head === null || second === undefined || second === null) return 1
  const repeats = second.filter((cell, column) => cell !== '' && cell === head[column]).length
  const hasSpan = head.some((cell, column) => cell !== '' && column > 0 && cell === head[column - 1])
  const isSecond = repeats > 0 && hasSpan && second.every((cell) => !/\d{3,}|[。；]/u.test(cell) && cell.length <= 12)
  return Math.max(marked > 0 ? marked : 1, isSecond ? 2 : 1)
}

function kindOf(columns: Map<ColumnKind, number[]>, first: PlacedParagraph | undefined, caption: string | null): TableKind {
  const has = (kind: ColumnKind) => columns.has(kind)
  const isInTier = has('tier') || (first?.tiers.length ?? 0) > 0 || /响应/u.test(caption ?? '')
  if (has('action') && (has('role') || has('deadline') || has('unit')) && isInTier) return 'actions'
  if (has('tier') && (has('condition') || has('grade') || has('approver'))) return 'tiers'
  if (has('telephone')) return 'contacts'
  if ((has('unit') || has('role')) && (has('duties') || has('action'))) return 'units'
  return 'other'
}

/** The text of the first column of a kind; null when there is none or the cell is empty. */
export function cellOf(table: PlanTable, row: PlacedParagraph, kind: ColumnKind): string | null {
  for (const column of table.columns.get(kind) ?? []) {
    const text = (row.cells?.[column] ?? '').trim()
    if (text !== '' && !/^[-—–/／无]+$/u.test(text)) return text
  }
  return null
}

export function tablesOf(paragraphs: readonly PlacedParagraph[]): PlanTable[] {
  const groups = new Map<number, PlacedParagraph[]>()
  for (const paragraph of paragraphs) if (paragraph.kind === 'row') groups.set(paragraph.table, [...(groups.get(paragraph.table) ?? []), paragraph])
  return [...groups.values()].map(analyseTable)
}
