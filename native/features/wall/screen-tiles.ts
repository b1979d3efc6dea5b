// What one tile of a screen shows, asked by that screen, or by an operator who composes it: boards, charts, globes, conferences; each only where that tile stands.
import {
  type BoardData,
  type ChartData,
  type GlobeTileData,
  type Place,
  type PlaceCall,
  type PlaceCallInput,
  type RoomEvent,
  type WallCamera,
  type WallGlobeView,
  type WallTile,
  type WallTileKind,
  WanglouError,
} from '../../contract/index.ts'
import { boardOf } from './boards.ts'
import { chartOf } from './charts.ts'
import { globeDataOf } from './globe-data.ts'
import { masked } from './mask.ts'
import type { ScreenRights } from './screen-rights.ts'
import type { WallSources } from './sources.ts'
import type { StoredScreen } from './wall.repository.ts'
import type { Caller } from './wall.routes.ts'

/** The calls of a place in a conference that a screen may make: it takes, and gives nothing. */
export const screenCalls = ['leave', 'connect', 'connectTransport', 'restartIce', 'consume', 'watch'] as const satisfies readonly PlaceCall[]
export type ScreenCall = (typeof screenCalls)[number]

/** The conference room as a screen may use it; handed in by `app.ts`. */
export interface WallConferences {
  attend: (place: Place, who: { session: string; name: string }, signal: AbortSignal) => AsyncIterable<RoomEvent>
  call: (call: ScreenCall, input: PlaceCallInput<ScreenCall>, session: string) => Promise<unknown>
}

export interface ScreenTilesOptions {
  sources: Pick<WallSources, 'boards' | 'charts' | 'globe' | 'cameras'>
  conferences: WallConferences
  rights: ScreenRights
  /** @throws WanglouError SCREEN_UNPAIRED, NOT_FOUND */
  allowed: (screen: string, caller: Caller) => Promise<StoredScreen>
  /** Whoever holds the wall, and where the globe of that console looks; null = nobody, not known. */
  holderOf: (wall: string) => Promise<{ account: string; view: WallGlobeView | null } | null>
  now: () => number
}
export interface Asking {
  screen: string
  tile: string
  caller: Caller
}

export class ScreenTiles {
  readonly #options: ScreenTilesOptions

  constructor(options: ScreenTilesOptions) {
    this.#options = options
  }

  async board(asking: Asking): Promise<BoardData | null> {
    const { tile, isInternal } = await this.#own(asking)
    return this.boardOf(tile, isInternal)
  }

  async chart(asking: Asking): Promise<ChartData> {
    const { tile, isInternal } = await this.#own(asking, 'chart')
    return this.chartOf(tile, isInternal)
  }

  async globe(asking: Asking, hasOutlines: boolean): Promise<GlobeTileData> {
    const { tile, isInternal, screen } = await this.#own(asking, 'globe')
    const holder = await this.#options.holderOf(screen.wall)
    const view = tile.isFollowing ? (holder?.view ?? null) : null
    const asked = { view, holder: holder?.account ?? null, tilesAt: `wall-tiles/${screen.id}` }
    const hide = await this.#hiding(isInternal)
    return globeDataOf(tile, this.#options.sources.globe, { ...asked, hasOutlines, hide, now: this.#options.now() })
  }

  async cameras(asking: Asking): Promise<WallCamera[]> {
    const { tile, isInternal } = await this.#own(asking, 'camera')
    return this.camerasOf(tile.cameras, isInternal)
  }

  /** Its name in the room's books stands nowhere: it is counted, not listed. */
  async *attend(asking: Asking, place: Place, signal: AbortSignal): AsyncGenerator<RoomEvent, void, void> {
    const { tile, screen } = await this.#own(asking, 'conference')
    if (tile.conference !== place.conference) throw new WanglouError('NOT_FOUND')
    yield* this.#options.conferences.attend(place, { session: asking.caller.session, name: screen.name }, signal)
  }

  async call(asking: Asking, call: ScreenCall, input: PlaceCallInput<ScreenCall>): Promise<unknown> {
    const { tile } = await this.#own(asking, 'conference')
    // It would send: a screen has nothing to send.
    const isSending = call === 'connect' && (input as PlaceCallInput<'connect'>).direction !== 'receive'
    if (tile.conference !== input.conference || isSending) throw new WanglouError('NOT_FOUND')
    return this.#options.conferences.call(call, input, asking.caller.session)
  }

  boardOf(tile: WallTile, isInternal: boolean): Promise<BoardData | null> {
    return boardOf(tile, this.#options.sources.boards, { isInternal, now: this.#options.now() })
  }

  async chartOf(tile: Extract<WallTile, { kind: 'chart' }>, isInternal: boolean): Promise<ChartData> {
    const chart = await chartOf(tile.chart, tile.incident, { ...this.#options.sources.charts, now: this.#options.now() })
    const hide = await this.#hiding(isInternal)
    return { ...chart, title: hide(chart.title) }
  }

  async camerasOf(ids: readonly string[], isInternal: boolean): Promise<WallCamera[]> {
    const hide = await this.#hiding(isInternal)
    return (await this.#options.sources.cameras(ids)).map((camera) => ({ ...camera, name: hide(camera.name) }))
  }

  /** As a screen of a scene that is not 内部 would show it. */
  async textOf(words: string): Promise<string> {
    return (await this.#hiding(false))(words)
  }

  /** Words that an operator typed into a tile go through the same sieve. */
  async maskTiles(tiles: readonly WallTile[], isInternal: boolean): Promise<WallTile[]> {
    if (!tiles.some(({ kind }) => kind === 'banner')) return [...tiles]
    const hide = await this.#hiding(isInternal)
    return tiles.map((tile) => (tile.kind === 'banner' ? { ...tile, text: hide(tile.text) } : tile))
  }

  async #hiding(isInternal: boolean): Promise<(words: string) => string> {
    const names = isInternal ? [] : await this.#options.sources.boards.names()
    return isInternal ? (words) => words : (words) => masked(words, names)
  }

  async #own<Kind extends WallTileKind = WallTileKind>({ screen: id, tile: asked, caller }: Asking, kind?: Kind) {
    const screen = await this.#options.allowed(id, caller)
    const own = await this.#options.rights.tile(screen, asked)
    if (own === null || (kind !== undefined && own.tile.kind !== kind)) throw new WanglouError('NOT_FOUND', { tile: asked })
    return { screen, isInternal: own.isInternal, tile: own.tile as Extract<WallTile, { kind: Kind }> }
  }
}
