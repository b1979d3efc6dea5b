// 领导批示: whose, when, what words; who carries it out, by when, what came of it.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { EpochMs, HappenedAt, Id, Sha256, text } from './scalars.ts'

/** Entries about an incident's 批示 have the incident as their subject, others the 批示 itself. */
export const instructionDatasets = defineDatasets({
  instructions: {
    scope: 'centre',
    columns: {
      incident: { type: 'id' },
      /** The report it was written on, the order it became; null = none. */
      report: { type: 'id' },
      task: { type: 'id' },
      leader: { type: 'text', personal: true },
      post: { type: 'text' },
      givenAt: { type: 'json' },
      way: { type: 'text' },
      words: { type: 'text' },
      owner: { type: 'text' },
      dueAt: { type: 'at' },
      enteredAt: { type: 'at' },
      enteredBy: { type: 'text' },
      enteredByName: { type: 'text' },
      closedAt: { type: 'json' },
      closedWords: { type: 'text' },
      closedByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** 反馈: what came of it, as often as somebody says so. */
  instructionFeedback: {
    scope: 'centre',
    columns: {
      instruction: { type: 'id' },
      incident: { type: 'id' },
      words: { type: 'text' },
      who: { type: 'text', personal: true },
      happenedAt: { type: 'json' },
      enteredAt: { type: 'at' },
      enteredByName: { type: 'text' },
      isSample: { type: 'boolean' },
    },
  },
  /** The handwriting as a photo. */
  instructionPhotos: {
    scope: 'centre',
    columns: {
      instruction: { type: 'id' },
      incident: { type: 'id' },
      sha256: { type: 'text' },
      name: { type: 'text' },
      sizeBytes: { type: 'integer' },
      mime: { type: 'text' },
      enteredAt: { type: 'at' },
    },
  },
})

/** 书面, 电话, 当面, 短信或微信. */
export const InstructionWay = z.enum(['written', 'telephone', 'in-person', 'message'])
export type InstructionWay = z.infer<typeof InstructionWay>

const said = (max: number, error: string) => text(max).refine((words) => words.trim() !== '', { error })

/** What a person types of one. */
export const InstructionWords = z.object({
  incident: Id.nullable(),
  report: Id.nullable(),
  task: Id.nullable(),
  /** The leader's name. */
  leader: said(100, 'leader.required'),
  post: text(100),
  givenAt: HappenedAt,
  way: InstructionWay,
  words: said(4000, 'words.required'),
  /** 承办: unit or person; may be named later. */
  owner: text(200),
  dueAt: EpochMs.nullable(),
})
export type InstructionWords = z.infer<typeof InstructionWords>

export const InstructionPhotoInput = z.object({ sha256: Sha256, name: text(255), sizeBytes: z.int().min(0), mime: text(100) })
export type InstructionPhotoInput = z.infer<typeof InstructionPhotoInput>

export const AddInstructionInput = InstructionWords.extend({
  /** Made by the page, so that a repeated send is one row. */
  id: Id,
  photos: z.array(InstructionPhotoInput).max(10),
})
export type AddInstructionInput = z.infer<typeof AddInstructionInput>

/** `seen`: what the form had shown; when another console wrote meanwhile, CONFLICT and nothing is lost. */
export const EditInstructionInput = z.object({ id: Id, set: InstructionWords.partial(), seen: InstructionWords.partial(), reason: text(500) })
export type EditInstructionInput = z.infer<typeof EditInstructionInput>

export const FeedbackInput = z.object({
  /** Of the feedback, made by the page. */
  id: Id,
  instruction: Id,
  words: said(4000, 'words.required'),
  /** Who said so. */
  who: said(100, 'who.required'),
  happenedAt: HappenedAt,
})
export type FeedbackInput = z.infer<typeof FeedbackInput>

/** 办结 (true) or taken up again (false), with words what came of it or why. */
export const CloseInstructionInput = z.object({ id: Id, isDone: z.boolean(), words: said(2000, 'words.required'), happenedAt: HappenedAt })
export type CloseInstructionInput = z.infer<typeof CloseInstructionInput>

export const AddPhotoInput = z.object({ instruction: Id, photo: InstructionPhotoInput })

export interface InstructionFeedback {
  id: Id
  words: string
  who: string
  happenedAt: HappenedAt
  enteredAt: EpochMs
  enteredByName: string
}

/** A 批示 as other features read it, oldest first. */
export interface InstructionFact {
  id: Id
  incident: Id | null
  /** Name and post: 样例乙（市领导）. */
  from: string
  words: string
  /** 承办. */
  owner: string
  dueAt: EpochMs | null
  isDone: boolean
}
/** Handed to other features by `app.ts`. @param incident null = every one that is open, or was done in the last 30 days */
export type ReadInstructions = (incident: Id | null) => Promise<InstructionFact[]>

export interface Instruction extends InstructionFact, InstructionWords {
  enteredAt: EpochMs
  enteredByName: string
  closedAt: HappenedAt | null
  closedWords: string
  closedByName: string
  feedback: InstructionFeedback[]
  photos: (InstructionPhotoInput & { id: Id })[]
  incidentTitle: string | null
  /** Kind of the report it was written on. */
  reportKind: string | null
  /** Unit and words of the order it became. */
  taskTitle: string | null
  isSample: boolean
}
