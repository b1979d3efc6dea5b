// 大屏, put together: walls and screens, scenes, switching, the devices behind, what is due by the clock.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ActingPerson,
  type ScreenContent,
  type ScreenEvent,
  type ScreenReport,
  type SwitchKind,
  type SwitchResult,
  type TileFault,
  type WallGlobeView,
  type WallStanding,
  type WallSwitch,
  type SwitchConfirmation,
  WanglouError,
} from '../../contract/index.ts'
import type { HttpRoute, SessionRoute } from '../../door/http-types.ts'
import type { Journal } from '../../journal/types.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import type { Store } from '../../store/types.ts'
import { ActRuns } from './acts.ts'
import { boardDatasets } from './boards.ts'
import { Confirmations } from './confirmations.ts'
import { ConsoleViews } from './console-views.ts'
import { DevicesService, type DevicesServiceOptions } from './devices.service.ts'
import { SchedulesService } from './schedules.service.ts'
import { ScenesService } from './scenes.service.ts'
import { ScreenDesk } from './screen-desk.ts'
import { ScreenRights } from './screen-rights.ts'
import { ScreenTiles, type WallConferences } from './screen-tiles.ts'
import type { WallSources } from './sources.ts'
import { contentOf, type SwitchAsked, Switching, type SwitchTiming, usualSwitchTiming } from './switching.ts'
import { type StoredScreen, type StoredWall, WallRepository } from './wall.repository.ts'
import { type Caller, wallRoutes } from './wall.routes.ts'
import { WallsService } from './walls.service.ts'

export interface WallOptions extends WallSources {
  store: Store
  journal: Journal
  key: MachineKey
  network: DevicesServiceOptions['network']
  /** `GET /blobs/…`, for the files that a scene shows. */
  blobs: HttpRoute
  /** Those of the cameras. */
  media: readonly HttpRoute[]
  /** Tiles of the station's maps. */
  maps: HttpRoute
  conferences: WallConferences
  tell: (dataset: 'wallLive' | 'wallSchedules') => void
  onError: (error: unknown) => void
  now?: () => number
  timing?: SwitchTiming
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

const scheduleEveryMs = 15_000
/** Boards are told of a change no more often than this. */
const changeEveryMs = 500

/** Ended by its signal without an error: the run sees that itself. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

export class Wall {
  readonly name = 'wall'
  readonly walls: WallsService
  readonly scenes: ScenesService
  readonly devices: DevicesService
  readonly schedules: SchedulesService
  readonly desk: ScreenDesk
  readonly tiles: ScreenTiles
  readonly routes: SessionRoute[]
  /** Where screens on other machines open `/wall/…`; null = they cannot. */
  screensAt: string | null = null
  readonly #options: WallOptions
  readonly #repository: WallRepository
  readonly #switching: Switching
  readonly #rights: ScreenRights
  readonly #confirmations: Confirmations
  readonly #views = new ConsoleViews()
  readonly #acts: ActRuns
  readonly #now: () => number
  #timer: NodeJS.Timeout | null = null
  #unsubscribe: (() => void) | null = null
  #changed = new Set<string>()
  #changeTimer: NodeJS.Timeout | null = null

  constructor(options: WallOptions) {
    const { store, journal, key, now = Date.now } = options
    this.#options = options
    this.#now = now
    this.#repository = new WallRepository(store)
    this.desk = new ScreenDesk(now)
    this.walls = new WallsService({ journal, repository: this.#repository, desk: this.desk, now })
    this.scenes = new ScenesService({
      journal,
      repository: this.#repository,
      incidents: options.incidents,
      isConnected: (screen) => this.desk.isConnected(screen),
    })
    const { network, onError, tell } = options
    this.devices = new DevicesService({ store, journal, key, network, now, onError, onChanged: () => tell('wallLive') })
    this.#acts = new ActRuns({ journal, devices: this.devices, sleep: options.sleep ?? rest, onChanged: () => tell('wallLive'), onError })
    this.#switching = new Switching({ journal, repository: this.#repository, desk: this.desk, now, timing: options.timing ?? usualSwitchTiming })
    this.schedules = new SchedulesService({
      ...{ journal, repository: this.#repository, walls: this.walls, acts: this.#acts, incidents: options.incidents, onError, now },
      switch: (wall, asked) => this.#switch(wall, asked),
      onChanged: () => tell('wallSchedules'),
    })
    this.#rights = new ScreenRights({ repository: this.#repository, desk: this.desk })
    this.#confirmations = new Confirmations({ journal, repository: this.#repository, onError: options.onError })
    this.tiles = new ScreenTiles({
      sources: options,
      conferences: options.conferences,
      rights: this.#rights,
      allowed: (screen, caller) => this.#allowed(screen, caller),
      holderOf: (wall) => this.#holderOf(wall),
      now,
    })
    this.routes = wallRoutes({
      blobs: options.blobs,
      media: options.media,
      maps: options.maps,
      tilesOf: async (screen, caller) => this.#rights.tiles(await this.#allowed(screen, caller)),
    })
  }

  async start(): Promise<void> {
    await this.walls.start()
    await this.devices.start()
    this.#timer = setInterval(() => void this.schedules.runDue().catch(this.#options.onError), scheduleEveryMs)
    this.#timer.unref()
    this.#unsubscribe = this.#options.journal.onChange((changes) => {
      for (const { dataset } of changes) this.#changed.add(dataset)
      this.#changeTimer ??= setTimeout(() => this.#tellChanged(), changeEveryMs)
    })
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    if (this.#changeTimer !== null) clearTimeout(this.#changeTimer)
    this.#unsubscribe?.()
    this.desk.stop()
    this.#acts.stop()
    await this.devices.stop()
    await this.schedules.idle()
    await this.#switching.idle()
    await this.#acts.idle()
    await this.#confirmations.flush()
  }

  /** What a screen is told as long as it is there. @throws WanglouError SCREEN_UNPAIRED */
  async *follow(id: string, options: { session: string; mayRead: boolean; signal: AbortSignal }): AsyncGenerator<ScreenEvent, void, void> {
    const screen = await this.#allowed(id, options)
    const wall = await this.walls.stored(screen.wall)
    const first = async (): Promise<ScreenEvent> => {
      const content = await this.#content(wall, screen)
      return { kind: 'state', screenName: screen.name, wallName: wall.name, content, stationNow: this.#now() }
    }
    this.#options.tell('wallLive')
    try {
      yield* this.desk.follow(id, { first, signal: options.signal })
    } finally {
      this.#options.tell('wallLive')
    }
  }

  async report(report: ScreenReport, caller: Caller): Promise<void> {
    await this.#allowed(report.screen, caller)
    this.desk.take(report)
    this.#confirmations.take(report)
    if (report.phase !== 'pulse') this.#options.tell('wallLive')
  }

  /** The console of whoever holds a wall looks there now: its screens' globes follow. */
  async look(view: WallGlobeView, by: ActingPerson): Promise<void> {
    if (!this.#views.look(by.account, view)) return
    for (const wall of await this.#repository.walls()) {
      if ((await this.#repository.hold(wall.id))?.account !== by.account) continue
      for (const screen of await this.#repository.screens(wall.id)) this.desk.tell(screen.id, { kind: 'changed', tiles: ['globe'] })
    }
  }

  /** @throws WanglouError WALL_HELD */
  async switchTo(wallId: string, sceneId: string, by: ActingPerson): Promise<SwitchResult> {
    const scene = await this.scenes.stored(sceneId)
    await this.walls.hold(wallId, by, { isTakeOver: false })
    const wall = await this.walls.mustBeHere(wallId)
    if (scene.wall !== wallId) throw new WanglouError('NOT_FOUND', { scene: sceneId })
    const result = await this.#switch(wall, { ...scene, scene: scene.id, sceneName: scene.name, kind: 'switch', isForced: false, by })
    this.#acts.start(wallId, scene.acts, { by, isBehind: false })
    return result
  }

  /** The scene before, as it was then, on every screen: what stands there now must go. @throws WanglouError STATE_NOT_ALLOWED: there is none */
  async rollBack(wallId: string, by: ActingPerson): Promise<SwitchResult> {
    await this.walls.hold(wallId, by, { isTakeOver: false })
    const wall = await this.walls.mustBeHere(wallId)
    const [now, before] = await this.#repository.switches(wallId, 2)
    if (now === undefined || before === undefined) throw new WanglouError('STATE_NOT_ALLOWED', { wall: wall.name })
    return this.#switch(wall, { ...before, kind: 'rollback', isForced: true, by })
  }

  /** A screen that is late shows what it should, with what is missing said in its place. @throws WanglouError NOT_FOUND, WALL_HELD, STATE_NOT_ALLOWED */
  async showAnyway(screenId: string, by: ActingPerson): Promise<void> {
    const screen = await this.#repository.screen(screenId)
    if (screen === null) throw new WanglouError('NOT_FOUND', { screen: screenId })
    await this.walls.hold(screen.wall, by, { isTakeOver: false })
    const [shown] = await this.#repository.switches(screen.wall, 1)
    if (shown === undefined) throw new WanglouError('STATE_NOT_ALLOWED', { wall: screen.name })
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.showAnyway',
      subject: { dataset: 'walls', row: screen.wall },
      note: { words: `${screen.name}：${shown.sceneName}` },
      rows: [],
    })
    this.desk.tell(screenId, { kind: 'show', switch: shown.id, at: this.#now(), isForced: true, stationNow: this.#now() })
  }

  /** Every wall of this station to this scene, whoever holds them; laid out for the scene's wall, a smaller one shows what of it fits. */
  emergency(sceneId: string, by: ActingPerson): Promise<SwitchResult[]> {
    return this.#many(sceneId, { by, kind: 'emergency', group: null })
  }

  /** The walls of one group that are free or the person's own. */
  switchGroup(sceneId: string, group: string, by: ActingPerson): Promise<SwitchResult[]> {
    return this.#many(sceneId, { by, kind: 'switch', group })
  }

  async standing(): Promise<WallStanding[]> {
    const walls = await this.#repository.walls()
    return Promise.all(walls.map((wall) => this.#standing(wall)))
  }

  /** The last hundred switches, each with the screens that confirmed it. */
  async history(wall: string): Promise<(WallSwitch & { confirmed: SwitchConfirmation[] })[]> {
    const switches = await this.#repository.switches(wall, 100)
    const confirmations = await this.#repository.confirmations(switches.map(({ id }) => id))
    return switches.map((one) => ({ ...one, confirmed: confirmations.filter((confirmation) => confirmation.switch === one.id) }))
  }

  /** What was on the wall at that moment, and who had said so by then; null = nothing had been switched. */
  async shownAt(wall: string, at: number): Promise<(WallSwitch & { confirmed: SwitchConfirmation[] }) | null> {
    const shown = await this.#repository.switchAt(wall, at)
    if (shown === null) return null
    const confirmed = (await this.#repository.confirmations([shown.id])).filter(({ paintedAt }) => paintedAt <= at)
    return { ...shown, confirmed }
  }

  /** Acts that run now are done; for tests and the end. */
  async actsDone(): Promise<void> {
    await this.#acts.idle()
  }

  async #many(sceneId: string, { by, kind, group }: { by: ActingPerson; kind: SwitchKind; group: string | null }): Promise<SwitchResult[]> {
    const scene = await this.scenes.stored(sceneId)
    const here = (await this.#repository.walls()).filter(({ station }) => station === this.#options.journal.station)
    const meant = group === null ? here : here.filter(({ groupName }) => groupName === group && group !== '')
    if (group !== null) await this.walls.holdAll(meant, by)
    const asked = { ...scene, scene: scene.id, sceneName: scene.name, kind, isForced: kind === 'emergency', by }
    const results = await Promise.all(meant.map((wall) => this.#switch(wall, asked)))
    this.#acts.start(scene.wall, scene.acts, { by, isBehind: false })
    return results
  }

  async #switch(wall: StoredWall, asked: SwitchAsked): Promise<SwitchResult> {
    // At once, not when the picture is up: an act of the scene before must not come after it. What the clock brings waits its turn.
    if (asked.kind !== 'schedule') this.#acts.cancel(wall.id)
    const tiles = await this.tiles.maskTiles(asked.tiles, asked.isInternal)
    const prepared = this.#rights.prepare(wall.id, { tiles, isInternal: asked.isInternal })
    try {
      return await this.#switching.switch(wall, { ...asked, tiles })
    } finally {
      prepared()
      this.#options.tell('wallLive')
    }
  }

  /** The paired browser of the screen, or somebody signed in who may see the wall. */
  async #allowed(id: string, { session, mayRead }: { session: string; mayRead: boolean }): Promise<StoredScreen> {
    if (!mayRead && !this.walls.isPaired(id, session)) throw new WanglouError('SCREEN_UNPAIRED')
    const screen = await this.#repository.screen(id)
    if (screen === null) throw new WanglouError('NOT_FOUND', { screen: id })
    return screen
  }

  async #holderOf(wall: string): Promise<{ account: string; view: WallGlobeView | null } | null> {
    const hold = await this.#repository.hold(wall)
    return hold === null ? null : { account: hold.account, view: this.#views.of(hold.account) }
  }

  async #content(wall: StoredWall, screen: StoredScreen): Promise<ScreenContent | null> {
    const [shown] = await this.#repository.switches(wall.id, 1)
    return shown === undefined ? null : contentOf(shown, wall, screen)
  }

  async #standing({ station, ...wall }: StoredWall): Promise<WallStanding> {
    const [screens, [shown], hold, recent] = await Promise.all([
      this.#repository.screens(wall.id),
      this.#repository.switches(wall.id, 1),
      this.#repository.hold(wall.id),
      this.#repository.switches(wall.id, 20),
    ])
    return {
      ...wall,
      isHere: station === this.#options.journal.station,
      hold: hold === null ? null : { account: hold.account, name: hold.name, at: hold.at },
      shown:
        shown === undefined
          ? null
          : { switch: shown.id, scene: shown.scene, sceneName: shown.sceneName, at: shown.at, byName: shown.byName, kind: shown.kind },
      acts: this.#acts.of(wall.id),
      screens: screens.map((screen) => {
        const report = this.desk.report(screen.id)
        const actual = report?.switch === undefined || report.switch === null ? undefined : recent.find(({ id }) => id === report.switch)
        return {
          id: screen.id,
          name: screen.name,
          atRow: screen.atRow,
          atColumn: screen.atColumn,
          isPaired: this.walls.hasPairing(screen.id),
          isConnected: this.desk.isConnected(screen.id),
          intended: shown === undefined ? null : { switch: shown.id, sceneName: shown.sceneName },
          actual: actual === undefined ? null : { switch: actual.id, sceneName: actual.sceneName },
          reportedAt: report?.at ?? null,
          paintedAt: report?.paintedAt ?? null,
          faults: (report?.faults ?? []).flatMap((fault) => this.#named(fault, recent)),
          thumbnail: this.desk.thumbnail(screen.id),
        }
      }),
    }
  }

  /** A tile by what it is; one of a switch that is forgotten is left out. */
  #named({ tile: id, reason }: ScreenReport['faults'][number], recent: readonly WallSwitch[]): TileFault[] {
    const tile = recent.flatMap(({ tiles }) => tiles).find((one) => one.id === id)
    return tile === undefined
      ? []
      : [{ tile: id, kind: tile.kind, name: 'name' in tile ? tile.name : tile.kind === 'web' ? tile.address : '', reason }]
  }

  #tellChanged(): void {
    this.#changeTimer = null
    const changed = this.#changed
    this.#changed = new Set()
    const tiles = Object.entries(boardDatasets).flatMap(([kind, datasets]) => (datasets.some((dataset) => changed.has(dataset)) ? [kind] : []))
    if (tiles.length > 0) this.desk.tellAll({ kind: 'changed', tiles: tiles as (keyof typeof boardDatasets)[] })
  }
}
