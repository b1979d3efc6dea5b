// The lines as facts of the strip: one each in words and age, worst first. Pure.
import type { EpochMs, LinkAnswer, LinkKind, LinkState, LinkView } from '../../../native/contract/index.ts'
import { spanWords, type Translate } from '../../ui/time-words.ts'

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

/** How many facts a strip of this width (CSS pixels) has room for; the rest is counted. */
export function factsThatFit(widthPx: number): number {
  return widthPx >= 1_900 ? 2 : 1
}
