// Actions of each 响应级别: from action tables and from the sentences of the tier's own part of the plan.
import type { ResponseTier, Unsure } from '../../../contract/index.ts'
import { halfWidth } from './headings.ts'
import { readNumber } from './numerals.ts'
import { afterWordsIn, deadlineIn, leadingUnit } from './phrases.ts'
import { clauseOf, isUnder, type PlacedParagraph } from './sections.ts'
import { cellOf, type PlanTable } from './tables.ts'
import { tiersIn } from './tiers.ts'

export interface ParsedAction {
  tier: ResponseTier
  role: string | null
  action: string
  deadlineMinutes: number | null
  deadlineWords: string | null
  /** Indexes of other actions in the result. */
  after: number[]
  afterWords: string | null
  clause: string | null
  paragraph: number
  unsure: Unsure[]
}

export function actionsOf(paragraphs: readonly PlacedParagraph[], tables: readonly PlanTable[], knownUnits: readonly string[]): ParsedAction[] {
  const actions: ParsedAction[] = []
  const inTables = new Set(tables.filter((table) => table.kind === 'actions').flatMap((table) => table.rows))
  const tableOf = new Map(tables.map((table) => [table.rows[0], table]))
  for (const paragraph of paragraphs) {
    const table = tableOf.get(paragraph)
    if (table?.kind === 'actions') actions.push(...tableActions(table, actions.length))
    else if (!inTables.has(paragraph) && paragraph.kind === 'text' && paragraph.tiers.length > 0 && isMeasure(paragraph)) {
      for (const tier of paragraph.tiers) actions.push(...sentenceActions(paragraph, tier, knownUnits))
    }
  }
  linkByWords(actions)
  return actions
}

/** What a tier's part says besides conditions, approval, adjustment and end. */
function isMeasure(paragraph: PlacedParagraph): boolean {
  return (
    !isUnder(paragraph, /启动条件|启动程序|批准|响应调整|响应终止|响应结束|预警|分级标准|分级$|级别调整/u) &&
    !/符合下列|下列情形|下列条件|启动条件|批准启动|决定启动/u.test(paragraph.body)
  )
}

function tableActions(table: PlanTable, offset: number): ParsedAction[] {
  const found: ParsedAction[] = []
  const byOrder = new Map<string, number>()
  const pending: { index: number; tier: ResponseTier; words: string }[] = []
  for (const row of table.rows) {
    const action = cellOf(table, row, 'action')
    if (action === null || row.cells?.every((cell, column) => column === 0 || cell === row.cells?.[0])) continue
    const tierCell = cellOf(table, row, 'tier')
    const tiers = tierCell === null ? row.tiers : tiersIn(tierCell, true)
    const marks: Unsure[] = [...row.unsure]
    if (tiers.length === 0) marks.push('tier')
    const role = cellOf(table, row, 'role') ?? cellOf(table, row, 'unit')
    if (role === null) marks.push('role')
    const said = deadlineIn(cellOf(table, row, 'deadline') ?? action)
    const order = cellOf(table, row, 'order')
    const after = cellOf(table, row, 'after')
    for (const tier of tiers.length === 0 ? (['tier-4'] as const) : tiers) {
      const index = offset + found.length
      if (order !== null) byOrder.set(`${tier} ${readNumber(order) ?? order}`, index)
      if (after !== null) pending.push({ index, tier, words: after })
      found.push({
        tier,
        role: role?.replace(/\s*\n\s*/gu, '、') ?? null,
        action: action.replace(/\s*\n\s*/gu, ''),
        deadlineMinutes: said.minutes,
        deadlineWords: said.words,
        after: [],
        afterWords: after ?? afterWordsIn(action),
        clause: clauseOf(row) ?? table.caption,
        paragraph: row.position,
        unsure: [...marks, ...said.unsure],
      })
    }
  }
  for (const { index, tier, words } of pending) {
    const action = found[index - offset]
    const numbers = halfWidth(words).match(/\d+|[一二三四五六七八九十]+/gu) ?? []
    const earlier = /^[第步骤序号\s\d、,，和及一二三四五六七八九十]+$/u.test(halfWidth(words))
      ? numbers.map((number) => byOrder.get(`${tier} ${readNumber(number) ?? number}`))
      : []
    const known = earlier.filter((at) => at !== undefined)
    if (action === undefined) continue
    action.after = known
    if (known.length > 0 && known.length === earlier.length) action.afterWords = null
    else if (earlier.length > 0) action.unsure.push('after')
  }
  return found
}

/** Each sentence that begins with a unit is an action; what follows without one belongs to the unit before. */
function sentenceActions(paragraph: PlacedParagraph, tier: ResponseTier, knownUnits: readonly string[]): ParsedAction[] {
  const found: ParsedAction[] = []
  const base = { tier, after: [], clause: clauseOf(paragraph), paragraph: paragraph.position }
  for (const sentence of paragraph.body
    .split(/(?<=[。；;])\s*|\n/u)
    .map((words) => words.trim())
    .filter((words) => words !== '')) {
    const afterWords = afterWordsIn(sentence)
    const opening = afterWords === null ? sentence : sentence.replace(new RegExp(`^[在待等]?${escaped(afterWords)}[，,]?`, 'u'), '')
    const withoutTime = opening.replace(/^(?:响应启动后|启动响应后)?[^，,。]{0,10}?(?:分钟|小时)(?:之|以)?内[，,]/u, '')
    const led = leadingUnit(withoutTime, knownUnits)
    const last = found.at(-1)
    if (led === null && last !== undefined) {
      last.action += sentence
      continue
    }
    if (led === null && paragraph.number === null) continue
    const said = deadlineIn(sentence)
    if (afterWords !== null && said.minutes !== null && halfWidth(sentence).indexOf(said.words ?? '') > sentence.indexOf(afterWords))
      said.unsure.push('deadline-base')
    const action = led === null ? sentence : opening === withoutTime ? led.rest : sentence.replace(led.unit, '').replace(/，，/u, '，')
    if (action.length < 3) continue
    found.push({
      ...base,
      role: led?.unit ?? null,
      action,
      deadlineMinutes: said.minutes,
      deadlineWords: said.words,
      afterWords,
      unsure: [...paragraph.unsure.filter((mark) => mark === 'characters'), ...(led === null ? ['role' as const] : []), ...said.unsure],
    })
  }
  for (const action of found) action.action = action.action.replace(/[。；;]$/u, '')
  return found
}

/** `侦检完成后` → the earlier action of the same tier that shares most character pairs with it; no clear one → unsure. */
function linkByWords(actions: ParsedAction[]): void {
  for (const [index, action] of actions.entries()) {
    if (action.afterWords === null || action.after.length > 0) continue
    const wanted = pairsOf(action.afterWords.replace(/^[在待等]|(?:完成|结束|到位|确认|建立|批准)?(?:之|以)?后$/gu, ''))
    let best = -1
    let bestShare = 0
    for (let at = 0; at < actions.length; at += 1) {
      const other = actions[at]
      if (other === undefined || at === index || other.tier !== action.tier) continue
      const has = pairsOf((other.role ?? '') + (other.afterWords === null ? other.action : other.action.replace(other.afterWords, '')))
      const share = [...wanted].filter((pair) => has.has(pair)).length / Math.max(1, wanted.size)
      if (share > bestShare) {
        best = at
        bestShare = share
      }
    }
    if (best >= 0 && bestShare >= 0.5) action.after = [best]
    else if (!action.unsure.includes('after')) action.unsure.push('after')
  }
}

function escaped(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function pairsOf(text: string): Set<string> {
  const letters = [...text.replace(/[^\p{L}\p{N}]/gu, '')]
  return new Set(letters.length === 1 ? letters : letters.slice(1).map((letter, index) => (letters[index] ?? '') + letter))
}
