// 视频分析告警 as acts: an event becomes an alarm with its picture, the same again is counted, somebody takes it; the keys of those who may push.
import { Readable } from 'node:stream'
import {
  type ActingPerson,
  alarmImageLimitBytes,
  type CameraAlarm,
  type CameraAlarmSource,
  type CameraEvent,
  DELETED,
  type TakeAlarmInput,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Blobs, Reads } from '../../store/types.ts'
import type { CamerasRepository, StoredCamera } from './cameras.repository.ts'
import { newPushKey, PushKeys } from './push-keys.ts'

export interface AlarmsOptions {
  journal: Journal
  reads: Reads
  repository: CamerasRepository
  blobs: Blobs
  /** What makes a file that is kept one of an incident's. */
  attachment: (incident: string, file: { sha256: string; name: string; sizeBytes: number; mime: string }, by: ActingPerson) => readonly RowWrite[]
  now?: () => number
}

interface AlarmRow extends Omit<CameraAlarm, 'image' | 'position' | 'isSample'> {
  isSample: number
  image: string | null
  imageMime: string | null
  position: string | null
}

interface Taken {
  kind: string
  cameraName: string | null
  image: string | null
  imageMime: string | null
}

/** The same kind at the same camera within this time is the same matter, as long as nobody has taken it. */
const sameMs = 600_000
/** A count is written no more often than this: a program that repeats itself every second does not fill the journal. */
const countEveryMs = 10_000
/** New alarms of one program a minute; a program that has gone wild is told to wait. */
const mostAMinute = 60
const mostListed = 200

export class AlarmsService {
  readonly #options: Required<AlarmsOptions>
  readonly #keys: PushKeys
  /** Repeats that are not written yet: alarm → how many, and when last written. */
  readonly #repeats = new Map<string, { unwritten: number; writtenAt: number }>()
  readonly #fresh = new Map<string, number[]>()
  /** One event after the other, so that two that are the same are never two alarms. */
  #taking: Promise<unknown> = Promise.resolve()

  constructor(options: AlarmsOptions) {
    this.#options = { now: Date.now, ...options }
    this.#keys = new PushKeys(async () => (await this.#logins()).map(({ id, key }) => ({ camera: id, key })))
  }

  /** @returns the program's id; null = nobody's key */
  sourceOf(key: string): Promise<string | null> {
    return this.#keys.cameraOf(key)
  }

  async sources(): Promise<CameraAlarmSource[]> {
    const rows = await this.#rows()
    return Promise.all(rows.map(async (row) => ({ ...row, hasKey: (await this.#options.repository.login(row.id)) !== null })))
  }

  async addSource(name: string, actor: string): Promise<{ id: string; key: string }> {
    const [id, key] = [newId(), newPushKey()]
    await this.#write({
      actor,
      action: 'cameras.addAlarmSource',
      dataset: 'cameraAlarmSources',
      row: id,
      words: name.trim(),
      set: { name: name.trim() },
    })
    await this.#options.repository.setLogin(id, { username: '', password: key })
    return { id, key }
  }

  /** What it has pushed stays. */
  async removeSource(id: string, actor: string): Promise<void> {
    const row = (await this.#rows()).find((one) => one.id === id)
    if (row === undefined) throw new WanglouError('NOT_FOUND')
    await this.#write({
      actor,
      action: 'cameras.removeAlarmSource',
      dataset: 'cameraAlarmSources',
      row: id,
      words: row.name,
      set: { [DELETED]: true },
    })
    await this.#options.repository.setLogin(id, null)
  }

  /** Open ones first, those of samples behind the real ones, the newest first. */
  async list(): Promise<CameraAlarm[]> {
    const rows = await this.#options.reads.all<AlarmRow>(
      `SELECT id, sourceName, kind, coalesce(words, '') AS words, camera, coalesce(cameraName, '') AS cameraName, position, confidence, at, lastAt, count,
         image, imageMime, takenAt, coalesce(takenByName, '') AS takenByName, takenAs, incident,
         EXISTS (SELECT 1 FROM cameras c WHERE c.id = cameraAlarms.camera AND c.isSample = 1) AS isSample
       FROM cameraAlarms WHERE _deleted = 0 ORDER BY takenAt IS NOT NULL, isSample, lastAt DESC LIMIT ?`,
      [mostListed],
    )
    return rows.map(({ image, imageMime, position, ...row }) => ({
      ...row,
      isSample: row.isSample === 1,
      image: image === null || imageMime === null ? null : { sha256: image, mime: imageMime },
      position: position === null ? null : (JSON.parse(position) as [number, number]),
    }))
  }

  /**
   * Joined to an incident that is there it stands on that one's time line, and its picture among the files.
   * @throws WanglouError NOT_FOUND · STATE_NOT_ALLOWED when somebody has taken it already
   */
  async take({ id, as, incident }: TakeAlarmInput, by: ActingPerson): Promise<void> {
    const { reads, journal, now } = this.#options
    const row = await reads.get<Taken>('SELECT kind, cameraName, image, imageMime FROM cameraAlarms WHERE id = ? AND _deleted = 0', [id])
    if (row === null) throw new WanglouError('NOT_FOUND')
    const taken = { dataset: 'cameraAlarms' as const, row: id, set: { takenAt: now(), takenByName: by.name, takenAs: as, incident } }
    const joined = as === 'joined' ? incident : null
    await journal.write({
      actor: by.account,
      action: joined === null ? 'cameras.takeAlarm' : 'cameras.joinAlarm',
      subject: joined === null ? { dataset: 'cameraAlarms', row: id } : { dataset: 'incidents', row: joined },
      note: { words: joined === null ? row.kind : [row.kind, row.cameraName ?? ''].join(' ').trim() },
      // With its picture, in one act: a crash in between would leave an alarm that is taken and a picture that nobody can add.
      rows: [taken, ...(joined === null ? [] : await this.#picture(joined, row, by))],
      check: async (tx) => {
        if (!(await isOpen(tx, id))) throw new WanglouError('STATE_NOT_ALLOWED', { to: as })
        if (joined === null) return
        const found = await tx.get('SELECT 1 AS found FROM incidents WHERE id = ? AND _deleted = 0', [joined])
        if (found === null) throw new WanglouError('NOT_FOUND', { incident: joined })
      },
    })
  }

  async #picture(incident: string, { kind, image, imageMime }: Taken, by: ActingPerson): Promise<readonly RowWrite[]> {
    if (image === null || imageMime === null) return []
    const { blobs, attachment } = this.#options
    const name = `${kind}.${imageMime === 'image/png' ? 'png' : 'jpg'}`
    // One that another console was sent may still be on its way here.
    return attachment(incident, { sha256: image, name, sizeBytes: (await blobs.info(image))?.size ?? 0, mime: imageMime }, by)
  }

  /** @param source whose key it came with @throws WanglouError FILE_WRONG_TYPE, TOO_LARGE, TOO_MANY */
  push(source: string, event: CameraEvent): Promise<{ alarm: string; isRepeat: boolean }> {
    const taken = this.#taking.then(() => this.#push(source, event))
    this.#taking = taken.catch(() => undefined)
    return taken
  }

  async #push(source: string, event: CameraEvent): Promise<{ alarm: string; isRepeat: boolean }> {
    const now = this.#options.now()
    const camera = await this.#cameraOf(event.camera)
    const cameraName = camera?.name ?? event.camera
    const known = await this.#known({ source, event, cameraName, now })
    if (known !== null) {
      if (known.isOpen && !known.isSameSend) await this.#count(known, now)
      return { alarm: known.id, isRepeat: true }
    }
    this.#mustBeFew(source, now)
    const image = await this.#keep(event.image)
    const row = newId()
    const sourceName = (await this.#rows()).find(({ id }) => id === source)?.name ?? ''
    // A program's clock that is ahead does not put an alarm into the future.
    const at = Math.min(now, event.at === undefined ? now : typeof event.at === 'number' ? event.at : Date.parse(event.at))
    const where = event.position ?? (camera === null || camera.lon === null || camera.lat === null ? null : [camera.lon, camera.lat])
    const said = { theirId: event.id, kind: event.kind, words: event.words.trim(), confidence: event.confidence ?? null }
    const set = { source, sourceName, ...said, camera: camera?.id ?? null, cameraName, position: where, at, lastAt: at, count: 1, ...image }
    await this.#write({ actor: 'station', action: 'cameras.alarm', dataset: 'cameraAlarms', row, words: [event.kind, cameraName].join(' '), set })
    return { alarm: row, isRepeat: false }
  }

  async #known(options: { source: string; event: CameraEvent; cameraName: string; now: number }) {
    const { source, event, cameraName, now } = options
    const row = await this.#options.reads.get<{ id: string; count: number; takenAt: number | null; isSameSend: number }>(
      `SELECT id, count, takenAt, theirId = ?2 AS isSameSend FROM cameraAlarms
       WHERE source = ?1 AND _deleted = 0 AND (theirId = ?2 OR (kind = ?3 AND cameraName = ?4 AND takenAt IS NULL AND lastAt > ?5))
       ORDER BY theirId = ?2 DESC, key DESC LIMIT 1`,
      [source, event.id, event.kind, cameraName, now - sameMs],
    )
    return row === null ? null : { id: row.id, count: row.count, isOpen: row.takenAt === null, isSameSend: row.isSameSend === 1 }
  }

  async #count({ id, count }: { id: string; count: number }, now: number): Promise<void> {
    const repeats = this.#repeats.get(id) ?? { unwritten: 0, writtenAt: 0 }
    this.#repeats.set(id, repeats)
    repeats.unwritten += 1
    if (now - repeats.writtenAt < countEveryMs) return
    const set = { count: count + repeats.unwritten, lastAt: now }
    Object.assign(repeats, { unwritten: 0, writtenAt: now })
    await this.#write({ actor: 'station', action: 'cameras.alarmAgain', dataset: 'cameraAlarms', row: id, words: String(set.count), set })
  }

  #mustBeFew(source: string, now: number): void {
    const recent = (this.#fresh.get(source) ?? []).filter((at) => at > now - 60_000)
    if (recent.length >= mostAMinute) throw new WanglouError('TOO_MANY', { limit: mostAMinute })
    this.#fresh.set(source, [...recent, now])
  }

  async #keep(image: string | undefined): Promise<{ image: string | null; imageMime: string | null }> {
    if (image === undefined) return { image: null, imageMime: null }
    const bytes = Buffer.from(image, 'base64')
    if (bytes.length > alarmImageLimitBytes) throw new WanglouError('TOO_LARGE', { limitBytes: alarmImageLimitBytes })
    const imageMime = mimeOf(bytes)
    if (imageMime === null) throw new WanglouError('FILE_WRONG_TYPE', { file: 'image' })
    const { sha256 } = await this.#options.blobs.put(Readable.from([bytes]), { limitBytes: alarmImageLimitBytes })
    return { image: sha256, imageMime }
  }

  /** By id, by channel, by its whole name when there is only one of it. */
  async #cameraOf(named: string): Promise<StoredCamera | null> {
    if (named === '') return null
    const cameras = await this.#options.repository.list()
    const found = cameras.filter(({ id, channel, name }) => id === named || channel === named || name === named)
    return found.length === 1 ? (found[0] ?? null) : null
  }

  #rows(): Promise<{ id: string; name: string }[]> {
    return this.#options.reads.all('SELECT id, name FROM cameraAlarmSources WHERE _deleted = 0 ORDER BY name, key')
  }

  async #logins(): Promise<{ id: string; key: string }[]> {
    const rows = await this.#rows()
    const logins = await Promise.all(rows.map(async ({ id }) => ({ id, key: (await this.#options.repository.login(id))?.password ?? '' })))
    return logins.filter(({ key }) => key !== '')
  }

  async #write(options: { actor: string; action: string; dataset: 'cameraAlarms' | 'cameraAlarmSources'; row: string; words: string; set: object }) {
    const { actor, action, dataset, row, words, set } = options
    await this.#options.journal.write({ actor, action, subject: { dataset, row }, note: { words }, rows: [{ dataset, row, set: { ...set } }] })
  }
}

async function isOpen(tx: Reads, id: string): Promise<boolean> {
  return (await tx.get('SELECT 1 AS found FROM cameraAlarms WHERE id = ? AND takenAt IS NULL AND _deleted = 0', [id])) !== null
}

function mimeOf(bytes: Buffer): string | null {
  if (bytes.length > 100 && bytes.readUInt16BE(0) === 0xffd8) return 'image/jpeg'
  return bytes.length > 60 && bytes.readUInt32BE(0) === 0x89504e47 ? 'image/png' : null
}
