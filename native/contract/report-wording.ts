// The wording check before 签发: cause or blame stated, a number without source, a death without hospital or police, names or numbers of people. Pure.
import { fieldsOf, type ReportFields, type ReportField, type ReportKind, shortMessageLimit } from './report-kinds.ts'

/** `blank`: something was left to be filled in · `length`: a 短信体 longer than it may be. */
export type WordingKind = 'cause' | 'number' | 'death' | 'name' | 'identity' | 'blank' | 'length'

export interface WordingWarning {
  kind: WordingKind
  field: ReportField
  /** Paragraph of the text, from 0; null = a field of one line. */
  paragraph: number | null
  /** The words it is about, as they stand. */
  words: string
}

/** Warnings in the order of the fields; each can be overridden with a reason, which is recorded. */
export function checkWording(kind: ReportKind, fields: ReportFields): WordingWarning[] {
  return fieldsOf(kind).flatMap((field) => {
    const value = fields[field]
    if (typeof value === 'string') return lineWarnings(field, value)
    const tooLong = kind === 'short-message' && value.join('').length > shortMessageLimit
    return [
      ...(tooLong ? [{ kind: 'length' as const, field, paragraph: null, words: `${value.join('').length}` }] : []),
      ...value.flatMap((words, paragraph) => textWarnings(field, paragraph, words)),
    ]
  })
}

/** @returns whether an override answers this warning */
export function isAnswered(warning: WordingWarning, overrides: readonly { kind: string; words: string; reason: string }[]): boolean {
  return overrides.some((one) => one.kind === warning.kind && one.words === warning.words.slice(0, 200) && one.reason.trim() !== '')
}

/** A line says no figures that need a source, but a name may stand in it. Who is to be called stands there by right. */
function lineWarnings(field: ReportField, words: string): WordingWarning[] {
  if (field === '联系人' || field === '联系电话' || field === '批示领导') return []
  const people = field === '标题' || field === '批示内容' || field === '办理情况'
  return [...(people ? [...personal(words), ...causes(words)] : []), ...blanks(words)].map((one) => ({ ...one, field, paragraph: null }))
}

function textWarnings(field: ReportField, paragraph: number, words: string): WordingWarning[] {
  return [...causes(words), ...numbers(words), ...deaths(words), ...personal(words), ...blanks(words)].map((one) => ({ ...one, field, paragraph }))
}

type Found = Pick<WordingWarning, 'kind' | 'words'>

/** Sentences and the parts between semicolons: a source counts for its own part. */
function sentences(words: string): string[] {
  return words.split(/(?<=[。；;！？\n])/u).filter((part) => part.trim() !== '')
}

const causeWords = [
  /(?:事故|事件|起火|爆炸|泄漏|直接|主要|根本)?原因(?:是|为|系|在于)(?!待|不明|尚|未|正)[^，。；]*/u,
  /(?:因|由于)[^，。；]{1,30}(?:违规|违章|违法|操作不当|失误|疏忽|管理不善|监管不力|老化|失修|擅自|未按)[^，。；]*/u,
  /(?:系|属)(?:人为|责任事故|违规|违章|操作)[^，。；]*/u,
  /(?:由于|因)[^，。；]{2,30}(?:引发|引起|导致|造成|所致)[^，。；]*/u,
  /(?:失职|渎职|玩忽职守|瞒报|谎报|迟报|漏报|监管不到位|监管缺失|处置不力|负有[^，。；]{0,6}责任|责任人为|应负[^，。；]{0,6}责任|追究[^，。；]{0,8}责任|肇事)[^，。；]*/u,
]
/** 瞒报 and the like may be asked about, never told as found. */
const notYet = /(?:原因|责任)[^，。；]{0,4}(?:正在|有待|待|尚|不明|未明|未查明|调查中|核查中)/u

function causes(words: string): Found[] {
  return sentences(words).flatMap((part) => {
    if (notYet.test(part)) return []
    const found = causeWords.map((pattern) => pattern.exec(part)?.[0]).find((hit) => hit !== undefined)
    return found === undefined ? [] : [{ kind: 'cause' as const, words: found }]
  })
}

const digits = '[\\d０-９]+(?:[.．][\\d０-９]+)?(?:[万亿])?|[一二三四五六七八九十百千万两]+'
const counted = new RegExp(`(?:约|近|超过?|至少)?(?:${digits})(?:余|多)?(?:人|名|位|户|具|公顷|亩|万元|亿元|元|间|辆|台|头|公里|米|吨|立方米)`, 'u')
/** Says who says so: 据…, …报告, …通报, （电话 …）, 经…核实, and counts the station makes of its own orders. */
const sourceWords =
  /据|根据|报告[：，称]?|通报|反映|提供|称[，：]|经[^，。；]{1,20}(?:核实|确认|清点|统计)|（(?:电话|电台|短信回执|终端签收|现场视频|定位)|本室|本中心|上次报告/u

function numbers(words: string): Found[] {
  return sentences(words).flatMap((part) => {
    const found = counted.exec(part)
    // 第三人民医院, 3人行 and the like: what follows is part of a name.
    if (found === null || /^(?:人民|民|员|防|事|大)/u.test(part.slice(found.index + found[0].length)) || sourceWords.test(part)) return []
    return [{ kind: 'number' as const, words: found[0] }]
  })
}

const dead = /(?:死亡|遇难|身亡|死者|殉职|罹难|不幸离世|抢救无效)/u
const none = /(?:无|没有|未(?:造成|发现|接到)?(?:人员)?|暂无|尚无|零)(?:人员)?(?:死亡|遇难|身亡)|死亡0人|死亡人数(?:为)?0/u
const deathSource = /医院|卫健|卫生|急救|120|疾控|公安|派出所|警方|刑侦|刑警|交警|法医|殡仪/u

function deaths(words: string): Found[] {
  return sentences(words).flatMap((part) => {
    const hit = /(?:死亡|遇难|身亡|殉职|罹难)[^，。；（]{0,8}/u.exec(part)
    if (hit === null || !dead.test(part) || deathSource.test(part)) return []
    const rest = part.replace(none, '')
    return dead.test(rest) && !/初判|等级|死亡[^，。；]{0,6}(?:以上|以下)/u.test(part) ? [{ kind: 'death' as const, words: hit[0] }] : []
  })
}

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const victims = '死者|伤者|遇难者|遇难人员|失联者|失联人员|被困者|被困人员|患者|伤员|中毒者|受害人|家属|司机|驾驶员|工人|村民|学生'
const namePatterns = [
  new RegExp(
    `(?:${victims})(?:姓名)?(?:[为是系叫：:（(]|名叫)?\\s*([${surnames}](?!某|姓|师傅|女士|先生|家|面|案|法)\\p{Script=Han}{1,2})(?=[，。、；（(）)\\s]|等|男|女|系|在|已|被|经|正|现|因|送|$)`,
    'u',
  ),
  new RegExp(`([${surnames}](?!某)\\p{Script=Han}{1,2})\\s*[（(，,]\\s*[男女]\\s*[，,、]`, 'u'),
]
const bareName = new RegExp(`^[${surnames}](?!某)\\p{Script=Han}{1,2}$`, 'u')
const unitEnd = /[局院所厅办队村镇县市省区委厂站网群台社处部矿库馆]$/u
const identity = /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)/gu

/** Every name of a victim, a driver, a villager … that the words themselves show to be one (`死者王建国`, `李四，男，`); also used where such a name must not be shown. */
export function namesOfPeople(words: string): string[] {
  return [...new Set(namePatterns.flatMap((pattern) => [...words.matchAll(new RegExp(pattern.source, 'gu'))].map((found) => found[1] ?? '')))]
}

/** A field that is nothing but one person's name. */
export function isPersonName(words: string): boolean {
  return bareName.test(words) && !unitEnd.test(words)
}

function personal(words: string): Found[] {
  const names = namePatterns.flatMap((pattern) => {
    const found = pattern.exec(words)?.[1]
    return found === undefined ? [] : [{ kind: 'name' as const, words: found }]
  })
  const distinct = [...new Map(names.map((one) => [one.words, one])).values()]
  return [...distinct, ...[...words.matchAll(identity)].map((match) => ({ kind: 'identity' as const, words: match[0] }))]
}

function blanks(words: string): Found[] {
  const found = /（?待填[^。；）]*）?|[×Xx]{2,}(?=[人年月日时分])|\{[^}]*\}/u.exec(words)?.[0]
  return found === undefined ? [] : [{ kind: 'blank', words: found }]
}
