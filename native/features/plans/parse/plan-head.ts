// What a plan is about: its title, who issued it, for which area and which event types — each marked where it was only inferred.
import type { Unsure } from '../../../contract/index.ts'
import type { PlacedParagraph } from './sections.ts'

export interface PlanHints {
  fileName: string
  /** Code table in force. */
  eventTypes: { code: string; name: string }[]
  areas: { code: string; name: string }[]
}
export interface PlanHead {
  title: string
  issuer: string | null
  area: string | null
  eventTypes: string[]
  keywords: string[]
  unsure: Unsure[]
}

/** Words of titles that stand for a type of the table under another name. */
const otherNames: [RegExp, string][] = [
  [/危化品|危险货物/u, '危险化学品'],
  [/防汛|洪涝|抗洪/u, '洪水 内涝 山洪'],
  [/抗旱/u, '干旱'],
  [/森林草原/u, '森林火灾'],
  [/森林防火/u, '森林火灾'],
  [/尾矿/u, '尾矿库垮坝'],
  [/暴雨洪涝/u, '暴雨'],
]
const keywordList = [
  '氯气',
  '液氯',
  '液氨',
  '氨',
  '甲醇',
  '苯',
  '液化气',
  '液化石油气',
  '天然气',
  '煤气',
  '硫化氢',
  '氰化物',
  '盐酸',
  '硫酸',
  '汽油',
  '有毒气体',
  '泄漏',
  '爆炸',
  '中毒',
  '地震',
  '余震',
  '震级',
  '堰塞湖',
  '滑坡',
  '泥石流',
  '崩塌',
  '洪水',
  '内涝',
  '山洪',
  '暴雨',
  '溃坝',
  '漫堤',
  '管涌',
  '决口',
  '超警戒',
  '森林火灾',
  '草原火灾',
  '火场',
  '火险',
  '林火',
  '尾矿',
  '矿井',
  '瓦斯',
  '透水',
  '坍塌',
  '干旱',
  '寒潮',
  '危险化学品',
  '危化品',
  '隧道',
]

export function headOf(paragraphs: readonly PlacedParagraph[], hints: PlanHints): PlanHead {
  const unsure: Unsure[] = []
  const lines = paragraphs.filter((paragraph) => paragraph.kind === 'title').map((paragraph) => paragraph.body.replace(/\s+/gu, ''))
  const title = titleOf(lines) ?? fallback(hints.fileName, unsure)
  const scope = paragraphs
    .filter((paragraph) => paragraph.path.at(-1)?.title.includes('适用范围') === true)
    .map((paragraph) => paragraph.body)
    .join('\n')
  const body = paragraphs.map((paragraph) => paragraph.body).join('\n')
  const inTitle = typesIn(title, hints.eventTypes)
  const eventTypes = inTitle.length > 0 ? inTitle : typesIn(scope, hints.eventTypes)
  if (inTitle.length === 0) unsure.push('type')
  const area = hints.areas.filter((candidate) => title.includes(candidate.name)).toSorted((a, b) => b.code.length - a.code.length)[0]
  if (area === undefined) unsure.push('area')
  const keywords = keywordList.filter((word) => title.includes(word) || scope.includes(word) || body.split(word).length > 3)
  return { title, issuer: issuerOf(lines, title), area: area?.code ?? null, eventTypes, keywords, unsure }
}

/** Lines of the title page up to the one that ends in 预案: `样例市危险化学品事故` + `应急预案`. */
function titleOf(lines: readonly string[]): string | null {
  const end = lines.findIndex((line) => /(?:预案|方案|规程|手册)(?:（.{1,12}）)?$/u.test(line))
  if (end < 0) return null
  const line = lines[end] ?? ''
  const above = lines[end - 1]
  const isTail = /^(?:突发事件|事故|灾害)?(?:应急|专项|总体)?(?:应急)?(?:预案|方案)(?:（.{1,12}）)?$/u.test(line)
  return isTail && above !== undefined && !/(?:局|政府|委员会|办公室|指挥部)$/u.test(above) ? above + line : line
}

function fallback(fileName: string, unsure: Unsure[]): string {
  unsure.push('title')
  return fileName.replace(/\.[^.]{1,5}$/u, '').slice(0, 200)
}

function issuerOf(lines: readonly string[], title: string): string | null {
  const line = lines.find((candidate) => candidate !== title && /(?:局|政府|委员会|办公室|指挥部)$/u.test(candidate) && candidate.length <= 30)
  return line ?? null
}

/** The most particular names win: a stem inside a longer stem that was found as well does not count; children of a found parent neither. */
function typesIn(text: string, types: PlanHints['eventTypes']): string[] {
  const words = otherNames.reduce((joined, [pattern, names]) => (pattern.test(text) ? `${joined} ${names}` : joined), text)
  const found = types
    .map(({ code, name }) => ({
      code,
      stem: name.replace(/^(?:其他|境内|天然|跨境|一般|境外威胁)/u, '').replace(/(?:灾害事件|灾害|事故|事件|重大险情)$/u, ''),
    }))
    .filter(({ stem }) => stem.length >= 2 && words.includes(stem))
  const longest = found.filter(({ stem }) => !found.some((other) => other.stem.length > stem.length && other.stem.includes(stem)))
  const covers = (code: string) => code.replace(/0+$/u, '')
  return longest
    .map(({ code }) => code)
    .filter((code) => !longest.some((other) => other.code !== code && code.startsWith(covers(other.code)) && covers(other.code) !== code))
}
