// The watch (值班值守): who is on, what was written into the 值班日志, what is handed over.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { Day } from './days.ts'
import type { Subject } from './entry.ts'
import type { EpochMs, HappenedAt, Id } from './scalars.ts'

export const dutyDatasets = defineDatasets({
  /** 班次: a row replaces the shipped one of the same id. */
  dutyShifts: {
    scope: 'centre',
    columns: {
      name: { type: 'text' },
      /** Minutes after 00:00 of its day. */
      startsMinute: { type: 'integer' },
      lengthMinutes: { type: 'integer' },
      /** Fewest persons a post needs; 0 = the post is not part of this shift. */
      watchLeaders: { type: 'integer' },
      shiftLeaders: { type: 'integer' },
      officers: { type: 'integer' },
      isActive: { type: 'boolean' },
    },
  },
  /** One row a day and shift; the posts are columns of their own, so that two consoles editing two posts do not meet. */
  dutyRoster: {
    scope: 'centre',
    columns: {
      day: { type: 'text' },
      shift: { type: 'id' },
      watchLeaders: { type: 'json', personal: true },
      shiftLeaders: { type: 'json', personal: true },
      officers: { type: 'json', personal: true },
      note: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  dutyHolidays: {
    scope: 'centre',
    columns: { day: { type: 'text' }, kind: { type: 'text' }, name: { type: 'text' }, isSample: { type: 'boolean' } },
  },
  /** 调班 and 代班, each with its reason and who agreed. */
  dutyChanges: {
    scope: 'centre',
    columns: {
      kind: { type: 'text' },
      day: { type: 'text' },
      shift: { type: 'id' },
      post: { type: 'text' },
      person: { type: 'text', personal: true },
      withDay: { type: 'text' },
      withShift: { type: 'id' },
      withPost: { type: 'text' },
      withPerson: { type: 'text', personal: true },
      reason: { type: 'text' },
      agreedBy: { type: 'text', personal: true },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  dutyLog: {
    scope: 'centre',
    columns: {
      happenedAt: { type: 'json' },
      direction: { type: 'text' },
      party: { type: 'text', personal: true },
      matter: { type: 'text', personal: true },
      result: { type: 'text', personal: true },
      who: { type: 'text' },
      incident: { type: 'id' },
      isNotable: { type: 'boolean' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** What a line said before it was put right. */
  dutyLogCorrections: {
    scope: 'centre',
    columns: {
      line: { type: 'id' },
      former: { type: 'json', personal: true },
      reason: { type: 'text' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
    },
  },
  /** Open matters typed by hand, carried from watch to watch until 办结. */
  dutyNotes: {
    scope: 'centre',
    columns: {
      words: { type: 'text', personal: true },
      since: { type: 'json' },
      dueAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
      closedAt: { type: 'at' },
      closedWords: { type: 'text', personal: true },
      closedByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** A watch that was really stood: from 接班 to the next one. */
  dutyWatches: {
    scope: 'centre',
    columns: {
      day: { type: 'text' },
      shift: { type: 'id' },
      shiftName: { type: 'text' },
      /** As planned. */
      startsAt: { type: 'at' },
      endsAt: { type: 'at' },
      takenAt: { type: 'at' },
      takenBy: { type: 'text' },
      takenByName: { type: 'text' },
      people: { type: 'json', personal: true },
      /** The handover it began with; null = nobody handed over. */
      handover: { type: 'id' },
      /** Why it was taken without a handover. */
      reason: { type: 'text' },
      endedAt: { type: 'at' },
    },
  },
  /** One for each watch that ends. */
  dutyHandovers: {
    scope: 'centre',
    columns: {
      watch: { type: 'id' },
      nextWatch: { type: 'id' },
      remarks: { type: 'text', personal: true },
      outgoing: { type: 'json', personal: true },
      incoming: { type: 'json', personal: true },
      /** Words with which a first signature was taken back. */
      withdrawnWords: { type: 'text' },
    },
  },
  dutyHandoverMatters: {
    scope: 'centre',
    columns: {
      handover: { type: 'id' },
      matter: { type: 'text' },
      kind: { type: 'text' },
      title: { type: 'text', personal: true },
      detail: { type: 'text', personal: true },
      since: { type: 'at' },
      dueAt: { type: 'at' },
      route: { type: 'json' },
      decision: { type: 'text' },
      words: { type: 'text', personal: true },
      raised: { type: 'text' },
      decidedAt: { type: 'at' },
      decidedByName: { type: 'text' },
    },
  },
})

/** What a matter handed over is about; each feature lists its own. */
export const MatterKind = z.enum(['incident', 'task', 'report', 'clock', 'instruction', 'device', 'note'])
export type MatterKind = z.infer<typeof MatterKind>

/** Something open that the next watch must know (交接班); it cannot be dropped without a reason. */
export interface OpenMatter {
  /** Unique and stable: `<kind>:<row id>`. */
  id: string
  kind: MatterKind
  title: string
  detail: string
  since: EpochMs
  /** Limit, if any. */
  dueAt: EpochMs | null
  /** Route of the page that shows it. */
  to: { name: string; params: Record<string, string> }
}
/** Each feature hands one to the watch through `app.ts`. */
export type ReadOpenMatters = () => Promise<OpenMatter[]>

export interface OnDutyPerson {
  name: string
  telephone: string
  /** The account, when the name is one of the team's. */
  account: Id | null
  /** Of a pack's sample: never dialled. */
  isSample: boolean
}
/** Who is on at a moment. */
export interface OnDuty {
  /** Day of the watch, `2026-11-26`, Asia/Shanghai. */
  day: string
  /** 带班领导, 值班长, 值班员. */
  watchLeaders: OnDutyPerson[]
  shiftLeaders: OnDutyPerson[]
  officers: OnDutyPerson[]
}
/** Handed to other features by `app.ts`; null = nobody is on the roster then. */
export type ReadOnDuty = (at: EpochMs) => Promise<OnDuty | null>

/** What stands behind words of the daily digest, in the form a report marks its fields with. */
export interface DigestSource {
  /** The words it stands behind. */
  words: string
  /** 据谁. */
  who: string
  asOf: HappenedAt | null
  state: 'unverified' | 'verified' | 'disputed' | null
  ref: Subject | null
}
export type DigestSection = 'watch' | 'incidents' | 'log' | 'instructions' | 'notes'

/** One paragraph of 每日值班要情; a heading has no source. */
export interface DigestParagraph {
  section: DigestSection
  /** As it stands in the document, with its number. */
  words: string
  sources: DigestSource[]
}

/** 每日值班要情 as composed from rows; the document is a report of kind `digest`. */
export interface Digest {
  /** The day at whose 08:00 it is due. */
  day: Day
  /** 08:00 of the day before. */
  from: EpochMs
  /** 08:00 of the day. */
  to: EpochMs
  paragraphs: DigestParagraph[]
}
/** Handed to the reports by `app.ts`. */
export type ReadDigest = (day: Day) => Promise<Digest>
