// The file of rows that were kept back: the person's own columns, then the line and what is wrong with it.
import type { BadRow, ProblemCode, RowProblem } from '../../contract/index.ts'
import { reportColumns } from './check-table.ts'

const words: Record<ProblemCode, string> = {
  missing: '缺少',
  'missing-position': '缺少坐标',
  'bad-type': '格式不对',
  'formula-empty': '公式没有结果，请改为数值',
  'coordinate-unreadable': '坐标读不懂',
  'coordinate-out-of-range': '坐标超出范围',
  'coordinate-swapped': '经纬度疑似颠倒',
  'outside-area': '不在本辖区内',
  'unknown-area': '行政区划不认识',
  'unknown-kind': '类别不认识',
  duplicate: '与前面的行重复',
  'duplicate-existing': '与已有记录重复',
  expired: '已过有效期',
  'text-malformed': '含无效字符',
  'too-long': '内容过长',
  'too-many-cells': '比表头多出内容',
  'unknown-resource': '储备库不存在',
  'unknown-unit': '单位不在报送关系里，或有同名',
  'no-telephone': '没有电话号码',
  'superior-loop': '上级绕回了自己',
  'classified-marking': '含密级标志，本系统不收',
}

/** In the ledger's language: whoever corrects the file reads Chinese headers. */
export function problemWords(problem: RowProblem, headerOf: (field: string) => string): string {
  const about = [
    problem.field === null ? null : headerOf(problem.field),
    problem.value === null || problem.value === '' ? null : `“${problem.value}”`,
    problem.other === null ? null : `（${problem.other}）`,
  ].filter((part) => part !== null)
  return `${words[problem.code]}${about.length === 0 ? '' : `：${about.join(' ')}`}`
}

/** @param headerOf header of the column that a field was read from */
export function badRowCells(row: BadRow, width: number, headerOf: (field: string) => string): string[] {
  const cells = Array.from({ length: width }, (_, column) => (row.cells[column] ?? '').toWellFormed().replaceAll('\0', '␀'))
  return [...cells, String(row.row), row.problems.map((problem) => problemWords(problem, headerOf)).join('；')]
}

export function badRowHeader(headers: readonly string[]): string[] {
  return [...headers, ...reportColumns]
}
