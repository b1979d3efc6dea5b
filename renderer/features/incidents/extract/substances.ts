// Dangerous substances by the names people use on the telephone; the longest name that stands in the words is meant.
import { isAsked } from './clauses.ts'
import { type Clause, type Proposal, wordsAt } from './proposal.ts'

/** Common names out of the catalogue of dangerous chemicals (《危险化学品目录》) and what callers say for them. */
export const substances: readonly string[] =
  `液氯 氯气 氯化氢 盐酸 硫酸 浓硫酸 发烟硫酸 硝酸 浓硝酸 氢氟酸 磷酸 醋酸 冰醋酸 氨水 液氨 氨气 氨 甲醇 乙醇 酒精 丙酮 苯 甲苯 二甲苯 苯乙烯 苯酚 苯胺 硝基苯 氯苯 甲醛 乙醛 丙烯腈 乙腈 环氧乙烷 环氧丙烷 乙烯 丙烯 丁二烯
   氯乙烯 乙炔 电石 氢气 甲烷 天然气 液化天然气 LNG 煤气 液化气 液化石油气 LPG 一氧化碳 二氧化硫 硫化氢 二硫化碳 氰化钠 氰化钾 氰化氢 光气 汽油 柴油 原油 煤油 石脑油 粗苯 煤焦油 沥青 硝酸铵 硝化棉 过氧化氢 双氧水 次氯酸钠 漂白粉 烧碱 氢氧化钠
   金属钠 黄磷 红磷 三氯氢硅 三氯化磷 三氯氧磷 四氯化碳 三氯甲烷 二氯甲烷 溴 溴素 氟化氢 氟气 硅烷 磷化氢 磷化铝 农药 敌敌畏 百草枯 炸药 雷管 烟花爆竹 黑火药 铝粉 镁粉 煤尘 油漆 稀料 香蕉水 乙酸乙酯 甲基叔丁基醚 正己烷 环己烷 液氧 液氮`
    .split(/\s+/)
    .toSorted((a, b) => b.length - a.length)

const pattern = new RegExp(
  substances
    .map((name) => (name === '氨' ? '氨(?!基|水|气)' : name === '苯' ? '(?<![甲硝氯])苯(?!乙|酚|胺)' : name === '溴' ? '溴(?!素)' : name))
    .map((name) => `${name}(?!公司|集团)`)
    .join('|'),
  'giu',
)

export function substancesOf(clauses: readonly Clause[]): Proposal[] {
  const found = new Map<string, Proposal>()
  for (const clause of clauses) {
    if (isAsked(clause.text) || /应急演练|开展.{0,16}演练/u.test(clause.text)) continue
    for (const match of clause.text.matchAll(pattern)) {
      const value = match[0]
      if (/无|未检出|没有|不含|非|不是|排除/u.test(clause.text.slice(Math.max(0, match.index - 3), match.index))) continue
      if (!found.has(value)) found.set(value, { field: 'substance', value, ...wordsAt(clause, match.index, value) })
    }
  }
  return [...found.values()]
}
