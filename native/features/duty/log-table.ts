// 值班日志 as a table of a file: 时间,来电/去电,对方,事项,处理结果,记录人,要情. Pure.
import { type CallDirection, type LogLine, type LogWords, startOfDay, type TableProblem } from '../../contract/index.ts'
import { findColumns, isMalformed, readDay, readText } from './table-cells.ts'

export const directionWords: Record<CallDirection, string> = { in: '来电', out: '去电', other: '其他' }

const synonyms = {
  at: ['时间', '日期', '通话时间'],
  direction: ['来电/去电', '来电去电', '方向', '类型'],
  party: ['对方', '来电单位', '单位'],
  matter: ['事项', '内容', '主要内容'],
  result: ['处理结果', '处理情况', '结果'],
  who: ['记录人', '值班员', '接听人'],
  isNotable: ['要情', '重点'],
} as const

/** @returns null when no header names a time and a matter */
export function readLog(cells: readonly (readonly string[])[], now: number): { lines: LogWords[]; problems: TableProblem[] } | null {
  const columns = findColumns(cells, synonyms, ['at', 'matter'])
  if (columns === null) return null
  const lines: LogWords[] = []
  const problems: TableProblem[] = []
  for (const [index, row] of cells.entries()) {
    if (index < columns.headerRows || row.every((cell) => cell.trim() === '')) continue
    const cell = (field: keyof typeof synonyms) => readText(row[columns.at[field] ?? -1])
    const at = readMoment(cell('at'), now)
    const matter = cell('matter').slice(0, 2000)
    if (isMalformed(row.join(' '))) problems.push({ row: index + 1, code: 'marking', cell: '' })
    else if (at === null) problems.push({ row: index + 1, code: 'time', cell: cell('at') })
    else if (matter === '') problems.push({ row: index + 1, code: 'words', cell: '' })
    else
      lines.push({
        happenedAt: { at, precision: 'exact', source: cell('who').slice(0, 40) },
        direction: directionOf(cell('direction')),
        party: cell('party').slice(0, 200),
        matter,
        result: cell('result').slice(0, 1000),
        who: cell('who').slice(0, 40),
        incident: null,
        isNotable: /^(是|√|✓|要|y)/i.test(cell('isNotable')),
      })
  }
  return { lines, problems }
}

function directionOf(words: string): CallDirection {
  if (/来|接|in/i.test(words)) return 'in'
  return /去|打|拨|out/i.test(words) ? 'out' : 'other'
}

/** `2026-11-26 14:20` */
function readMoment(cell: string, now: number): number | null {
  const match = /^(.*?)[ T]\s*(\d{1,2})[:：](\d{2})(?::\d{2})?$/.exec(cell.normalize('NFKC'))
  const day = match === null ? null : readDay(match[1] ?? '', now)
  const [hour, minute] = [Number(match?.[2]), Number(match?.[3])]
  return day === null || hour > 23 || minute > 59 ? null : startOfDay(day) + (hour * 60 + minute) * 60_000
}

export const logHeader = ['时间', '来电/去电', '对方', '事项', '处理结果', '记录人', '要情', '关联事件', '补录', '更正']

/** Oldest first, as the paper log stands. @param minute writes a moment as `2026-11-26 14:20` */
export function writeLog(lines: readonly LogLine[], minute: (at: number) => string): string[][] {
  return [
    logHeader,
    ...lines
      .toSorted((a, b) => a.happenedAt.at - b.happenedAt.at || a.enteredAt - b.enteredAt)
      .map((line) => [
        minute(line.happenedAt.at),
        directionWords[line.direction],
        line.party,
        line.matter,
        line.result,
        line.who,
        line.isNotable ? '是' : '',
        line.incidentTitle ?? '',
        line.isLateEntry ? `补录（${minute(line.enteredAt)}）` : '',
        line.corrections
          .map((one) => `${minute(one.enteredAt)} ${one.enteredByName}更正（${one.reason}），原：${formerWords(one.former)}`)
          .join('；'),
      ]),
  ]
}

function formerWords(former: LogWords): string {
  return [directionWords[former.direction], former.party, former.matter, former.result].filter((part) => part !== '').join(' ')
}
