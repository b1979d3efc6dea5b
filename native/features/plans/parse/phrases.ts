// Small grammar of plan sentences: whose duty it is, by when, after what, and telephone numbers.
import type { Unsure } from '../../../contract/plans.ts'
import { halfWidth } from './headings.ts'
import { readNumber } from './numerals.ts'

const suffix =
  '(?:委员会|办公室|指挥部|救援队|支队|大队|总队|分队|中心|公司|企业|政府|集团|红十字会|专家组|工作组|值班室|总指挥|副总指挥|指挥长|单位|部门|气象台|监测站|救援站|医院|局|委|办|队|部|组|站|厅|院)'
const goesOn = '(?!办公室|值班室|指挥部|中心|支队|队|会|长|员|级|内|门|分|署|属|件|团|理|件|织|建|成|合|所|系)'
const segment = `(?:[\\p{Script=Han}A-Za-z0-9]|\\([市区县、]{1,5}\\)){0,20}?${suffix}${goesOn}`
const unitList = new RegExp(
  `^(?:由)?(${segment}(?:(?:、|和|及|以及|会同|与|及其)${segment})*)(?:\\([^)]{1,20}\\))?(?=[:,]|\\p{Script=Han}|\\d|$)`,
  'u',
)
const notUnit =
  /^(?:组织|成立|派出|启动|开展|通知|协调|对|根据|按照|按|及时|立即|迅速|向|将|做好|加强|划定|视情|必要时|在|指导|调集|调动|报|经|其|并|为|以|当|如|若|从|同时|配合|要求|督促|发生|统筹|参与|接到|会同|请求|收到|实行|抽调|增派|动员|负责|符合|达到|凡|建立|设立|设)/u

/** @returns the unit or units a sentence begins with and what follows, or null */
export function leadingUnit(sentence: string, known: readonly string[] = []): { unit: string; rest: string } | null {
  const plain = halfWidth(sentence)
  const listed = known.find((unit) => plain.startsWith(unit) && !/^[、和及与]/u.test(plain.slice(unit.length)))
  const unit = listed ?? (notUnit.test(plain) ? undefined : unitList.exec(plain)?.[1])
  if (unit === undefined || unit.length < 2) return null
  const start = plain.startsWith('由') && listed === undefined ? 1 : 0
  const rest = sentence
    .slice(start + unit.length)
    .replace(/^[（(][^）)]{1,20}[）)]/u, '')
    .replace(/^[\s:：，,]+/u, '')
  return { unit: sentence.slice(start, start + unit.length), rest }
}

/** @returns the last unit named before a place in a text, or null */
export function lastUnit(text: string): string | null {
  const found = [...halfWidth(text).matchAll(new RegExp(`(?<=^|[,。;:、(\\s]|由|请|向|与|报告|拨打)${segment}`, 'gu'))].at(-1)
  return found === undefined ? null : text.slice(found.index, found.index + found[0].length).replace(/^(?:请与|请|与|由|向|报|拨打|联系)+/u, '')
}

export interface Deadline {
  minutes: number | null
  words: string | null
  unsure: Unsure[]
}
const span = /(\d{1,3}|半|[一二两三四五六七八九十]{1,4})\s*(?:个)?(半)?(分钟|小时|天|日)(?:之|以)?内/u
const unitMinutes: Record<string, number> = { 分钟: 1, 小时: 60, 天: 1440, 日: 1440 }

/** By when, in minutes from the approval. Words that give no figure, or count from something else, are named as unsure. */
export function deadlineIn(text: string): Deadline {
  const plain = halfWidth(text)
  const found = span.exec(plain)
  if (found !== null) {
    const amount = found[1] === '半' ? 0.5 : (readNumber(found[1] ?? '') ?? 0) + (found[2] === undefined ? 0 : 0.5)
    const before = plain.slice(Math.max(0, found.index - 14), found.index)
    const isOtherBase =
      /(?:接报|接警|接到[^,。]{0,8}|事发|事故发生|地震发生|震|发生|到达现场|到场|抵达|预警发布|收到[^,。]{0,6})(?:之?后|起)?[^,。]{0,2}$/u.test(
        before,
      )
    const minutes = Math.round(amount * (unitMinutes[found[3] ?? ''] ?? 1))
    return { minutes, words: found[0], unsure: isOtherBase ? ['deadline-base'] : [] }
  }
  const bare = /^(?:T\s*\+\s*)?(\d{1,4})\s*(?:min|分钟|分)$/iu.exec(plain.trim()) ?? /^(\d{1,3})\s*(?:h|小时)$/iu.exec(plain.trim())
  if (bare !== null) return { minutes: Number(bare[1]) * (/h|小时/iu.test(bare[0]) ? 60 : 1), words: text.trim(), unsure: [] }
  const repeat = /每(?:隔)?\s*(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})?\s*(?:个)?(?:分钟|小时|天|日)|持续|全程|每日|滚动/u.exec(plain)
  if (repeat !== null) return { minutes: null, words: repeat[0], unsure: ['deadline-repeat'] }
  const vague = /立即|即刻|第一时间|尽快|迅速|及时|马上|随即/u.exec(plain)
  return vague === null ? { minutes: null, words: null, unsure: [] } : { minutes: null, words: vague[0], unsure: ['deadline-vague'] }
}

/** The words before 后 that name an earlier step; null = none, or only the approval, an order or the event itself. */
export function afterWordsIn(text: string): string | null {
  const found =
    /(?:^|[，,；;：:]|在|待|等)((?:[^，,。；;：:后]){2,24}?)(?:完成|结束|到位|确认|建立|批准)?(?:之|以)?后(?=[，,]|[^续勤方期果备])/u.exec(text)
  if (found?.[1] === undefined) return null
  if (/(?:善|事|最|先|今|灾|震|前|背|落|滞|推|延|战)后$/u.test(found[0])) return null
  const words = found[1].replace(/^.*(?:在|待|等)(?=.{2})/u, '')
  if (/响应$|启动$|启动响应|响应启动|接报|接警|接到|命令|指令|通知|事发|发生|震$|灾$|分钟|小时|批准|到场|到达|抵达|发布/u.test(words)) return null
  return found[0].slice(found[0].lastIndexOf(words))
}

const phone =
  /(?<![\d.-])(?:(?:0\d{2,3}[-\s]?)?[2-9]\d{6,7}|0\d{2,3}[-\s]?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4})(?:(?:转|-)\d{1,6})?(?![\d.])/gu
const whole = /^(?:(?:0\d{2,3}[-\s]?)?\d{7,8}|1[3-9]\d{9}|400[-\s]?\d{3}[-\s]?\d{4})(?:(?:转|-)\d{1,6})?$|^1\d{2}$|^1\d{4}$/u

/** Full-width digits and long dashes as typed on a telephone. */
export function plainPhone(words: string): string {
  return halfWidth(words)
    .replace(/[—–－―‐‑]/gu, '-')
    .replace(/[()]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function isPhone(words: string): boolean {
  return whole.test(words)
}

/** Telephone numbers in running text: where and which. */
export function phonesIn(text: string): { at: number; number: string }[] {
  const plain = halfWidth(text).replace(/[—–－―‐‑]/gu, '-')
  return [...plain.matchAll(phone)].map((match) => ({ at: match.index, number: match[0].trim() }))
}
