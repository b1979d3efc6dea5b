// Where it happened and whose the place is, as written: an address by its endings (县, 镇, 村, 路 …), a site by its (厂, 矿, 学校 …).
import { isNoStatement } from './clauses.ts'
import { wordsAt } from './figures.ts'
import { substances } from './substances.ts'
import type { Clause, Proposal } from './proposal.ts'

const han = String.raw`[\p{Script=Han}A-Za-z0-9()（）]`
const site =
  '有限责任公司|有限公司|分公司|公司|集团|化工厂|水泥厂|炼油厂|焦化厂|化肥厂|烟花厂|食品厂|造纸厂|药厂|工厂|电厂|钢厂|厂|煤矿|铁矿|金矿|铅锌矿|矿山|矿|加油站|加气站|液化气站|气站|充电站|医院|卫生院|学校|小学|中学|大学|幼儿园|敬老院|养老院|福利院|超市|商场|商城|市场|酒店|宾馆|饭店|火锅店|餐馆|网吧|影院|工地|项目部|油库|粮库|冷库|仓库|库房|养殖场|屠宰场|尾矿库|变电站|污水处理厂|电站|物流园|影剧院|体育馆|车站'
const address =
  '省|市|区|县|镇|乡|街道|办事处|村|组|社区|小区|家属院|花园|路|大街|街|巷|大道|国道|省道|县道|乡道|高速|隧道|大桥|桥|河堤|河|水库|沟|峪|梁|塬|景区|林场|园区|工业园|产业园|开发区|广场|号楼|单元|号|公里处|段|路口|出口|服务区|匝道'
const siteEnd = new RegExp(`(?:${site})`, 'gu')
const addressEnd = new RegExp(`(?:${address}|[Kk]\\d+(?:\\+\\d+)?)`, 'gu')
const run = new RegExp(`${han}+(?:\\+\\d+)?${han}*`, 'gu')

/** Names no place of its own: 区医院, 两所学校, 市中心医院. */
const generic =
  /^(?:[省市区县镇乡]|中心|附近|[一二两三四五六七八九十\d]+[所家个处座])*(?:医院|卫生院|学校|小学|中学|车站|安置点|现场|县|区|市|镇|村|路口|厂区|库区)?$/u

/** What comes before a place and is none of it. */
const lead =
  /^(?:.*?(?:接报|接警|报告|反映|报称|称|通报|说|据报|报警|求助|电话|值班室|指挥中心)(?=.{3})|(?:今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|凌晨|早上|上午|中午|下午|晚上|晚|早|约|大约)|(?:\d+|[一二两三四五六七八九十半]+)个?(?:分钟|小时)前|[\d一二两三四五六七八九十]{1,3}[时点](?:\d{1,2}分?|[一二三四五六七八九十]{1,3}分|半|整)?(?:许|左右|前后)?|喂|你好|您好|请问|我们?(?:是|在|这|家|厂|公司|村)?|你们|快来|今天|昨天|昨晚|今早|今晚|刚才|刚刚|在|位于|是|就|于|从|到|往|请|有人|看到|发现|关于|因|由于|目前|现在|经核实|经查|经现场查看|另|其中|途经|行至|行驶至|途径)+/u
/** Where the telling begins and the place ends. */
const tell = new RegExp(
  String.raw`今天|今日|今早|今晨|今晚|昨天|昨日|昨晚|昨夜|凌晨|上午|下午|傍晚|半小时前|\d+分钟前|[\d一二两三四五六七八九十]{1,3}[时点](?!段)|约\d|发生|突发|出现|起火|着火|失火|火灾|大火|爆炸|爆燃|闪爆|泄漏|泄露|漏了|漏气|漏油|在漏|一?直冒|冒烟|冒出|坍塌|垮塌|塌了|塌方|滑坡|山体|崩塌|泥石流|侧翻|追尾|相撞|翻车|自燃|决口|管涌|漫溢|溃坝|积水|内涝|被困|困人|困在|有人|有个|有一|附近|那边|这边|那里|这里|里面|内(?!蒙)|里(?=[,有漏着冒起])|旁边|旁|门口|因|的(?!确)|正在|现场|一辆|一名|两名|\d+名|\d+人|\d+辆|一个|半挂|货车|客车|大巴|槽车|罐车|面包车|电梯|锅炉|储罐|管道|法兰|阀门|车间|仓(?=着|起)|工人|员工|学生|司机|村民|居民|游客|老人|孩子|透水|冒顶|涌水|顶板|断电|停电|停水|地震|倒了|断了|闻到|味|烟(?!花)|火情|火势|山火|打架|溺水|落水|走失|失踪|中毒|食物|告急|超警|水位|涨水|请求|请|报告|来电|核实|值班|处置|组织|疏散|转移|已|于(?=\d)|${substances.filter((name) => name.length > 1 && !/烟花|煤气|柴油|汽油/u.test(name)).join('|')}`,
  'u',
)

export function placesOf(clauses: readonly Clause[]): Proposal[] {
  const places: Proposal[] = []
  const units: Proposal[] = []
  for (const clause of clauses) {
    if (isNoStatement(clause.text)) continue
    for (const match of clause.text.matchAll(run)) {
      const found = placeIn(match[0])
      if (found === null) continue
      const index = match.index + found.at
      if (places.length === 0) places.push({ field: 'place', value: found.words, ...wordsAt(clause, index, found.words) })
      const unit = unitIn(found.words)
      if (unit !== null && units.length === 0) units.push({ field: 'unit', value: unit.words, ...wordsAt(clause, index + unit.at, unit.words) })
      if (units.length > 0) break
    }
  }
  return [...places, ...units]
}

function placeIn(words: string): { words: string; at: number } | null {
  const skipped = lead.exec(words)?.[0].length ?? 0
  const rest = words.slice(skipped)
  const until = rest.search(tell)
  const told = until === -1 ? rest : rest.slice(0, until)
  const end = Math.max(lastEnd(told, siteEnd), lastEnd(told, addressEnd))
  if (end < 3) return null
  const place = told.slice(0, end)
  // 值班室, 指挥中心 tell who speaks, not where it is; a bare 我厂 names nothing.
  if (
    /^[我你他她本该此这那]/u.test(place) ||
    !/[\p{Script=Han}]{2}/u.test(place) ||
    /局$|厅$|部门|政府$|^(?:联系|电话|安置|送|转)/u.test(place) ||
    generic.test(place)
  )
    return null
  return { words: place, at: skipped }
}

function lastEnd(words: string, pattern: RegExp): number {
  let end = -1
  for (const match of words.matchAll(pattern)) end = Math.max(end, match.index + match[0].length)
  return end
}

/** The site's own name: after the last 县/区/镇/村/路 before it. */
function unitIn(place: string): { words: string; at: number } | null {
  const matches = [...place.matchAll(siteEnd)]
  const last = matches.at(-1)
  if (last === undefined) return null
  const end = last.index + last[0].length
  const head = place.slice(0, last.index)
  const cut =
    /^.*(?:省|市(?!政)|[^园小社]区|县|镇|乡|街道|办事处|村|组|路(?!桥|面)|大街|街|巷|大道|国道|高速|号|园区|工业园|产业园|开发区)/u.exec(head)?.[0]
      .length ?? 0
  const words = place.slice(cut, end)
  return words.length < 3 || words === last[0] ? null : { words, at: cut }
}
