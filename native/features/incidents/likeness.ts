// What two reports have in common and what sets them apart, each as a number from 0 to 1: place, time, kind of event, names and words. Pure.
import type { LonLat } from '../../contract/index.ts'
import type { EventWords } from '../../kernel/event-words.ts'
import type { TownNames } from '../../kernel/town-names.ts'
import { type AreaWords, isCounty } from './area-words.ts'
import { longestShared, shareOf, sharedRuns } from './likeness-words.ts'
import { type PlaceEvidence, placeEvidence } from './likeness-place.ts'
import { agreement, type NamedRoads, roadsIn, sameRoad, withoutNumbers } from './roads.ts'
import { type Facet, kindsIn, topicLikeness, topicsIn, townsIn } from './topics.ts'

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
  towns: TownNames
}

/** A report as it is compared: what its words name, worked out once. */
export interface ReadSubject extends DuplicateSubject {
  /** County-level codes and above, from its area and its words. */
  areas: string[]
  /** Where the seats of its counties are. */
  centres: LonLat[]
  /** Prefixes of the event table, from its type and its words. */
  classes: string[]
  /** Kinds of place, vehicles, substances, harm that its words name: 煤矿, 大巴, 氯气, 被困. */
  topics: Record<Facet, string[]>
  /** What tells its works, shops and schools apart: 焦化, 面条, 小学. */
  kinds: string[]
  roads: NamedRoads
  /** Towns its words name, by the table or by their 镇. */
  towns: string[]
  /** Those of the table: they are spelled as they are. */
  knownTowns: string[]
  /** Runs of words left when names of areas and words that every report has are taken out. */
  runs: string[]
}

// Words that every report has say nothing about this one; 样例 stands in every made-up name.
const empty =
  /样例|据报|报告|报警|首报|快报|续报|发生|现场|有关|目前|情况|接到|反映|疑似|群众|人员|左右|大约|正在|已经|时许|分许|请求|我们|这里|这边|那边|你好|值班室|应急局|指挥中心|送医|受伤|死亡|医院|出动|伤亡|一个|好像|看见|听说|高速|国道|省道|附近|消防|救援|疏散|转移|扑灭|没有|收治|卫健|伤员|名|人|来了|好多|电话/gu

export function readSubject(subject: DuplicateSubject, { events, areas, towns }: WordTables): ReadSubject {
  const words = subject.words.normalize('NFKC')
  const said = [...(subject.area === null ? [] : [subject.area.slice(0, 6)]), ...areas.codesIn(words)]
  const spoken = events.classesIn(words).map(({ code }) => code.slice(0, 3))
  const without = areas.without(words)
  const known = towns.inWords(without, said)
  const named = [...new Set([...said, ...known.map(({ county }) => county)])]
  return {
    ...subject,
    areas: named,
    centres: named
      .filter(isCounty)
      .map((code) => areas.centreOf(code))
      .filter((centre) => centre !== null),
    classes: [...new Set([...(subject.typeCode === null ? [] : [subject.typeCode.slice(0, 3)]), ...spoken])],
    topics: topicsIn(words),
    kinds: kindsIn(without),
    towns: [...new Set([...townsIn(without), ...known.map(({ bare }) => bare)])],
    knownTowns: known.map(({ bare }) => bare),
    roads: roadsIn(words, without),
    runs:
      withoutNumbers(without)
        .replace(empty, ' ')
        .match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? [],
  }
}

/** Each from 0 (no such evidence) to 1. */
export interface Evidence extends PlaceEvidence {
  soon: number
  sameType: number
  sameClass: number
  relatedClass: number
  otherClass: number
  sameDeed: number
  otherDeed: number
  relatedDeed: number
  relatedSite: number
  /** Neither says what happened in words the tables know, or one does not. */
  unknownDeed: number
  sameKind: number
  otherKind: number
  sameSite: number
  otherSite: number
  sameThing: number
  otherThing: number
  sameSubstance: number
  otherSubstance: number
  sameHarm: number
  sameRoad: number
  otherRoad: number
  sameNumber: number
  otherNumber: number
  sameTown: number
  otherTown: number
  /** Both name towns of the table, and none in common. */
  otherKnownTown: number
  sameName: number
  sameWords: number
}

// Kinds people take for one another, or that bring each other about: a tanker that turns over leaks, a leak burns, rain slides the slope.
const related = [
  '12D 12G 12E 12P',
  '12D 12H',
  '12G 11G',
  '11A 11D 11B 12P',
  '12A 12G 12B',
  '13A 13B 13C',
  '12Q 12D 12P',
  '12C 12P 12N',
  '12H 12P 11D',
  '12G 12H',
].map((codes) => codes.split(' '))
/** Floods, forest fires, mines and outbreaks go on for hours and are told of for hours. */
const slow = /^(?:11[ACDG]|12[ABQ]|13)/

/** @returns the evidence, with what is shown of it */
export function evidenceOf(
  a: ReadSubject,
  b: ReadSubject,
): { evidence: Evidence; metres: number | null; minutes: number; shared: string[]; area: string | null } {
  const minutes = Math.round(Math.abs(a.atMs - b.atMs) / 60_000)
  const common = a.classes.filter((one) => b.classes.includes(one))
  const { place, metres, area } = placeEvidence(a, b, common)
  const runs = sharedRuns(a.runs, b.runs)
  const isRelated = related.some((kinds) => a.classes.some((one) => kinds.includes(one)) && b.classes.some((one) => kinds.includes(one)))
  const haveClasses = a.classes.length > 0 && b.classes.length > 0
  const facet = (of: Facet) => topicLikeness(a.topics[of], b.topics[of])
  const [deed, site, thing, substance, kind] = [facet('deed'), facet('site'), facet('thing'), facet('substance'), agreement(a.kinds, b.kinds)]
  const town = agreement(a.towns, b.towns)
  // 关音镇 is 观音镇 typed in haste.
  const isAkin = a.towns.some((one) =>
    b.towns.some((other) => !(a.knownTowns.includes(one) && b.knownTowns.includes(other)) && [...one].some((character) => other.includes(character))),
  )
  const road = sameRoad(a.roads, b.roads)
  const sites = a.topics.site.filter((one) => b.topics.site.includes(one))
  // 20 minutes apart is still the same thing; six hours hardly.
  const halfMinutes = common.some((one) => slow.test(one)) ? 240 : 90
  return {
    evidence: {
      ...place,
      soon: 1 / (1 + (minutes / halfMinutes) ** 2),
      sameType: a.typeCode !== null && a.typeCode === b.typeCode ? 1 : 0,
      sameClass: common.length > 0 ? 1 : 0,
      relatedClass: common.length === 0 && isRelated ? 1 : 0,
      otherClass: haveClasses && common.length === 0 && !isRelated ? 1 : 0,
      sameDeed: deed === 'same' ? 1 : 0,
      otherDeed: deed === 'other' ? 1 : 0,
      relatedDeed: deed === 'related' ? 1 : 0,
      unknownDeed: deed === 'none' ? 1 : 0,
      relatedSite: site === 'related' ? 1 : 0,
      sameKind: kind === 1 ? 1 : 0,
      otherKind: kind === -1 ? 1 : 0,
      sameSite: site === 'same' ? 1 : 0,
      otherSite: site === 'other' ? 1 : 0,
      sameThing: thing === 'same' ? 1 : 0,
      otherThing: thing === 'other' ? 1 : 0,
      sameSubstance: substance === 'same' ? 1 : 0,
      otherSubstance: substance === 'other' ? 1 : 0,
      sameHarm: facet('harm') === 'same' ? 1 : 0,
      sameRoad: Math.max(road.road, road.mark, 0),
      otherRoad: Math.max(-road.road, -road.mark, 0),
      sameNumber: Math.max(road.number, 0),
      otherNumber: Math.max(-road.number, 0),
      sameTown: town === 1 ? 1 : 0,
      otherTown: town === -1 && !isAkin ? 1 : 0,
      otherKnownTown: town === -1 && agreement(a.knownTowns, b.knownTowns) === -1 ? 1 : 0,
      sameName: Math.min(1, Math.max(0, (longestShared(runs) - 2) / 2)),
      sameWords: shareOf(a.runs, b.runs),
    },
    metres,
    minutes,
    shared: [...runs, ...sites.filter((name) => !runs.some((run) => run.includes(name)))],
    area,
  }
}
