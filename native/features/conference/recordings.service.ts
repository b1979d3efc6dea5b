// 录制: a room, or one stream of it, into files of this station; beginning and end stand in the incident's journal, whatever ended it.
import { join } from 'node:path'
import { type ConferenceRecording, type RecordingEnd, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { partsIn, Recorder } from '../../media/recording/recorder.ts'
import type { Room } from '../../media/rooms/room.ts'
import type { KeptRecording } from '../../media/rooms/room-state.ts'
import type { Rooms } from '../../media/rooms/rooms.ts'
import type { Sfu } from '../../media/sfu/sfu.ts'
import type { Reads } from '../../store/types.ts'
import type { StoredRoom } from './conference.repository.ts'
import { subjectOf } from './conference.service.ts'

export interface RecordingsOptions {
  journal: Journal
  reads: Reads
  rooms: Rooms
  sfu: Sfu
  /** null = it is not installed. */
  ffmpeg: () => string | null
  /** The data directory: files lie in its folder `recordings`, one folder each. */
  directory: string
  known: (conference: string) => Promise<Pick<StoredRoom, 'id' | 'incident' | 'title'>>
  now: () => number
  onError: (error: unknown) => void
}

interface Running {
  conference: string
  stream: string | null
  /** Whose it is; null = the whole room's. */
  of: string | null
  isFailing: boolean
  account: string
  startedAt: number
  recorder: Recorder
}
type Row = Omit<ConferenceRecording, 'isHere' | 'parts'> & { station: string; parts: string | null }

const fileName = /^\d{3}\.mkv$/

export class RecordingsService {
  readonly #options: RecordingsOptions
  readonly #running = new Map<string, Running>()
  /** Of rooms that go on: they begin again with the first who is seen or heard. */
  readonly #awaited = new Map<string, readonly KeptRecording[]>()

  constructor(options: RecordingsOptions) {
    this.#options = options
  }

  /**
   * @param stream null = the whole room, whoever comes later too
   * @throws WanglouError NOT_CHAIR, NOT_FOUND, RECORDER_MISSING, NOTHING_TO_RECORD, DUPLICATE
   */
  async begin(conference: string, { participant, stream }: { participant: string; stream: string | null }): Promise<{ id: string }> {
    const room = this.#options.rooms.mustHold(conference)
    const by = room.mustChair(participant)
    const ffmpeg = this.#options.ffmpeg()
    if (ffmpeg === null) throw new WanglouError('RECORDER_MISSING')
    if ([...this.#running.values()].some((one) => one.conference === conference && one.stream === stream)) throw new WanglouError('DUPLICATE')
    // Begun by hand before it went on by itself: once is enough.
    const of = stream === null ? null : room.owner(stream)
    this.#setAwaited(
      conference,
      (this.#awaited.get(conference) ?? []).filter((kept) => kept.of !== of),
    )
    return this.#begin(room, { conference, ffmpeg, stream, by })
  }

  /** Like before everybody was cut off, or the station was ended. */
  goOn(conference: string, recordings: readonly KeptRecording[]): void {
    this.#setAwaited(conference, recordings)
  }

  #setAwaited(conference: string, recordings: readonly KeptRecording[]): void {
    if (recordings.length > 0) this.#awaited.set(conference, recordings)
    else this.#awaited.delete(conference)
  }

  /** What would go on with the room. */
  kept(conference: string): KeptRecording[] {
    const running = [...this.#running.values()].filter((one) => one.conference === conference).map(({ of }) => ({ of }))
    return [...running, ...(this.#awaited.get(conference) ?? [])]
  }

  async #begin(
    room: Room,
    options: { conference: string; ffmpeg: string; stream: string | null; by: { account: string; name: string } },
  ): Promise<{ id: string }> {
    const { sfu, directory, now, onError } = this.#options
    const { conference, ffmpeg, stream, by } = options
    const streams = () => room.streams.filter(({ id }) => stream === null || id === stream)
    if (streams().every(({ isPaused }) => isPaused)) throw new WanglouError('NOTHING_TO_RECORD')
    const id = newId()
    const supply = (one: string) => room.supply(one)
    const onFailing = (isFailing: boolean) => this.#failing(id, isFailing)
    const recorder = new Recorder({ sfu, ffmpeg, folder: join(directory, 'recordings', id), streams, supply, onFailing, onError })
    const of = stream === null ? null : room.owner(stream)
    this.#running.set(id, { conference, stream, of, isFailing: false, account: by.account, startedAt: now(), recorder })
    const set = { what: stream === null ? '' : room.ownerName(stream), startedAt: now(), startedByName: by.name, endedAt: null, endedHow: null }
    try {
      await this.#write('conference.record', conference, { account: by.account, row: id, set })
    } catch (error) {
      this.#running.delete(id)
      throw error
    }
    // What stands in the journal as begun must not stand there for ever when nothing is written.
    await recorder.start().catch(async (error: unknown) => {
      await this.#end(id, 'lost')
      throw error
    })
    this.#show(conference)
    return { id }
  }

  /** @throws WanglouError NOT_CHAIR, NOT_FOUND */
  async end(conference: string, { participant, recording }: { participant: string; recording: string }): Promise<void> {
    this.#options.rooms.mustHold(conference).mustChair(participant)
    if (this.#running.get(recording)?.conference !== conference) throw new WanglouError('NOT_FOUND')
    await this.#end(recording, 'stopped')
  }

  /** Who sends what in a room has changed. */
  changed(conference: string): void {
    for (const [id, one] of this.#running) {
      if (one.conference !== conference) continue
      const isGone = one.stream !== null && this.#options.rooms.has(conference) && !this.#options.rooms.mustHold(conference).hasStream(one.stream)
      if (isGone) void this.#end(id, 'ended').catch(this.#options.onError)
      else one.recorder.changed()
    }
    if (this.#awaited.has(conference)) void this.#beginAgain(conference).catch(this.#options.onError)
  }

  async roomOver(conference: string): Promise<void> {
    this.#awaited.delete(conference)
    for (const [id, one] of [...this.#running]) if (one.conference === conference) await this.#end(id, 'ended')
  }

  async stop(): Promise<void> {
    for (const id of [...this.#running.keys()]) await this.#end(id, 'ended')
  }

  /** What a station that was ended without a word left open: what its files hold until then is kept. */
  async tidy(): Promise<void> {
    const { journal, reads } = this.#options
    const rows = await reads.all<{ id: string; conference: string }>(
      'SELECT id, conference FROM conferenceRecordings WHERE station = ? AND endedAt IS NULL AND _deleted = 0',
      [journal.station],
    )
    for (const { id, conference } of rows) await this.#writeEnd(id, { conference, how: 'lost', account: 'station', isOver: false })
  }

  async list(conference: string): Promise<ConferenceRecording[]> {
    const rows = await this.#options.reads.all<Row>(
      `SELECT id, station, what, startedAt, startedByName, endedAt, endedHow, parts FROM conferenceRecordings
       WHERE conference = ? AND _deleted = 0 ORDER BY startedAt, key`,
      [conference],
    )
    const here = this.#options.journal.station
    return rows.map(({ station, parts, ...row }) => ({
      ...row,
      isHere: station === here,
      parts: parts === null ? [] : (JSON.parse(parts) as ConferenceRecording['parts']),
    }))
  }

  /** Where a part lies. @throws WanglouError NOT_FOUND for another station's, and for anything else */
  async fileOf(id: string, file: string): Promise<{ path: string; name: string }> {
    const row = await this.#options.reads.get<{ station: string; startedAt: number }>(
      'SELECT station, startedAt FROM conferenceRecordings WHERE id = ? AND _deleted = 0',
      [id],
    )
    if (row === null || row.station !== this.#options.journal.station || !fileName.test(file)) throw new WanglouError('NOT_FOUND')
    return { path: join(this.#options.directory, 'recordings', id, file), name: `huishang-${row.startedAt}-${file}` }
  }

  /** One picture's once it is sent again, the whole room's with the first of all. */
  async #beginAgain(conference: string): Promise<void> {
    const { rooms } = this.#options
    const ffmpeg = this.#options.ffmpeg()
    if (!rooms.has(conference) || ffmpeg === null) return
    const room = rooms.mustHold(conference)
    const sent = room.streams.filter(({ isPaused }) => !isPaused)
    const found = (this.#awaited.get(conference) ?? []).map((kept) => ({
      kept,
      stream: kept.of === null ? null : sent.find(({ id, source }) => source === 'camera' && room.owner(id) === kept.of)?.id,
    }))
    const now = sent.length === 0 ? [] : found.filter(({ stream }) => stream !== undefined)
    if (now.length === 0) return
    this.#setAwaited(
      conference,
      found.filter((one) => !now.includes(one)).map(({ kept }) => kept),
    )
    // By nobody: the station does it by itself.
    for (const { stream = null } of now) await this.#begin(room, { conference, ffmpeg, stream, by: { account: 'station', name: '' } })
  }

  #failing(id: string, isFailing: boolean): void {
    const one = this.#running.get(id)
    if (one === undefined) return
    one.isFailing = isFailing
    this.#show(one.conference)
  }

  async #end(id: string, how: RecordingEnd): Promise<void> {
    const one = this.#running.get(id)
    if (one === undefined) return
    this.#running.delete(id)
    this.#show(one.conference)
    await one.recorder.stop()
    await this.#writeEnd(id, { conference: one.conference, how, account: one.account, isOver: true })
  }

  /** @param options.isOver false: an ffmpeg of the killed station may still be ending its file, which is then left alone */
  async #writeEnd(id: string, options: { conference: string; how: RecordingEnd; account: string; isOver: boolean }): Promise<void> {
    const { conference, how, account, isOver } = options
    const parts = await partsIn(join(this.#options.directory, 'recordings', id), { isOver })
    const set = { endedAt: this.#options.now(), endedHow: how, parts }
    await this.#write('conference.recordEnd', conference, { account, row: id, set })
  }

  async #write(
    action: string,
    conference: string,
    { account, row, set }: { account: string; row: string; set: Record<string, unknown> },
  ): Promise<void> {
    const { journal, known } = this.#options
    const room = await known(conference)
    const whole = action === 'conference.record' ? { ...set, conference, incident: room.incident, station: journal.station } : set
    await journal.write({
      actor: account,
      action,
      subject: subjectOf(room),
      note: { words: room.title },
      rows: [{ dataset: 'conferenceRecordings', row, set: whole as never }],
    })
  }

  #show(conference: string): void {
    if (!this.#options.rooms.has(conference)) return
    const running = [...this.#running].filter(([, one]) => one.conference === conference)
    this.#options.rooms
      .mustHold(conference)
      .showRecordings(running.map(([id, { stream, startedAt, isFailing }]) => ({ id, stream, startedAt, isFailing })))
  }
}
