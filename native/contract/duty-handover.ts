// 接班 and 交接班: a watch as it was really stood, and the handover that ends it, built from what is open and signed by both.
import { z } from 'zod'
import type { Day } from './days.ts'
import type { MatterKind, OpenMatter } from './duty.ts'
import type { Post } from './duty-roster.ts'
import { type RosterPerson, RosterPeople, type Shift } from './duty-roster.ts'
import { EpochMs, HappenedAt, Id, text } from './scalars.ts'

/** Who stands each post of a watch. */
export const WatchPeople = z.object({ watchLeaders: RosterPeople, shiftLeaders: RosterPeople, officers: RosterPeople })
export type WatchPeople = z.infer<typeof WatchPeople>

export interface Watch {
  id: Id
  day: Day
  shift: Id
  shiftName: string
  startsAt: EpochMs
  endsAt: EpochMs
  takenAt: EpochMs
  takenByName: string
  people: WatchPeople
  handover: Id | null
  /** Why it was taken without a handover; empty = it was handed over, or it is the first. */
  reason: string
  endedAt: EpochMs | null
}

/** How somebody showed who she is. */
export type SignatureMeans = 'session' | 'password' | 'pin'
export interface Signature {
  account: Id
  name: string
  at: EpochMs
  means: SignatureMeans
}

/** 移交, or 办结/不移交 with a reason; `closed`: it was ended in its own room before the signature. */
export const MatterDecision = z.enum(['hand-over', 'drop', 'closed'])
export type MatterDecision = z.infer<typeof MatterDecision>

export interface HandoverMatter {
  matter: string
  kind: MatterKind
  title: string
  detail: string
  since: EpochMs
  dueAt: EpochMs | null
  to: OpenMatter['to']
  decision: MatterDecision
  /** What the next watch must heed, or the reason. */
  words: string
  /** `between`: came up after the first signature. */
  raised: 'before' | 'between'
  /** False while the record shows it but its own room has ended it meanwhile. */
  isOpen: boolean
  /** What the last handover said about it; null = it was not in it. */
  formerWords: string | null
}

/** `none`: nobody has taken the watch. `open`: being prepared. `half`: the outgoing has signed. `done`: both have. */
export type HandoverState = 'none' | 'open' | 'half' | 'done'

export interface Handover {
  id: Id
  state: HandoverState
  watch: Watch | null
  nextWatch: Watch | null
  remarks: string
  outgoing: Signature | null
  incoming: Signature | null
  matters: HandoverMatter[]
  /** When it was last taken back, with what words; empty = never. */
  withdrawnWords: string
}

/** The watch page: who is on, what is open, how far the handover is. */
export interface WatchBoard {
  watch: Watch | null
  /** Built from what is open; `null` while nobody has taken the watch. */
  handover: Handover | null
  /** What is open now, also when there is no watch to hand it over. */
  open: OpenMatter[]
  /** Rooms that could not be asked: what is missing is said, never hidden. */
  unread: number
  /** The shifts somebody may take now, the likeliest first. */
  next: { shift: Shift; day: Day; startsAt: EpochMs; endsAt: EpochMs; people: WatchPeople }[]
}

export const DecideInput = z.object({
  handover: Id,
  matter: z.string().regex(/^[a-z]+:[0-9A-Za-z._:-]{1,100}$/),
  decision: MatterDecision.exclude(['closed']),
  words: text(1000),
})
export type DecideInput = z.infer<typeof DecideInput>
export const RemarksInput = z.object({ handover: Id, remarks: text(2000), seen: text(2000) })
export const SignOutgoingInput = z.object({ handover: Id })
export const WithdrawInput = z.object({
  handover: Id,
  words: text(300).refine((words) => words.trim() !== '', { error: 'reason.required' }),
})

/** The incoming person at the same console, beside the one who is signed in. */
export const Beside = z.object({
  login: text(64),
  proof: z.union([z.object({ pin: z.string().max(8) }), z.object({ password: z.string().max(200) })]),
})
export type Beside = z.infer<typeof Beside>

const NextWatch = z.object({ day: z.string().max(10), shift: Id, people: WatchPeople })
export const SignIncomingInput = z.object({
  handover: Id,
  /** Ids of the matters the page has shown: one that is missing here refuses the signature. */
  shown: z.array(z.string().max(150)).max(5000),
  next: NextWatch,
  /** Null = whoever is signed in takes over. */
  beside: Beside.nullable(),
})
export type SignIncomingInput = z.infer<typeof SignIncomingInput>
/** 接班 where nobody hands over: the first watch, or an outgoing one that is gone; `reason` is asked for when a watch stands. */
export const TakeOverInput = z.object({ next: NextWatch, reason: text(300), shown: z.array(z.string().max(150)).max(5000) })
export type TakeOverInput = z.infer<typeof TakeOverInput>

/** A matter typed by hand; it is open until somebody ends it with words. */
export interface DutyNote {
  id: Id
  words: string
  since: HappenedAt
  dueAt: EpochMs | null
  enteredByName: string
  closedAt: EpochMs | null
  closedWords: string
  closedByName: string
  isSample: boolean
}
export const AddNoteInput = z.object({
  id: Id,
  words: text(1000).refine((words) => words.trim() !== '', { error: 'words.required' }),
  since: HappenedAt,
  dueAt: EpochMs.nullable(),
})
export type AddNoteInput = z.infer<typeof AddNoteInput>
export const CloseNoteInput = z.object({
  note: Id,
  words: text(500).refine((words) => words.trim() !== '', { error: 'reason.required' }),
})

export interface HandoverSummary {
  id: Id
  day: Day
  shiftName: string
  outgoing: Signature | null
  incoming: Signature | null
  matters: number
}

/** Names of a post in one line of words. */
export function namesOf(people: Record<Post, readonly Pick<RosterPerson, 'name'>[]>, post: Post): string[] {
  return people[post].map(({ name }) => name)
}
