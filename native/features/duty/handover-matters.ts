// A handover built from what is open: every matter is in it, and none leaves it without a reason. Pure.
import type { HandoverMatter, MatterDecision, OpenMatter } from '../../contract/index.ts'

/** What was decided about a matter, as stored. */
export type StoredMatter = Omit<HandoverMatter, 'isOpen' | 'formerWords'>

export interface HandoverMatters {
  /** What is open in every room now. */
  open: readonly OpenMatter[]
  /** False when a room could not be asked: what is missing from `open` is then not taken as ended. */
  isWhole: boolean
  /** What has been decided, or, after the first signature, the record. */
  stored: readonly StoredMatter[]
  /** Words of the last handover about a matter. */
  former: ReadonlyMap<string, string>
}

/**
 * Before the first signature: everything open, handed over unless decided otherwise; what was decided about and ended meanwhile stands as `closed`.
 * After it: the record, and what came up since as `between`.
 */
export function mattersOf({ open, isWhole, stored, former }: HandoverMatters, isSigned: boolean): HandoverMatter[] {
  const byId = new Map(stored.map((one) => [one.matter, one]))
  const openIds = new Set(open.map((one) => one.id))
  const live = open
    .filter((matter) => !isSigned || !byId.has(matter.id))
    .map((matter): HandoverMatter => {
      const decided = byId.get(matter.id)
      return {
        matter: matter.id,
        kind: matter.kind,
        title: matter.title,
        detail: matter.detail,
        since: matter.since,
        dueAt: matter.dueAt,
        to: matter.to,
        // `closed` of an earlier signature that was taken back, and the matter is open again.
        decision: decided === undefined || decided.decision === 'closed' ? 'hand-over' : decided.decision,
        words: decided?.words ?? '',
        raised: isSigned ? 'between' : (decided?.raised ?? 'before'),
        isOpen: true,
        formerWords: former.get(matter.id) ?? null,
      }
    })
  const rest = stored
    .filter((one) => isSigned || !openIds.has(one.matter))
    .map((one): HandoverMatter => {
      const isOpen = openIds.has(one.matter) || !isWhole
      const decision: MatterDecision = isSigned || isOpen ? one.decision : 'closed'
      return { ...one, decision, isOpen, formerWords: former.get(one.matter) ?? null }
    })
  return [...live, ...rest].sort((a, b) => order(a) - order(b) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.since - b.since)
}

/** In the order they are told at a handover. */
const kinds = ['incident', 'task', 'clock', 'report', 'instruction', 'note', 'device'] as const satisfies readonly HandoverMatter['kind'][]

/** What came up between the signatures stands first, what has ended last. */
function order(matter: HandoverMatter): number {
  if (matter.raised === 'between') return 0
  return matter.decision === 'closed' ? 2 : 1
}

/** Matters that leave the handover without a word why: none may. */
export function undecided(matters: readonly HandoverMatter[]): string[] {
  return matters.filter((one) => one.decision === 'drop' && one.words.trim() === '').map((one) => one.matter)
}

/** What is open and in no record, or came up since the page was drawn. */
export function notShown(matters: readonly Pick<HandoverMatter, 'matter' | 'isOpen'>[], shown: ReadonlySet<string>): string[] {
  return matters.filter((one) => one.isOpen && !shown.has(one.matter)).map((one) => one.matter)
}
