// Open matters typed by hand (移交事项): carried from watch to watch until somebody ends them with words.
import { type ActingPerson, type AddNoteInput, type DutyNote, type HappenedAt, type OpenMatter, WanglouError } from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'

type Row = Omit<DutyNote, 'since' | 'isSample' | 'closedWords' | 'closedByName'> & {
  since: string
  isSample: number | null
  closedWords: string | null
  closedByName: string | null
}
const columns = 'id, words, since, dueAt, enteredByName, closedAt, closedWords, closedByName, isSample'
/** How much of a note is its title. */
const titleLength = 60

export class NotesService {
  readonly #journal: Journal
  readonly #reads: Reads
  readonly #now: () => number

  constructor(options: { journal: Journal; reads: Reads; now: () => number }) {
    this.#journal = options.journal
    this.#reads = options.reads
    this.#now = options.now
  }

  /** Open ones, oldest first. */
  async open(): Promise<DutyNote[]> {
    const rows = await this.#reads.all<Row>(
      `SELECT ${columns} FROM dutyNotes WHERE _deleted = 0 AND closedAt IS NULL ORDER BY json_extract(since, '$.at'), key`,
    )
    return rows.map(read)
  }

  /** As they stood at a moment: open then, or still. */
  async openAt(at: number): Promise<DutyNote[]> {
    const rows = await this.#reads.all<Row>(
      `SELECT ${columns} FROM dutyNotes WHERE _deleted = 0 AND (closedAt IS NULL OR closedAt > ?1) AND json_extract(since, '$.at') <= ?1 ORDER BY json_extract(since, '$.at'), key`,
      [at],
    )
    return rows.map(read).map((note) => ({ ...note, closedAt: null }))
  }

  /** The watch's own part of 交接班. */
  async matters(): Promise<OpenMatter[]> {
    return (await this.open()).map((note) => ({
      id: `note:${note.id}`,
      kind: 'note',
      title: note.words.length > titleLength ? `${note.words.slice(0, titleLength)}…` : note.words,
      detail: note.words.length > titleLength ? note.words : note.enteredByName,
      since: note.since.at,
      dueAt: note.dueAt,
      to: { name: 'duty', params: {} },
    }))
  }

  /** @throws WanglouError DUPLICATE · CLASSIFIED_MARKING */
  async add(input: AddNoteInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { id, words, since, dueAt } = input
    await this.#journal.write({
      actor: by.account,
      action: 'duty.addNote',
      subject: { dataset: 'dutyNotes', row: id },
      happenedAt: since,
      rows: [
        {
          dataset: 'dutyNotes',
          row: id,
          set: {
            words,
            since,
            dueAt,
            enteredBy: by.account,
            enteredByName: by.name,
            closedAt: null,
            closedWords: '',
            closedByName: '',
            isSample: false,
          },
        },
      ],
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM dutyNotes WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { note: id })
      },
    })
  }

  /** 办结. @throws WanglouError NOT_FOUND · STATE_NOT_ALLOWED when somebody has ended it */
  async close(input: { note: string; words: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    await this.#journal.write({
      ...closeNoteAct(input, by, this.#now()),
      check: async (tx) => {
        const row = await tx.get<{ closedAt: number | null }>('SELECT closedAt FROM dutyNotes WHERE id = ? AND _deleted = 0', [input.note])
        if (row === null) throw new WanglouError('NOT_FOUND', { note: input.note })
        if (row.closedAt !== null) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'closed', to: 'closed' })
      },
    })
  }
}

/** A handover that drops a note with its reason ends it as well. */
export function closeNoteAct({ note, words }: { note: string; words: string }, by: ActingPerson, now: number): Act {
  return {
    actor: by.account,
    action: 'duty.closeNote',
    subject: { dataset: 'dutyNotes', row: note },
    rows: [{ dataset: 'dutyNotes', row: note, set: { closedAt: now, closedWords: words, closedByName: by.name } }],
  }
}

function read(row: Row): DutyNote {
  return {
    ...row,
    since: JSON.parse(row.since) as HappenedAt,
    isSample: row.isSample === 1,
    closedWords: row.closedWords ?? '',
    closedByName: row.closedByName ?? '',
  }
}
