// What two reports have in common and what sets them apart, each as a number from 0 to 1: place, time, kind of event, names and words. Pure.
import type { LonLat } from '../../contract/index.ts'
import { distanceM } from '../../kernel/great-circle.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import type { AreaWords } from './area-words.ts'

/** A report as it came in, or an incident with everything said of it. */
export interface DuplicateSubject {
  words: string
  typeCode: string | null
  position: LonLat | null
  area: string | null
  /** When it happened, else when it was received. */
  atMs: number
}

/** The tables that tell what words speak of. */
export interface WordTables {
  events: EventWords
  areas: AreaWords
}

/** A report as it is compared: what its words name, worked out once. */
export interface ReadSubject extends DuplicateSubject {
  /** County-level codes and above, from its area and its words. */
  areas: string[]
  /** Prefixes of the event table, from its type and its words. */
  classes: string[]
  /** Kinds of place its words name: 煤矿, 酒店, 高速. */
  sites: string[]
  /** Runs of words left when names of areas and words that every report has are taken out. */
  runs: string[]
}

// Words that every report has say nothing about this one; 样例 stands in every made-up name.
const empty =
  /样例|据报|报告|报警|首报|快报|续报|发生|现场|有关|目前|情况|接到|反映|疑似|群众|人员|左右|大约|正在|已经|时许|分许|请求|我们|这里|这边|那边|你好|值班室|应急局|指挥中心|送医|受伤|死亡|医院|出动|伤亡|一个|好像|看见|听说/gu
const siteNames =
  /化工厂|化肥厂|农药厂|工厂|厂|公司|煤矿|矿山|尾矿库|矿|冷库|仓库|库房|小区|公寓|中学|小学|学校|幼儿园|酒店|宾馆|饭店|火锅店|面馆|餐馆|市场|商场|超市|大厦|工地|高速|国道|省道|乡道|隧道|大桥|服务区|收费站|路口|水库|河堤|林场|加油站|加气站|养老院|敬老院|车站|电站|电厂|砖厂|酒厂|车间|厂房|工业园|养殖场|烧烤店|饭馆|商铺|民房|出租屋|宿舍|家属院|景区|公园|广场|体育馆|医院|网吧/gu

export function readSubject(subject: DuplicateSubject, { events, areas }: WordTables): ReadSubject {
  const words = subject.words.normalize('NFKC')
  const named = [...(subject.area === null ? [] : [subject.area.slice(0, 6)]), ...areas.codesIn(words)]
  const spoken = events.classesIn(words).map(({ code }) => code.slice(0, 3))
  const bare = areas.without(words).replace(empty, ' ')
  return {
    ...subject,
    areas: [...new Set(named)],
    classes: [...new Set([...(subject.typeCode === null ? [] : [subject.typeCode.slice(0, 3)]), ...spoken])],
    sites: [...new Set(words.match(siteNames))],
    runs: bare.match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? [],
  }
}

/** Each from 0 (no such evidence) to 1. */
export interface Evidence {
  near: number
  far: number
  sameArea: number
  otherArea: number
  soon: number
  sameType: number
  sameClass: number
  otherClass: number
  sameSite: number
  otherSite: number
  sameName: number
  sameWords: number
}

/** @returns the evidence, with what is shown of it */
export function evidenceOf(
  a: ReadSubject,
  b: ReadSubject,
): { evidence: Evidence; metres: number | null; minutes: number; shared: string[]; area: string | null } {
  const metres = a.position === null || b.position === null ? null : Math.round(distanceM(a.position, b.position))
  const minutes = Math.round(Math.abs(a.atMs - b.atMs) / 60_000)
  const area = a.areas.find((code) => b.areas.some((other) => within(code, other) || within(other, code))) ?? null
  const runs = sharedRuns(a.runs, b.runs)
  const sites = a.sites.filter((one) => b.sites.includes(one))
  const longest = Math.max(0, ...runs.map((run) => run.length))
  const isSameClass = a.classes.some((one) => b.classes.includes(one))
  // 厂 may be the 化工厂 the other names.
  const isSameSite = a.sites.some((one) => b.sites.some((other) => one.endsWith(other) || other.endsWith(one)))
  return {
    evidence: {
      // Callers place a thing to a kilometre or so: 1 at the spot, a half at 2 km.
      near: metres === null ? 0 : 1 / (1 + (metres / 2000) ** 2),
      far: metres === null ? 0 : Math.min(1, Math.max(0, (metres - 3000) / 5000)),
      sameArea: metres === null && area !== null ? 1 : 0,
      otherArea: metres === null && area === null && a.areas.length > 0 && b.areas.length > 0 ? 1 : 0,
      // 20 minutes apart is still the same thing; six hours hardly.
      soon: 1 / (1 + (minutes / 90) ** 2),
      sameType: a.typeCode !== null && a.typeCode === b.typeCode ? 1 : 0,
      sameClass: isSameClass ? 1 : 0,
      otherClass: !isSameClass && a.classes.length > 0 && b.classes.length > 0 ? 1 : 0,
      sameSite: isSameSite ? 1 : 0,
      otherSite: !isSameSite && a.sites.length > 0 && b.sites.length > 0 ? 1 : 0,
      sameName: Math.min(1, Math.max(0, (longest - 2) / 2)),
      sameWords: shareOf(a.runs, b.runs),
    },
    metres,
    minutes,
    shared: [...runs, ...sites.filter((site) => !runs.some((run) => run.includes(site)))],
    area,
  }
}

function within(inner: string, outer: string): boolean {
  return inner.startsWith(outer.replace(/(?:00)+$/u, ''))
}

function pairsOf(runs: readonly string[]): Set<string> {
  return new Set(
    runs.flatMap((run) =>
      /^\p{Script=Han}/u.test(run) ? Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2)) : [run.toLowerCase()],
    ),
  )
}

function shareOf(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [pairsOf(left), pairsOf(right)]
  if (a.size < 2 || b.size < 2) return 0
  return [...a].filter((pair) => b.has(pair)).length / Math.min(a.size, b.size)
}

/** The longest stretches both have, two characters at least. */
function sharedRuns(left: readonly string[], right: readonly string[]): string[] {
  const theirs = pairsOf(right)
  const found = new Set<string>()
  for (const run of left) {
    if (!/^\p{Script=Han}/u.test(run)) {
      if (run.length > 1 && theirs.has(run.toLowerCase())) found.add(run)
      continue
    }
    for (let from = 0; from + 1 < run.length; from += 1) {
      let to = from + 2
      if (!theirs.has(run.slice(from, to))) continue
      while (to < run.length && right.some((other) => other.includes(run.slice(from, to + 1)))) to += 1
      found.add(run.slice(from, to))
      from = to - 2
    }
  }
  return [...found].filter((run) => ![...found].some((other) => other !== run && other.includes(run))).toSorted((x, y) => y.length - x.length)
}
