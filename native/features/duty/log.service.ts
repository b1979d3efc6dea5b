// 值班日志: a line is written, put right with a reason, marked or linked; never taken away.
import {
  type ActingPerson,
  type CorrectLineInput,
  type LogLine,
  type LogQuery,
  type LogWords,
  WanglouError,
  type WriteLineInput,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import { LogRepository } from './log.repository.ts'

export class LogService {
  readonly #journal: Journal
  readonly #repository: LogRepository
  readonly #now: () => number

  constructor(options: { journal: Journal; reads: Reads; now: () => number }) {
    this.#journal = options.journal
    this.#repository = new LogRepository(options.reads)
    this.#now = options.now
  }

  get repository(): LogRepository {
    return this.#repository
  }

  query(query: LogQuery): Promise<LogLine[]> {
    return this.#repository.query(query)
  }

  /** @throws WanglouError DUPLICATE when the line is in already (its id is made by the page) · NOT_FOUND {incident} · CLASSIFIED_MARKING */
  async write(input: WriteLineInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { id, ...words } = input
    await this.#journal.write({
      actor: by.account,
      action: 'duty.log',
      subject: subjectOf(id, words.incident),
      happenedAt: words.happenedAt,
      rows: [{ dataset: 'dutyLog', row: id, set: { ...words, enteredAt: this.#now(), enteredBy: by.account, isSample: false } }],
      note: { words: oneLine(words) },
      check: async (tx) => {
        if ((await tx.get('SELECT 1 AS found FROM dutyLog WHERE id = ?', [id])) !== null) throw new WanglouError('DUPLICATE', { line: id })
        await mustBe(tx, words.incident)
      },
    })
  }

  /** The former words stay beside the line. @throws WanglouError NOT_FOUND · CONFLICT when another console put it right meanwhile · INVALID_INPUT nothing is different */
  async correct(input: CorrectLineInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { line, words, seen, reason } = input
    if (same(words, seen)) throw new WanglouError('INVALID_INPUT', { field: 'words' })
    await this.#journal.write({
      actor: by.account,
      action: 'duty.correctLine',
      subject: subjectOf(line, words.incident ?? seen.incident),
      rows: [
        { dataset: 'dutyLog', row: line, set: { ...words } },
        {
          dataset: 'dutyLogCorrections',
          row: newId(),
          set: { line, former: { ...seen }, reason, enteredAt: this.#now(), enteredBy: by.account, enteredByName: by.name },
        },
      ],
      note: { words: `${oneLine(words)}（${reason}）` },
      check: async (tx) => {
        const current = await this.#repository.line(line, tx)
        if (current === null) throw new WanglouError('NOT_FOUND', { line })
        if (!same(wordsOf(current), seen)) throw new WanglouError('CONFLICT', { line })
        await mustBe(tx, words.incident)
      },
    })
  }

  /** 要情 and the incident it belongs to stand beside the words. @throws WanglouError NOT_FOUND */
  async mark(input: { line: string; isNotable: boolean; incident: string | null }, by: ActingPerson): Promise<void> {
    const before = await this.#repository.line(input.line)
    if (before === null) throw new WanglouError('NOT_FOUND', { line: input.line })
    await this.#journal.write({
      actor: by.account,
      action: 'duty.markLine',
      subject: subjectOf(input.line, input.incident ?? before.incident),
      rows: [{ dataset: 'dutyLog', row: input.line, set: { isNotable: input.isNotable, incident: input.incident } }],
      note: { words: oneLine(before) },
      check: (tx) => mustBe(tx, input.incident),
    })
  }
}

/** The time line of an incident shows the lines that belong to it. */
function subjectOf(line: string, incident: string | null): { dataset: string; row: string } {
  return incident === null ? { dataset: 'dutyLog', row: line } : { dataset: 'incidents', row: incident }
}

async function mustBe(tx: Reads, incident: string | null): Promise<void> {
  if (incident === null) return
  if ((await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [incident])) === null)
    throw new WanglouError('NOT_FOUND', { incident })
}

export function wordsOf({ happenedAt, direction, party, matter, result, who, incident, isNotable }: LogWords): LogWords {
  return { happenedAt, direction, party, matter, result, who, incident, isNotable }
}

function same(one: LogWords, other: LogWords): boolean {
  const [{ happenedAt: mine, ...rest }, { happenedAt: theirs, ...others }] = [wordsOf(one), wordsOf(other)]
  return (
    mine.at === theirs.at && mine.precision === theirs.precision && mine.source === theirs.source && JSON.stringify(rest) === JSON.stringify(others)
  )
}

function oneLine({ party, matter, result }: Pick<LogWords, 'party' | 'matter' | 'result'>): string {
  return [party, matter, result]
    .filter((part) => part !== '')
    .join('；')
    .slice(0, 300)
}
