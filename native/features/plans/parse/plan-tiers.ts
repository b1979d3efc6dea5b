// For each 响应级别: when it is started, to which 事件等级 it answers, and who approves it.
import type { EventGrade, ResponseTier, Unsure } from '../../../contract/index.ts'
import { clauseOf, isUnder, type PlacedParagraph } from './sections.ts'
import { cellOf, type PlanTable } from './tables.ts'
import { gradesIn, tiersIn } from './tiers.ts'

export interface ParsedTier {
  tier: ResponseTier
  condition: string
  grades: EventGrade[]
  approver: string | null
  clause: string | null
  paragraph: number | null
  unsure: Unsure[]
}

const order: ResponseTier[] = ['tier-1', 'tier-2', 'tier-3', 'tier-4']
const approval = /(?:由|报请|报|经)([^，,。；;：:由报经]{2,40}?)(?:审核后)?(?:批准|决定|同意|签发|宣布)(?:后)?[，,]?(?:启动|实施|发布)?/u

interface Evidence {
  words: string
  paragraph: PlacedParagraph
  isCondition: boolean
}

export function planTiersOf(paragraphs: readonly PlacedParagraph[], tables: readonly PlanTable[]): ParsedTier[] {
  const evidence = new Map<ResponseTier, Evidence[]>()
  const add = (tier: ResponseTier, item: Evidence) => evidence.set(tier, [...(evidence.get(tier) ?? []), item])
  const fromTables = new Map<ResponseTier, Partial<ParsedTier> & { paragraph: number }>()
  for (const table of tables) {
    if (table.kind !== 'tiers') continue
    for (const row of table.rows) {
      for (const tier of tiersIn(cellOf(table, row, 'tier') ?? '', true)) {
        const grade = cellOf(table, row, 'grade') ?? cellOf(table, row, 'condition') ?? ''
        fromTables.set(tier, {
          condition: cellOf(table, row, 'condition') ?? grade,
          grades: gradesIn(`${grade}事件`),
          approver: cellOf(table, row, 'approver'),
          clause: clauseOf(row),
          paragraph: row.position,
        })
      }
    }
  }
  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'row' || paragraph.kind === 'toc' || isUnder(paragraph, /预警/u)) continue
    const own = paragraph.kind === 'heading' ? paragraph.tiers : tiersIn(paragraph.body, false)
    const tiers = paragraph.tiers.length > 0 ? paragraph.tiers : own.length === 1 ? own : []
    const isCondition =
      /条件|启动|批准|情形|决定|宣布/u.test(paragraph.path.at(-1)?.title ?? '') ||
      /启动条件|符合下列|下列情形|下列条件|批准|决定启动|启动[^，。]{0,10}响应/u.test(paragraph.body)
    for (const tier of tiers) add(tier, { words: paragraph.body, paragraph, isCondition: isCondition && paragraph.kind !== 'heading' })
  }
  return order.flatMap((tier) => {
    const items = evidence.get(tier) ?? []
    const known = fromTables.get(tier)
    return items.length === 0 && known === undefined ? [] : [tierOf(tier, items, known)]
  })
}

function tierOf(tier: ResponseTier, items: readonly Evidence[], known: Partial<ParsedTier> | undefined): ParsedTier {
  const conditions = items.filter((item) => item.isCondition)
  const heading = items.find((item) => item.paragraph.kind === 'heading')
  const condition = known?.condition ?? conditions.map((item) => item.words).join('\n')
  const fromWords = [
    ...new Set([
      ...items.filter((item) => item.paragraph.kind === 'heading' && item.paragraph.tiers.length === 1).flatMap((item) => gradesIn(item.words)),
      ...conditions.flatMap((item) => gradesIn(item.words)),
    ]),
  ]
  const grades = known?.grades !== undefined && known.grades.length > 0 ? known.grades : fromWords
  const approver = known?.approver ?? conditions.map((item) => approval.exec(item.words)?.[1]).find((words) => words !== undefined) ?? null
  const place = heading ?? conditions[0] ?? items[0]
  const unsure: Unsure[] = []
  if (approver === null) unsure.push('approver')
  if (grades.length !== 1) unsure.push('grade')
  return {
    tier,
    condition,
    grades,
    approver,
    clause: place === undefined ? (known?.clause ?? null) : clauseOf(place.paragraph),
    paragraph: place?.paragraph.position ?? known?.paragraph ?? null,
    unsure,
  }
}
