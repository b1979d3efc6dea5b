// 值班表: shifts, who stands them, holidays, 调班 and 代班; how a cell of persons is read and written.
import { z } from 'zod'
import { Day, Month } from './days.ts'
import type { OnDutyPerson } from './duty.ts'
import { type EpochMs, Id, Sha256, text } from './scalars.ts'

/** 带班领导, 值班长, 值班员; also the names of the columns that hold them. */
export const posts = ['watchLeaders', 'shiftLeaders', 'officers'] as const
export const Post = z.enum(posts)
export type Post = z.infer<typeof Post>

/** A person as written on the roster. */
export const RosterPerson = z.object({ name: text(40).refine((name) => name.trim() !== '', { error: 'name.required' }), telephone: text(50) })
export type RosterPerson = z.infer<typeof RosterPerson>
/** More than this stand one post only in a misread file. */
export const maxPeople = 20
export const RosterPeople = z.array(RosterPerson).max(maxPeople)

export interface Shift {
  id: Id
  name: string
  /** Minutes after 00:00 of its day. */
  startsMinute: number
  lengthMinutes: number
  /** Fewest persons a post needs; 0 = the post is not part of it. */
  minimum: Record<Post, number>
  isActive: boolean
}

/** The shifts every centre begins with; a row of `dutyShifts` with the same id replaces one. */
export const shippedShifts: readonly Shift[] = [
  shipped('5b1d6a3e-0f3c-5f0e-8d52-1c8f6e0a0001', '全天', 8 * 60, 24 * 60, true),
  shipped('5b1d6a3e-0f3c-5f0e-8d52-1c8f6e0a0002', '白班', 8 * 60, 12 * 60, false),
  shipped('5b1d6a3e-0f3c-5f0e-8d52-1c8f6e0a0003', '夜班', 20 * 60, 12 * 60, false),
]

function shipped(id: Id, name: string, startsMinute: number, lengthMinutes: number, isActive: boolean): Shift {
  return { id, name, startsMinute, lengthMinutes, minimum: { watchLeaders: 1, shiftLeaders: 1, officers: 1 }, isActive }
}

export const SetShiftInput = z.object({
  id: Id,
  name: text(20).refine((name) => name.trim() !== '', { error: 'name.required' }),
  startsMinute: z
    .int()
    .min(0)
    .max(24 * 60 - 1),
  lengthMinutes: z
    .int()
    .min(30)
    .max(48 * 60),
  minimum: z.object({ watchLeaders: z.int().min(0).max(9), shiftLeaders: z.int().min(0).max(9), officers: z.int().min(0).max(9) }),
  isActive: z.boolean(),
})
export type SetShiftInput = z.infer<typeof SetShiftInput>

/** One day and shift of the roster; absent from the table = nobody entered yet. */
export interface RosterDay extends Record<Post, RosterPerson[]> {
  /** Its row; missing where nothing has been written yet. */
  id?: Id
  day: Day
  shift: Id
  note: string
  isSample: boolean
}

/** One cell: who stands that post. `seen` is what the form had shown: when another console wrote meanwhile, CONFLICT and nothing is lost. */
export const EditRosterInput = z.object({ day: Day, shift: Id, post: Post, people: RosterPeople, seen: RosterPeople })
export type EditRosterInput = z.infer<typeof EditRosterInput>
export const EditRosterNoteInput = z.object({ day: Day, shift: Id, note: text(200), seen: text(200) })

/** One person's place in the roster. */
export const RosterPlace = z.object({ day: Day, shift: Id, post: Post, person: text(40) })
export type RosterPlace = z.infer<typeof RosterPlace>
const Agreement = z.object({
  reason: text(300).refine((words) => words.trim() !== '', { error: 'reason.required' }),
  /** 谁同意的. */
  agreedBy: text(100).refine((words) => words.trim() !== '', { error: 'agreedBy.required' }),
})
/** 调班: two persons change places. */
export const SwapInput = Agreement.extend({ id: Id, from: RosterPlace, to: RosterPlace })
export type SwapInput = z.infer<typeof SwapInput>
/** 代班: somebody stands in for a person. */
export const StandInInput = Agreement.extend({ id: Id, place: RosterPlace, by: RosterPerson })
export type StandInInput = z.infer<typeof StandInInput>

export interface RosterChange {
  id: Id
  kind: 'swap' | 'stand-in'
  day: Day
  shift: Id
  post: Post
  /** Who stood there before. */
  person: string
  /** For a swap: the other place; for 代班 null. */
  withDay: Day | null
  withShift: Id | null
  withPost: Post | null
  withPerson: string
  reason: string
  agreedBy: string
  enteredAt: EpochMs
  enteredByName: string
}

export const HolidayKind = z.enum(['holiday', 'workday'])
/** 放假, 调休上班. */
export type HolidayKind = z.infer<typeof HolidayKind>
export interface Holiday {
  day: Day
  kind: HolidayKind
  name: string
}
export const SetHolidayInput = z.object({ day: Day, kind: HolidayKind.nullable(), name: text(40) })

/** A post with too few persons. */
export interface RosterGap {
  day: Day
  shift: Id
  shiftName: string
  post: Post
  /** How many are missing. */
  missing: number
  /** When the shift begins. */
  startsAt: EpochMs
}

/** One name in two places at the same time. */
export interface DoubleBooking {
  person: string
  places: { day: Day; shift: Id; shiftName: string; post: Post }[]
}

/** Who really stood a watch, where the roster said otherwise. */
export interface StoodWatch {
  day: Day
  shift: Id
  people: Record<Post, string[]>
}

export const RosterMonthInput = z.object({ month: Month })
export interface RosterMonth {
  month: Month
  /** All shifts; those in force first. */
  shifts: Shift[]
  rows: RosterDay[]
  holidays: Holiday[]
  changes: RosterChange[]
  gaps: RosterGap[]
  doubles: DoubleBooking[]
  stood: StoodWatch[]
  /** Names known here with their telephones, for the cell that is being typed. */
  known: RosterPerson[]
}

export const TableFile = z.object({ blob: Sha256, fileName: text(255) })
export type TableFile = z.infer<typeof TableFile>

/** What is wrong with a row of a table that came from outside. */
export interface TableProblem {
  /** As a spreadsheet numbers it, from 1; of a pasted text its line. */
  row: number
  code: 'day' | 'shift' | 'people' | 'kind' | 'time' | 'direction' | 'words' | 'marking' | 'twice'
  /** The cell as it stood. */
  cell: string
}
export interface RosterImportPreview {
  rows: number
  /** New, different from what is here, the same. */
  added: number
  changed: number
  same: number
  /** First and last day. */
  from: Day | null
  to: Day | null
  problems: TableProblem[]
}
export interface HolidayImportPreview {
  days: Holiday[]
  problems: TableProblem[]
}

/** What stands now on the strip. `gaps`: posts of the present shift that nobody stands. */
export interface DutyNow {
  onDuty: {
    day: Day
    watchLeaders: OnDutyPerson[]
    shiftLeaders: OnDutyPerson[]
    officers: OnDutyPerson[]
  } | null
  gaps: Post[]
  /** True when these persons took the watch, false when they only stand on the roster. */
  isStood: boolean
}

/**
 * `张三（0913-0100001）、李四` → two persons. Separators 、 , ， ; ； / and blanks between names of more than one character.
 * @returns null when a name is longer than a name can be
 */
export function parsePeople(words: string): RosterPerson[] | null {
  const people = words
    .normalize('NFC')
    .split(/[、,，;；/\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(.*?)\s*(?:[（(]\s*(.*?)\s*[）)]|(?<=\S)\s+(\+?\d[\d\- ]{4,}))?$/u.exec(part)
      return { name: (match?.[1] ?? part).trim(), telephone: (match?.[2] ?? match?.[3] ?? '').trim() }
    })
  const isRead = people.length <= maxPeople && people.every(({ name, telephone }) => name !== '' && name.length <= 40 && telephone.length <= 50)
  return isRead ? people : null
}

/** Persons of the sample are called 样例: also where somebody took one over into a cell of her own, the number is nobody's. */
export function isSamplePerson(person: Pick<RosterPerson, 'name'>): boolean {
  return person.name.startsWith('样例')
}

/** `张三（0913-0100001）、李四`: read back the same. */
export function peopleWords(people: readonly RosterPerson[], options: { withTelephones: boolean }): string {
  return people.map(({ name, telephone }) => (options.withTelephones && telephone !== '' ? `${name}（${telephone}）` : name)).join('、')
}
