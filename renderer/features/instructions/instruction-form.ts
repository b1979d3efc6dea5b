// What stands in the form of a 批示, what is wrong with it, and what is sent. Pure.
import type { AddInstructionInput, EpochMs, InstructionPhotoInput, InstructionWay } from '../../../native/contract/index.ts'
import type { SpokenTime } from '../../ui/spoken-time.ts'

/** Plain JSON, so that it can be kept as a draft. */
export interface InstructionForm {
  leader: string
  post: string
  given: SpokenTime | null
  way: InstructionWay
  words: string
  owner: string
  due: SpokenTime | null
  incident: string | null
  report: string | null
  task: string | null
  photos: InstructionPhotoInput[]
}

export function blankForm(now: EpochMs, incident: string | null): InstructionForm {
  return {
    leader: '',
    post: '',
    given: { at: now, precision: 'exact' },
    way: 'written',
    words: '',
    owner: '',
    due: null,
    incident,
    report: null,
    task: null,
    photos: [],
  }
}

export type FormFault = 'leader' | 'given' | 'words' | 'due'
export function faultsOf(form: InstructionForm): FormFault[] {
  return [
    ...(form.leader.trim() === '' ? ['leader' as const] : []),
    ...(form.given === null ? ['given' as const] : []),
    ...(form.words.trim() === '' ? ['words' as const] : []),
    ...(form.due !== null && form.given !== null && form.due.at < form.given.at ? ['due' as const] : []),
  ]
}

export function inputOf(id: string, form: InstructionForm, now: EpochMs): AddInstructionInput {
  return {
    id,
    incident: form.incident,
    // A report and an order are those of the incident.
    report: form.incident === null ? null : form.report,
    task: form.incident === null ? null : form.task,
    leader: form.leader.trim(),
    post: form.post.trim(),
    givenAt: { ...(form.given ?? { at: now, precision: 'exact' }), source: form.leader.trim() },
    way: form.way,
    words: form.words.trim(),
    owner: form.owner.trim(),
    dueAt: dueOf(form.due),
    photos: form.photos,
  }
}

const dayMs = 86_400_000
/** A day as a limit lasts until its end. */
export function dueOf(due: SpokenTime | null): EpochMs | null {
  return due === null ? null : due.precision === 'day' ? due.at + dayMs - 60_000 : due.at
}
