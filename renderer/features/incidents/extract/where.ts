// Where it happened and whose the place is, as written: an address by its endings (县, 镇, 村, 路 …), a site by its (厂, 矿, 学校 …).
import { isNoStatement } from './clauses.ts'
import { address, below, event, lead, notPlace, reporter, site, tell, transport } from './place-words.ts'
import { type Clause, type Proposal, wordsAt } from './proposal.ts'

const siteEnd = new RegExp(`(?:${site})`, 'gu')
const addressEnd = new RegExp(`(?:${address}|[Kk]\\d+(?:\\+\\d+)?)`, 'gu')
const run = /[\p{Script=Han}A-Za-z0-9()+]+/gu
/** Names an area and nothing in it: 临渭区, 宝鸡市陇县. */
const isArea = /^(?:\p{Script=Han}{1,7}?(?:[省县旗]|(?<![夜城超门集])市|(?<![景园林小社厂矿库校城灾山新务油牧湿镇村片街郊营特])区))+$/u
const isTown = /(?:镇|乡|街道|办事处|开发区|新区)$/u
/** Names no place of its own: 区医院, 两所学校, 市中心医院. */
const generic =
  /^(?:[省市区县镇乡]|中心|附近|该|本|各|某|[一二两三四五六七八九十\d]+[所家个处座条栋]|[东南西北前后]边|[东南西北]郊)*(?:医院|卫生院|学校|小学|中学|车站|加油站|工地|隧道|大桥|高速|小区|公司|工厂|煤矿|仓库|市场|超市|酒店|宾馆|水库|煤矿|矿山?|景区|安置点|现场|县区|县|区|市|镇|村|路口|厂区|库区)?$/u

/** 煤气公司, 自来水公司: whoever serves a place, without a name. */
const service = /^(?:煤气|燃气|天然气|供水|供电|供热|供暖|热力|自来水|电力|通信|移动|电信|联通|物业|保险|运输|公交|出租)公司$/u

interface Candidate {
  words: string
  at: number
  clause: Clause
  points: number
}

export function placesOf(clauses: readonly Clause[]): Proposal[] {
  const found: Candidate[] = []
  for (const [index, clause] of clauses.entries()) {
    if (isNoStatement(clause.text)) continue
    // 报送单位：样例镇政府
    if (/(?:报告|报送|填报|联系|值班|主送|抄送|来电)(?:单位|人|部门)$/u.test(clauses[index - 1]?.text ?? '')) continue
    for (const match of clause.text.matchAll(run)) found.push(...placesIn(clause, match.index, match[0], index))
  }
  const best = found.toSorted((a, b) => b.points - a.points)[0]
  if (best === undefined) return []
  const unit = unitIn(best.words) ?? null
  return [
    { field: 'place', value: joinedTo(areaSaid(clauses), best.words), ...wordsAt(best.clause, best.at, best.words) },
    ...(unit === null ? [] : [{ field: 'unit' as const, value: unit.words, ...wordsAt(best.clause, best.at + unit.at, unit.words) }]),
  ]
}

/** 我是临渭区故市镇的: where the caller says she is; empty when she does not. */
const callerAt =
  /(?:我们?|俺|咱们?|这里|这边|这儿)(?:就?是|在|住在?)(?<area>(?:\p{Script=Han}{2,5}?(?:省|市|县|区)){0,3}(?:\p{Script=Han}{1,4}?(?:镇|乡|街道))?)(?:\p{Script=Han}{1,4}村)?(?:的|人|这边|这里|$)/u
function areaSaid(clauses: readonly Clause[]): string {
  return clauses.map((clause) => callerAt.exec(clause.text)?.groups?.['area'] ?? '').find((area) => area !== '') ?? ''
}

/** A place without its county or town is in that of the caller: 镇东头那个样例化肥厂 is 临渭区故市镇东头样例化肥厂. */
function joinedTo(area: string, place: string): string {
  if (area === '' || /[省市县区镇乡]|街道/u.test(place.slice(1))) return place
  const where = place
    .replace(/^(?:镇|乡|街|县|区|村)(?:上|里)?(?=[东南西北])/u, '')
    .replace(/^(?<side>[东南西北](?:头|边|面))?(?:那|这|有)(?:个|家|座)/u, '$<side>')
  return `${area}${where}`
}

/** A run is told piece by piece: what stands between one word of the telling and the next may be a place. */
function placesIn(clause: Clause, offset: number, words: string, index: number): Candidate[] {
  const found: Candidate[] = []
  // 1 时 50 分液氯库房: the clock ends within this run.
  let from = /\d\s$/.test(clause.text.slice(0, offset)) && /^[时点分日月号]/u.test(words) ? 1 : 0
  for (let piece = 0; piece < 6 && from < words.length; piece += 1) {
    const start = from + (lead.exec(words.slice(from))?.[0].length ?? 0)
    const told = tell.exec(words.slice(start))
    const until = told === null ? words.length : start + told.index
    const place = placeIn(words.slice(start, until))
    if (place !== null && !transport.test(words.slice(0, start + place.at))) {
      const after = words.slice(start + place.at + place.words.length, until)
      const points =
        pointsOf(place.words, {
          after,
          told: told?.[0] ?? '',
          isSpeaker: told === null && clause.end === ':',
          isBelow: below.test(words.slice(0, start + place.at)),
        }) -
        index * 0.3 -
        // 这里是样例镇: where the caller is, if another place is named.
        (callerAt.test(clause.text) ? 0.2 : 0)
      if (points > 0) found.push({ words: place.words, at: offset + start + place.at, clause, points })
    }
    from = told === null ? words.length : Math.max(until + told[0].length, from + 1)
  }
  return found
}

/** 3 for a site, village or road, 2 for a town, 1 for a bare area where something befalls it; less for who is only speaking and for what lies below it. */
function pointsOf(place: string, { after, told, isSpeaker, isBelow }: { after: string; told: string; isSpeaker: boolean; isBelow: boolean }): number {
  const isArea_ = isArea.test(place)
  if (isArea_ && !(after === '' && event.test(told))) return 0
  const level = isArea_ ? 1 : isTown.test(place) ? 2.8 : 3
  const speaks = reporter.test(told) || isSpeaker
  return level - (speaks && after.length <= 8 ? 1.5 : 0) - (isBelow ? 1.5 : 0)
}

function placeIn(told: string): { words: string; at: number } | null {
  const end = Math.max(lastEnd(told, siteEnd), lastEnd(told, addressEnd))
  if (end < 3) return null
  const at = /^.*(?:上游|下游|附近的|周边的)/u.exec(told.slice(0, end - 2))?.[0].length ?? 0
  const words = told.slice(at, end)
  // 养路段, 应急局 tell who speaks, not where it is; a bare 我厂 names nothing.
  if (/^[我你他她本该此这那各]/u.test(words) || !/\p{Script=Han}{2}/u.test(words) || notPlace.test(words) || generic.test(words)) return null
  return { words, at }
}

function lastEnd(words: string, pattern: RegExp): number {
  let end = -1
  for (const match of words.matchAll(pattern)) end = Math.max(end, match.index + match[0].length)
  return end
}

/** The site's own name: after the last 县/区/镇/村/路 before it. */
function unitIn(place: string): { words: string; at: number } | null {
  const last = [...place.matchAll(siteEnd)].at(-1)
  if (last === undefined) return null
  const end = last.index + last[0].length
  const head = place.slice(0, last.index)
  const cut =
    /^.*(?:省|市(?!政|场)|[^园小社厂库矿]区|县|镇|乡|街道|办事处|村|组|路口|路(?!桥|面)|大街|街|巷|大道|国道|高速|号|园区|工业园|产业园|开发区|[东南西北]头|[那这][个家])/u.exec(
      head,
    )?.[0].length ?? 0
  const words = place.slice(cut, end)
  return words.length < 3 || words === last[0] || service.test(words) || /[一某]家|^.{0,4}边/u.test(words) ? null : { words, at: cut }
}
