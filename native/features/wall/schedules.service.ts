// Schedules of the wall (定时): kept, done by the clock once each, and never against somebody who is at work on the wall.
import {
  type ActingPerson,
  DELETED,
  type ScheduleSkip,
  type SwitchResult,
  type WallSchedule,
  type WallScheduleRow,
  type WallScene,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { ActRuns } from './acts.ts'
import type { OpenIncident } from './scenes.service.ts'
import { dueSchedules, incidentShown } from './schedules.ts'
import type { SwitchAsked } from './switching.ts'
import { cell, type StoredWall, type WallRepository } from './wall.repository.ts'
import type { WallsService } from './walls.service.ts'

export interface SchedulesServiceOptions {
  journal: Journal
  repository: WallRepository
  walls: WallsService
  acts: ActRuns
  incidents: () => Promise<OpenIncident[]>
  switch: (wall: StoredWall, asked: SwitchAsked) => Promise<SwitchResult>
  onChanged: () => void
  onError: (error: unknown) => void
  now: () => number
}

/** A station that was closed, or slept, over the minute does it late by so much and no more. */
const lateMs = 600_000
/** What it missed for longer is told of, back to here: a closed week-end and a holiday's Monday. */
const missedMs = 7 * 86_400_000
/** Who is named where nobody pressed anything. */
const clockwork = { account: 'station', name: '定时' }

export class SchedulesService {
  readonly #options: SchedulesServiceOptions
  #turn: Promise<void> = Promise.resolve()

  constructor(options: SchedulesServiceOptions) {
    this.#options = options
  }

  async list(): Promise<WallScheduleRow[]> {
    const { repository } = this.#options
    const [schedules, turns] = await Promise.all([repository.schedules(), repository.turns()])
    return schedules.map((schedule) => {
      const turn = turns.get(schedule.id)
      return { ...schedule, skipped: turn === undefined || turn.skipped === null ? null : { at: turn.at, why: turn.skipped } }
    })
  }

  /** What is new or changed is first done at its next time. */
  async save({ id, ...schedule }: WallSchedule, by: ActingPerson): Promise<void> {
    const { walls, journal, repository, now } = this.#options
    await walls.mustBeHere(schedule.wall)
    await repository.setTurn(id, { at: now(), skipped: null })
    await journal.write({
      actor: by.account,
      action: 'wall.plan',
      subject: { dataset: 'walls', row: schedule.wall },
      note: { words: schedule.name },
      rows: [{ dataset: 'wallSchedules', row: id, set: { ...schedule, acts: cell(schedule.acts) } }],
    })
  }

  async remove(id: string, by: ActingPerson): Promise<void> {
    const found = await this.#mustBe(id)
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.plan',
      subject: { dataset: 'walls', row: found.wall },
      note: { words: found.name },
      rows: [{ dataset: 'wallSchedules', row: id, set: { [DELETED]: true } }],
    })
  }

  /** What has come due, each once; one that fails keeps none of the others from being done. */
  runDue(): Promise<void> {
    const turn = this.#turn.then(() => this.#runDue())
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** What runs now is over. */
  async idle(): Promise<void> {
    await this.#turn
  }

  /** By hand, what the clock did not do: the wall is then that person's. @throws WanglouError NOT_FOUND, WALL_HELD */
  async runNow(id: string, by: ActingPerson): Promise<void> {
    const { repository, walls, now, onChanged } = this.#options
    const schedule = await this.#mustBe(id)
    await walls.hold(schedule.wall, by, { isTakeOver: false })
    const wall = await walls.mustBeHere(schedule.wall)
    const scene = await this.#sceneOf(schedule)
    if (scene !== null) await this.#show(wall, scene, { kind: 'switch', by })
    this.#options.acts.start(wall.id, actsOf(schedule, scene), { by, isBehind: false })
    await repository.setTurn(id, { at: now(), skipped: null })
    onChanged()
  }

  /** It need not be done any more. */
  async letBe(id: string, by: ActingPerson): Promise<void> {
    const { repository, now, onChanged } = this.#options
    const schedule = await this.#mustBe(id)
    await this.#write(schedule, `${words(schedule)}：本次不再执行`, by.account)
    await repository.setTurn(id, { at: now(), skipped: null })
    onChanged()
  }

  async #runDue(): Promise<void> {
    const { repository, journal, now, onError, onChanged } = this.#options
    const [to, turns, walls] = [now(), await repository.turns(), new Map((await repository.walls()).map((wall) => [wall.id, wall]))]
    for (const { schedule, at } of dueSchedules(await repository.schedules(), { from: to - missedMs, to })) {
      const wall = walls.get(schedule.wall)
      const last = turns.get(schedule.id)?.at ?? to - lateMs
      if (wall?.station !== journal.station || last >= at) continue
      try {
        // First of all: a station that dies of it must not do it again and again.
        await repository.setTurn(schedule.id, { at, skipped: null })
        const why = at <= to - lateMs ? ({ kind: 'late' } as const) : await this.#whyNot(wall)
        if (why === null) await this.#run(wall, schedule, at)
        else await this.#skip(schedule, at, why)
      } catch (error) {
        onError(error)
        await this.#skip(schedule, at, { kind: 'failed' }).catch(onError)
      }
      onChanged()
    }
  }

  async #run(wall: StoredWall, schedule: WallSchedule, at: number): Promise<void> {
    const scene = await this.#sceneOf(schedule)
    if (scene !== null) await this.#show(wall, scene, { kind: 'schedule', by: clockwork })
    // Somebody may have taken the wall while its screens prepared: their displays must not go dark.
    const hold = await this.#options.repository.hold(wall.id)
    const acts = actsOf(schedule, scene)
    if (hold !== null && acts.length > 0) return this.#skip(schedule, at, { kind: 'held', name: hold.name })
    this.#options.acts.start(wall.id, acts, { by: clockwork, isBehind: true })
  }

  async #whyNot(wall: StoredWall): Promise<ScheduleSkip | null> {
    const { repository, incidents } = this.#options
    const [hold, [shown]] = await Promise.all([repository.hold(wall.id), repository.switches(wall.id, 1)])
    if (hold !== null) return { kind: 'held', name: hold.name }
    if (shown === undefined) return null
    const scene = shown.scene === null ? null : await repository.scene(shown.scene)
    const incident = incidentShown({ tiles: shown.tiles, scene }, await incidents())
    return incident === null ? null : { kind: 'incident', title: incident.title }
  }

  async #skip(schedule: WallSchedule, at: number, why: ScheduleSkip): Promise<void> {
    await this.#options.repository.setTurn(schedule.id, { at, skipped: why })
    await this.#write(schedule, `${words(schedule)} 未执行：${skipWords(why)}`, clockwork.account)
  }

  async #write(schedule: WallSchedule, note: string, actor: string): Promise<void> {
    await this.#options.journal.write({
      actor,
      action: 'wall.skip',
      subject: { dataset: 'walls', row: schedule.wall },
      note: { words: note },
      rows: [],
    })
  }

  #sceneOf({ scene }: WallSchedule): Promise<WallScene | null> {
    return scene === null ? Promise.resolve(null) : this.#options.repository.scene(scene)
  }

  async #show(wall: StoredWall, scene: WallScene, as: Pick<SwitchAsked, 'kind' | 'by'>): Promise<void> {
    // By the clock nobody is there to decide whether a screen that is not ready goes on without.
    await this.#options.switch(wall, { ...scene, ...as, isForced: as.kind === 'schedule', scene: scene.id, sceneName: scene.name })
  }

  async #mustBe(id: string): Promise<WallSchedule> {
    const found = (await this.#options.repository.schedules()).find((one) => one.id === id)
    if (found === undefined) throw new WanglouError('NOT_FOUND')
    return found
  }
}

function actsOf(schedule: WallSchedule, scene: WallScene | null): WallSchedule['acts'] {
  return [...schedule.acts, ...(scene?.acts ?? [])]
}

function words({ name, minute }: WallSchedule): string {
  return `定时 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')} ${name}`.trim()
}

function skipWords(why: ScheduleSkip): string {
  switch (why.kind) {
    case 'held':
      return `${why.name}正在操作此大屏`
    case 'incident':
      return `此大屏正在显示未办结的事件“${why.title}”`
    case 'late':
      return '到点时本机没有运行'
    case 'failed':
      return '本机出错'
    default:
      return why satisfies never
  }
}
