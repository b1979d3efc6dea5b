// 领导批示: written down with who, when and in which words; carried out by somebody by a time; open until somebody says what came of it.
import {
  type ActingPerson,
  type AddInstructionInput,
  type CellValue,
  type CloseInstructionInput,
  type EditInstructionInput,
  type FeedbackInput,
  type Instruction,
  type InstructionFact,
  type InstructionPhotoInput,
  type InstructionWords,
  type OpenMatter,
  type Subject,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import { type InstructionFilter, InstructionsRepository } from './instructions.repository.ts'

/** A done one is told to other rooms for so long. */
const doneForMs = 30 * 86_400_000
const most = 1_000
const slackMs = 5 * 60_000

export class InstructionsService {
  readonly #journal: Journal
  readonly #blobs: Blobs
  readonly #repository: InstructionsRepository
  readonly #now: () => number

  constructor(options: { journal: Journal; blobs: Blobs; reads: Reads; now: () => number }) {
    this.#journal = options.journal
    this.#blobs = options.blobs
    this.#repository = new InstructionsRepository(options.reads)
    this.#now = options.now
  }

  list(filter: Pick<InstructionFilter, 'incident' | 'isOpen'>): Promise<Instruction[]> {
    return this.#repository.list({ ...filter, doneAfter: null, limit: most })
  }

  /** @throws WanglouError NOT_FOUND */
  async get(id: string): Promise<Instruction> {
    const found = await this.#repository.get(id)
    if (found === null) throw new WanglouError('NOT_FOUND', { instruction: id })
    return found
  }

  /** For other rooms (`ReadInstructions`). */
  async facts(incident: string | null): Promise<InstructionFact[]> {
    const doneAfter = incident === null ? this.#now() - doneForMs : null
    const rows = await this.#repository.list({ incident, isOpen: null, doneAfter, limit: most })
    return rows.map(({ id, incident: about, from, words, owner, dueAt, isDone }) => ({ id, incident: about, from, words, owner, dueAt, isDone }))
  }

  /** For the handover (`ReadOpenMatters`). */
  async openMatters(): Promise<OpenMatter[]> {
    const rows = await this.#repository.list({ incident: null, isOpen: true, doneAfter: null, limit: most })
    return rows.map((one) => ({
      id: `instruction:${one.id}`,
      kind: 'instruction',
      title: `${one.from}批示：${one.words.slice(0, 60)}`,
      detail: [one.owner === '' ? '未定承办' : `承办 ${one.owner}`, one.feedback.at(-1)?.words.slice(0, 60) ?? '尚无反馈'].join('；'),
      since: one.givenAt.at,
      dueAt: one.dueAt,
      to: { name: 'instruction', params: { id: one.id } },
    }))
  }

  /** @throws WanglouError DUPLICATE when it was taken in already; NOT_FOUND for a link to nothing; INVALID_INPUT {field} for a moment that has not come */
  async add(input: AddInstructionInput, by: ActingPerson, options: { isSample: boolean } = { isSample: false }): Promise<void> {
    refuseMarked(input)
    const { id, photos, ...words } = input
    const now = this.#now()
    if (words.givenAt.at > now + slackMs) throw new WanglouError('INVALID_INPUT', { field: 'givenAt' })
    await this.#mustBeWhole(photos)
    await this.#journal.write({
      actor: by.account,
      action: 'instructions.add',
      subject: subjectOf({ id, incident: words.incident }),
      happenedAt: words.givenAt,
      note: { words: `${words.leader}：${words.words}` },
      rows: [
        {
          dataset: 'instructions',
          row: id,
          set: { ...trimmed(words), enteredAt: now, enteredBy: by.account, enteredByName: by.name, closedAt: null, isSample: options.isSample },
        },
        ...photos.map((photo) => photoRow({ id, incident: words.incident }, photo, now)),
      ],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM instructions WHERE id = ?', [id])) !== null)
          throw new WanglouError('DUPLICATE', { instruction: id })
        await linksExist(tx, words)
      },
    })
  }

  /** @throws WanglouError CONFLICT {field} when another console wrote one of the fields since the form was opened */
  async edit(input: EditInstructionInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const before = await this.get(input.id)
    const set = trimmed(input.set)
    if (before.isDone) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'done', to: 'edited' })
    await this.#journal.write({
      actor: by.account,
      action: 'instructions.edit',
      subject: subjectOf(before),
      note: { words: [`${before.leader}：${before.words}`.slice(0, 200), input.reason.trim()].filter(Boolean).join('；') },
      rows: [{ dataset: 'instructions', row: input.id, set }],
      check: async (tx) => {
        const now = await this.#repository.get(input.id, tx)
        for (const field of Object.keys(input.set) as (keyof InstructionWords)[]) {
          const seen = JSON.stringify(input.seen[field] ?? null)
          if (JSON.stringify(now?.[field] ?? null) !== seen)
            throw new WanglouError('CONFLICT', { field, theirs: JSON.stringify(now?.[field] ?? null) })
        }
        await linksExist(tx, { ...before, ...input.set })
      },
    })
  }

  async feedback(input: FeedbackInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const about = await this.get(input.instruction)
    const { id, ...set } = input
    await this.#journal.write({
      actor: by.account,
      action: 'instructions.feedback',
      subject: subjectOf(about),
      happenedAt: input.happenedAt,
      note: { words: `${input.who}：${input.words}` },
      rows: [
        {
          dataset: 'instructionFeedback',
          row: id,
          set: { ...set, incident: about.incident, enteredAt: this.#now(), enteredByName: by.name, isSample: about.isSample },
        },
      ],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM instructionFeedback WHERE id = ?', [id])) !== null)
          throw new WanglouError('DUPLICATE', { feedback: id })
      },
    })
  }

  /** 办结 with what came of it, or taken up again with the reason. @throws WanglouError STATE_NOT_ALLOWED when it already is */
  async close(input: CloseInstructionInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.words)
    const about = await this.get(input.id)
    await this.#journal.write({
      actor: by.account,
      action: input.isDone ? 'instructions.close' : 'instructions.reopen',
      subject: subjectOf(about),
      happenedAt: input.happenedAt,
      note: { words: input.words },
      rows: [
        {
          dataset: 'instructions',
          row: input.id,
          set: input.isDone
            ? { closedAt: input.happenedAt, closedWords: input.words, closedByName: by.name }
            : { closedAt: null, closedWords: '', closedByName: '' },
        },
      ],
      check: async (tx) => {
        const now = await this.#repository.get(input.id, tx)
        if (now?.isDone === input.isDone) throw new WanglouError('STATE_NOT_ALLOWED', { to: input.isDone ? 'closed' : 'open' })
      },
    })
  }

  async addPhoto(input: { instruction: string; photo: InstructionPhotoInput }, by: ActingPerson): Promise<void> {
    const about = await this.get(input.instruction)
    await this.#mustBeWhole([input.photo])
    await this.#journal.write({
      actor: by.account,
      action: 'instructions.photo',
      subject: subjectOf(about),
      note: { words: input.photo.name },
      rows: [photoRow(about, input.photo, this.#now())],
    })
  }

  async #mustBeWhole(photos: readonly InstructionPhotoInput[]): Promise<void> {
    for (const { sha256 } of photos) if (!(await this.#blobs.has(sha256))) throw new WanglouError('NOT_FOUND', { sha256 })
  }
}

function subjectOf({ id, incident }: { id: string; incident: string | null }): Subject {
  return incident === null ? { dataset: 'instructions', row: id } : { dataset: 'incidents', row: incident }
}

function photoRow(about: { id: string; incident: string | null }, photo: InstructionPhotoInput, enteredAt: number): RowWrite {
  return { dataset: 'instructionPhotos', row: newId(), set: { instruction: about.id, incident: about.incident, ...photo, enteredAt } }
}

function trimmed(words: Partial<InstructionWords>): Record<string, CellValue> {
  return Object.fromEntries(Object.entries(words).map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]))
}

async function linksExist(tx: Reads, { incident, report, task }: Pick<InstructionWords, 'incident' | 'report' | 'task'>): Promise<void> {
  const links = { incidents: incident, reports: report, tasks: task }
  for (const [dataset, row] of Object.entries(links)) {
    if (row !== null && (await tx.get(`SELECT 1 AS found FROM "${dataset}" WHERE id = ? AND _deleted = 0`, [row])) === null)
      throw new WanglouError('NOT_FOUND', { [dataset]: row })
  }
}
