// Entries that wait, put together by the console they came from and by what they wait for. Pure.
import type { EpochMs, WaitingItem } from '../../../native/contract/index.ts'

/** An entry is taken by itself once its clock is less than this ahead of ours, in milliseconds. */
export const aheadLimitMs = 24 * 3_600_000

export interface WaitingGroup {
  key: string
  station: string
  reason: WaitingItem['reason']
  items: WaitingItem[]
  /** By how much the clock that is furthest ahead is ahead, in milliseconds. */
  aheadMs: number
}

export function groupWaiting(items: readonly WaitingItem[]): WaitingGroup[] {
  return [...Map.groupBy(items, (item) => `${item.station}/${item.reason}`)].map(([key, same]) => ({
    key,
    station: same[0]?.station ?? '',
    reason: same[0]?.reason ?? 'ahead',
    items: same,
    aheadMs: Math.max(...same.map((item) => item.aheadMs)),
  }))
}

/** When our own clock gets so far that an entry is shown without anybody's doing. */
export function shownAt(item: WaitingItem, now: EpochMs): EpochMs {
  return now + item.aheadMs - aheadLimitMs
}
