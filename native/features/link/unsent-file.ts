// The list of what is unsent to take away, as CSV: the notice every export carries, then a line an act.
import { type LinkLane, NOT_CLASSIFIED_NOTICE, type UnsentItem } from '../../contract/index.ts'
import { csvLine } from '../../kernel/csv.ts'

const heads = ['写下时间', '内容', '对象', '记录', '经手人', '类别', '送给', '条目']
const lanes: Record<LinkLane, string> = { incidents: '事件和报告', orders: '指令和答复', alarms: '报警', positions: '位置', rest: '其他' }

export interface UnsentFileOptions {
  /** What the page calls acts and datasets, by their code; a code without a word stands as it is. */
  words: Readonly<Record<string, string>>
  nameOf: (unit: string) => string
  total: number
}

/** Begins with the mark by which spreadsheets know UTF-8. */
export function unsentFile(entries: readonly UnsentItem[], { words, nameOf, total }: UnsentFileOptions): string {
  const word = (code: string) => (Object.hasOwn(words, code) ? (words[code] ?? code) : code)
  const lines = entries.map(({ at, action, dataset, row, who, lane, unit, entry }) => [
    new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    word(action),
    word(dataset),
    row,
    who ?? '程序',
    lanes[lane],
    nameOf(unit),
    entry,
  ])
  const left = total > entries.length ? [[`另有 ${total - entries.length} 条未列出`]] : []
  return `\uFEFF${[[NOT_CLASSIFIED_NOTICE], heads, ...lines, ...left].map(csvLine).join('')}`
}
