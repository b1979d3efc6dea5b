// 视频点名: subordinate duty rooms are called one after the other; each answer, with its picture and time, is an act, and all of them a DOCX list.
import { type ActingPerson, type AnswerRollCallInput, type RollCall, rollCallLateMs, type RollCallUnit, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import type { StoredRoom } from './conference.repository.ts'
import { subjectOf } from './conference.service.ts'
import { rollCallDocument } from './roll-call-document.ts'
import { rungSince } from './rung.ts'

export interface RollCallOptions {
  journal: Journal
  reads: Reads
  blobs: Blobs
  stored: (conference: string) => Promise<StoredRoom>
  /** Duty rooms right below our centre. */
  subordinates: () => Promise<RollCallUnit[]>
  /** On the paper: the centre by its name. */
  ourName: () => Promise<string>
  now: () => number
}

export class RollCallService {
  readonly #options: RollCallOptions

  constructor(options: RollCallOptions) {
    this.#options = options
  }

  async view(conference: string): Promise<{ units: RollCallUnit[]; calls: RollCall[] }> {
    const [units, calls] = await Promise.all([this.#options.subordinates(), this.#calls(conference)])
    return { units, calls }
  }

  /** @throws WanglouError NOT_FOUND, ROOM_CLOSED · DUPLICATE while its answer is awaited */
  async call({ conference, unit }: { conference: string; unit: string }, by: ActingPerson): Promise<{ id: string }> {
    const { journal, stored, now } = this.#options
    const room = await stored(conference)
    if (room.closedAt !== null) throw new WanglouError('ROOM_CLOSED')
    const found = (await this.#options.subordinates()).find(({ id }) => id === unit)
    if (found === undefined) throw new WanglouError('NOT_FOUND', { unit })
    const row = newId()
    const set = {
      ...{ conference, incident: room.incident, unit, unitName: found.name, telephone: found.telephone },
      ...{ calledAt: now(), calledByName: by.name, answeredAt: null, answer: null, who: null, picture: null },
    }
    await journal.write({
      actor: by.account,
      action: 'conference.rollCall',
      subject: subjectOf(room),
      note: { words: found.name },
      rows: [{ dataset: 'conferenceRollCalls', row, set }],
      check: async (tx) => {
        const open = await tx.get(
          'SELECT 1 AS found FROM conferenceRollCalls WHERE conference = ? AND unit = ? AND answer IS NULL AND _deleted = 0',
          [conference, unit],
        )
        if (open !== null) throw new WanglouError('DUPLICATE', { unit })
      },
    })
    return { id: row }
  }

  /** 应答 or 无应答; 迟 is said by the clock. Said once. @throws WanglouError NOT_FOUND, STATE_NOT_ALLOWED */
  async answer({ call, isThere, who, picture, waitedMs = 0 }: AnswerRollCallInput, by: ActingPerson): Promise<void> {
    const { journal, reads, blobs, stored, now } = this.#options
    const row = await reads.get<{ conference: string; unitName: string; calledAt: number; answer: string | null }>(
      'SELECT conference, unitName, calledAt, answer FROM conferenceRollCalls WHERE id = ? AND _deleted = 0',
      [call],
    )
    if (row === null) throw new WanglouError('NOT_FOUND')
    if (row.answer !== null) throw new WanglouError('STATE_NOT_ALLOWED', { to: 'answered' })
    if (picture !== null && (await blobs.info(picture)) === null) throw new WanglouError('NOT_FOUND')
    const at = Math.max(row.calledAt, now() - waitedMs)
    const answer = isThere ? (at - row.calledAt > rollCallLateMs ? 'late' : 'answered') : 'none'
    await journal.write({
      actor: by.account,
      action: 'conference.rollCallAnswer',
      subject: subjectOf(await stored(row.conference)),
      note: { words: row.unitName, answer },
      rows: [
        { dataset: 'conferenceRollCalls', row: call, set: { answeredAt: at, answer, who: isThere ? who : '', picture: isThere ? picture : null } },
      ],
    })
  }

  /** @throws WanglouError NOT_FOUND */
  async document(conference: string): Promise<{ fileName: string; bytes: Uint8Array }> {
    const { stored, ourName, blobs, now } = this.#options
    const [room, calls, centre] = await Promise.all([stored(conference), this.#calls(conference), ourName()])
    const pictures = new Map<string, Buffer>()
    for (const { picture } of calls) {
      // One whose file has not come over the link yet is left out, its row is not.
      if (picture !== null && (await blobs.info(picture)) !== null) pictures.set(picture, await whole(blobs, picture))
    }
    return { fileName: `视频点名_${room.title}.docx`, bytes: await rollCallDocument({ title: room.title, centre, calls, pictures, at: now() }) }
  }

  async #calls(conference: string): Promise<RollCall[]> {
    const { reads } = this.#options
    const rows = await reads.all<Omit<RollCall, 'rung'>>(
      `SELECT id, unit, unitName, coalesce(telephone, '') AS telephone, calledAt, calledByName, answeredAt, answer, coalesce(who, '') AS who, picture
       FROM conferenceRollCalls WHERE conference = ? AND _deleted = 0 ORDER BY calledAt, key`,
      [conference],
    )
    const [first] = rows
    const rung = first === undefined ? new Map<string, never>() : await rungSince(reads, first.calledAt)
    return rows.map((row) => ({ ...row, rung: rung.get(row.id) ?? null }))
  }
}

async function whole(blobs: Blobs, sha256: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of blobs.read(sha256)) parts.push(part)
  return Buffer.concat(parts)
}
