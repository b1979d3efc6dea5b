// Reads 批示 with their feedback and photos: three queries, whatever the number.
import type { HappenedAt, Instruction, InstructionFeedback, InstructionPhotoInput, InstructionWay } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'

interface Row {
  id: string
  incident: string | null
  report: string | null
  task: string | null
  leader: string
  post: string | null
  givenAt: string
  way: string
  words: string
  owner: string | null
  dueAt: number | null
  enteredAt: number
  enteredByName: string | null
  closedAt: string | null
  closedWords: string | null
  closedByName: string | null
  isSample: number | null
  incidentTitle: string | null
  reportKind: string | null
  taskTitle: string | null
}

export interface InstructionFilter {
  incident: string | null
  /** null = both. */
  isOpen: boolean | null
  /** Only what is open or was done after this, epoch ms; null = all. */
  doneAfter: number | null
  limit: number
}

const columns = `n.*, (SELECT i.title FROM incidents i WHERE i.id = n.incident) AS incidentTitle, (SELECT r.kind FROM reports r WHERE r.id = n.report) AS reportKind,
  (SELECT t.unit || ' ' || t.task FROM tasks t WHERE t.id = n.task) AS taskTitle`
const closed = `json_extract(n.closedAt, '$.at')`

export class InstructionsRepository {
  readonly #reads: Reads
  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** Oldest first. An incident's own and those of what was merged into it. */
  async list({ incident, isOpen, doneAfter, limit }: InstructionFilter): Promise<Instruction[]> {
    const where = ['n._deleted = 0']
    const params: (string | number)[] = []
    if (incident !== null) {
      where.push(
        `n.incident IN (WITH RECURSIVE family (id) AS (SELECT ? UNION SELECT i.id FROM incidents i JOIN family ON i.mergedInto = family.id) SELECT id FROM family)`,
      )
      params.push(incident)
    }
    if (isOpen !== null) where.push(`${closed} IS ${isOpen ? '' : 'NOT '}NULL`)
    if (doneAfter !== null) {
      where.push(`(${closed} IS NULL OR ${closed} > ?)`)
      params.push(doneAfter)
    }
    const rows = await this.#reads.all<Row>(
      `SELECT ${columns} FROM instructions n WHERE ${where.join(' AND ')} ORDER BY json_extract(n.givenAt, '$.at') DESC, n.key DESC LIMIT ?`,
      [...params, limit],
    )
    return (await this.#whole(rows)).reverse()
  }

  async get(id: string, reads: Reads = this.#reads): Promise<Instruction | null> {
    const row = await reads.get<Row>(`SELECT ${columns} FROM instructions n WHERE n.id = ? AND n._deleted = 0`, [id])
    return row === null ? null : ((await this.#whole([row], reads))[0] ?? null)
  }

  async #whole(rows: readonly Row[], reads: Reads = this.#reads): Promise<Instruction[]> {
    const ids = JSON.stringify(rows.map(({ id }) => id))
    const of = 'instruction IN (SELECT value FROM json_each(?)) AND _deleted = 0'
    const [feedback, photos] = await Promise.all([
      reads.all<Omit<InstructionFeedback, 'happenedAt'> & { instruction: string; happenedAt: string }>(
        `SELECT id, instruction, words, who, happenedAt, enteredAt, enteredByName FROM instructionFeedback WHERE ${of}
         ORDER BY json_extract(happenedAt, '$.at'), key`,
        [ids],
      ),
      reads.all<InstructionPhotoInput & { id: string; instruction: string }>(
        `SELECT id, instruction, sha256, name, sizeBytes, mime FROM instructionPhotos WHERE ${of} ORDER BY key`,
        [ids],
      ),
    ])
    return rows.map((row) => ({
      ...row,
      from: row.post === null || row.post === '' ? row.leader : `${row.leader}（${row.post}）`,
      post: row.post ?? '',
      owner: row.owner ?? '',
      way: row.way as InstructionWay,
      givenAt: JSON.parse(row.givenAt) as HappenedAt,
      closedAt: parsed(row.closedAt),
      isDone: parsed(row.closedAt) !== null,
      enteredByName: row.enteredByName ?? '',
      closedWords: row.closedWords ?? '',
      closedByName: row.closedByName ?? '',
      isSample: row.isSample === 1,
      feedback: feedback
        .filter((one) => one.instruction === row.id)
        .map(({ instruction: _instruction, happenedAt, ...one }) => ({ ...one, happenedAt: JSON.parse(happenedAt) as HappenedAt })),
      photos: photos.filter((one) => one.instruction === row.id).map(({ instruction: _instruction, ...one }) => one),
    }))
  }
}

function parsed(json: string | null): HappenedAt | null {
  return json === null ? null : (JSON.parse(json) as HappenedAt | null)
}
