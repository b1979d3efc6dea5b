// 来源 in words: who made a record or which file it came from, who changed it last, how old it is. Pure.
import type { EpochMs, OriginWrite, RecordOrigin } from '../../native/contract/index.ts'
import { ageWords, minuteMs, momentWords, type Translate } from '../ui/time-words.ts'

export interface OriginWords {
  /** `来源 本台 李值班`, `来源 导入 样例队伍.xlsx`; null = nothing is known. */
  source: string | null
  /** `值班台 2 王值班 改`; null = nobody but whoever made it. */
  changed: string | null
  /** Of what age what stands there is. */
  at: EpochMs | null
  /** `收到 5 分钟前`, where it came noticeably later than it was written. */
  received: string | null
  /** All of it with moments, line by line. */
  title: string
}

/** A pack of the program names itself so. */
const packPrefix = 'pack:'

export function originWords({ first, last, imported }: RecordOrigin, now: EpochMs, t: Translate): OriginWords {
  const from = imported === null ? '' : imported.from.startsWith(packPrefix) ? t('app.origin.pack', {}) : imported.from
  const made = imported ?? first
  const isChanged = last !== null && (imported === null ? last.at !== first?.at : isSinceImport(last, imported))
  const newest = isChanged ? last : made
  const by = isChanged ? byWords(last, t) : null
  return {
    source: made === null ? null : t('app.origin.source', { source: imported === null ? byWords(made, t) : t('app.origin.import', { from }) }),
    // The same person at the same place: the age alone says that it was changed.
    changed: by === null || (imported === null && made !== null && by === byWords(made, t)) ? null : t('app.origin.changed', { by }),
    at: newest?.at ?? null,
    received: newest !== null && isLate(newest) ? t('app.origin.received', { age: ageWords(now - newest.receivedAt, t) }) : null,
    title: [
      imported === null ? null : t('app.origin.title.imported', { from, by: byWords(imported, t), at: momentWords(imported.at, now) }),
      first === null || imported !== null ? null : t('app.origin.title.made', { by: byWords(first, t), at: momentWords(first.at, now) }),
      isChanged ? t('app.origin.title.last', { by: byWords(last, t), at: momentWords(last.at, now) }) : null,
      newest !== null && newest.place !== 'here' ? t('app.origin.title.received', { at: momentWords(newest.receivedAt, now) }) : null,
    ]
      .filter((line) => line !== null)
      .join('\n'),
  }
}

/** `本台 李值班`, `值班台 2 王值班`, `样例市应急管理局`. */
function byWords({ place, name, station, who }: OriginWrite, t: Translate): string {
  const words = place === 'here' ? t('app.origin.here', {}) : place === 'unknown' ? t('app.origin.unknown', { id: station.slice(-4) }) : name
  // The beginning of an id is a time, the same for consoles set up together.
  const where = words === '' ? t('conflicts.station', { id: station.slice(-4) }) : words
  return [where, who ?? (place === 'here' ? t('app.origin.program', {}) : '')].filter((part) => part !== '').join(' ')
}

/** Taking a file in ends with acts of its own, by the same person and soon. */
function isSinceImport(last: OriginWrite, imported: OriginWrite): boolean {
  const isPartOfIt = last.station === imported.station && last.who === imported.who && last.at - imported.at < minuteMs
  return last.at > imported.at && !isPartOfIt
}

function isLate({ place, at, receivedAt }: OriginWrite): boolean {
  return place !== 'here' && receivedAt - at > minuteMs
}
