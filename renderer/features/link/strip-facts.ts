// The lines as facts of the strip: one each in words and age, worst first. Pure.
import type { EpochMs, LinkAnswer, LinkKind, LinkState, LinkView } from '../../../native/contract/index.ts'
import { spanWords, type Translate } from '../../ui/time-words.ts'

export interface StripFact {
  unit: string
  state: LinkState
  /** `省厅 断 12 分钟 · 待上传 34 条` */
  words: string
}

const gravity: Record<LinkState, number> = { refused: 0, offline: 1, slow: 2, narrow: 3, online: 4 }
/** Of equal gravity the line reports go up on comes first. */
const rank: Record<LinkKind, number> = { above: 0, centre: 1, below: 2 }

export function worstFirst(links: readonly LinkView[]): LinkView[] {
  return links.toSorted((a, b) => gravity[a.state] - gravity[b.state] || rank[a.kind] - rank[b.kind] || a.since - b.since)
}

export function stripFacts({ links }: LinkAnswer, now: EpochMs, t: Translate): StripFact[] {
  return worstFirst(links).map((link) => ({ unit: link.unit, state: link.state, words: factWords(link, now, t) }))
}

/** What waits is said where it tells that something does not go through; on a good line it is gone before it is read. */
function factWords(link: LinkView, now: EpochMs, t: Translate): string {
  const waiting = link.waiting > 0 && link.state !== 'online' ? [t(`link.waiting.${link.kind}`, { n: link.waiting })] : []
  return [`${link.name} ${stateWords(link, now, t)}`, ...waiting].join(' · ')
}

function stateWords({ state, since, roundTripMs }: LinkView, now: EpochMs, t: Translate): string {
  const isCut = state === 'offline' || state === 'refused'
  const measure = isCut ? spanWords(now - since, t) : roundTripMs === null || state === 'narrow' ? '' : `${Math.round(roundTripMs)} ms`
  return `${t(`link.state.${state}`, {})} ${measure}`.trim()
}

/** How many facts a strip of this width (CSS pixels) has room for; the rest is counted. */
export function factsThatFit(widthPx: number): number {
  return widthPx >= 1_900 ? 3 : widthPx >= 1_500 ? 2 : 1
}
