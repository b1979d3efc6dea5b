// The facts of the strip: the lines, one each in words and age, worst first; how old what the others write is. Pure.
import type { Capability, EpochMs, LinkAnswer, LinkKind, LinkState, LinkView } from '../../../native/contract/index.ts'
import { ageWords, minuteMs, spanWords, type Translate } from '../../ui/time-words.ts'

export interface StripFact {
  unit: string
  state: LinkState
  /** `省厅 断 12 分钟 · 待上传 34 条` */
  words: string
  /** The same without what waits, for those that stand behind the worst. */
  brief: string
}

const gravity: Record<LinkState, number> = { refused: 0, offline: 1, slow: 2, narrow: 3, online: 4 }
/** Of equal gravity the line reports go up on comes first. */
const rank: Record<LinkKind, number> = { above: 0, centre: 1, below: 2 }

export function worstFirst(links: readonly LinkView[]): LinkView[] {
  return links.toSorted((a, b) => gravity[a.state] - gravity[b.state] || rank[a.kind] - rank[b.kind] || a.since - b.since)
}

export function stripFacts({ links }: LinkAnswer, now: EpochMs, t: Translate): StripFact[] {
  return worstFirst(links).map((link) => {
    const brief = `${link.name} ${stateWords(link, now, t)}`
    return { unit: link.unit, state: link.state, words: [brief, ...waitingFact(link, t)].join(' · '), brief }
  })
}

/** What waits is said where it tells that something does not go through; on a good line it is gone before it is read. */
function waitingFact({ waiting, state, kind }: LinkView, t: Translate): string[] {
  return waiting > 0 && state !== 'online' ? [t(`link.waiting.${kind}`, { n: waiting })] : []
}

function stateWords({ state, since, roundTripMs }: LinkView, now: EpochMs, t: Translate): string {
  const isCut = state === 'offline' || state === 'refused'
  const measure = isCut ? spanWords(now - since, t) : roundTripMs === null || state === 'narrow' ? '' : `${Math.round(roundTripMs)} ms`
  return `${t(`link.state.${state}`, {})} ${measure}`.trim()
}

/** Younger than this nobody asks how old a register is; that the line is cut stands there already. */
const worthSayingMs = 30 * minuteMs

/** `预案 3 小时前`, `预案、资源 3 小时前`: what several sides write and is old, as 现在还能做什么 derives it. */
export function dataAges(capabilities: readonly Capability[], now: EpochMs, t: Translate): string[] {
  const old = capabilities.flatMap(({ name, state, asOf }) =>
    (name === 'plans' || name === 'resources') && state === 'old' && asOf !== null && now - asOf >= worthSayingMs ? [{ name, asOf }] : [],
  )
  return [...Map.groupBy(old, ({ asOf }) => asOf)].map(([asOf, same]) =>
    t('link.strip.dataAge', {
      names: same.map(({ name }) => t(`link.can.name.${name}`, {})).join(t('app.listSeparator', {})),
      age: ageWords(now - asOf, t),
    }),
  )
}

/** How many lines a strip of this width (CSS pixels) has room for, beside how old data are; the rest is counted. */
export function factsThatFit(widthPx: number, hasAges: boolean): number {
  return widthPx >= 1_900 && !hasAges ? 2 : 1
}

/** On a narrow strip the worst line needs the room; how old data are is in its title and on the page it leads to. */
export function hasRoomForAges(widthPx: number): boolean {
  return widthPx >= 1_900
}
