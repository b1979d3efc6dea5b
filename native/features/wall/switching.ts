// A switch in two phases: every screen prepares, then all that are ready show at one moment of the station's clock; who is not keeps what it showed.
import { type ScreenContent, type SwitchKind, type SwitchResult, tilesOfScreen, type WallSwitch, type WallTile } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { ScreenDesk } from './screen-desk.ts'
import { cell, type StoredScreen, type StoredWall, type WallRepository } from './wall.repository.ts'

export interface SwitchingOptions {
  journal: Journal
  repository: WallRepository
  desk: ScreenDesk
  now: () => number
  timing: SwitchTiming
}

export interface SwitchTiming {
  /** How long screens have to prepare. */
  prepareMs: number
  /** From the order to the moment shown: the order must have reached every screen. */
  leadMs: number
}

export const usualSwitchTiming: SwitchTiming = { prepareMs: 3_000, leadMs: 120 }

export interface SwitchAsked {
  scene: string | null
  sceneName: string
  isInternal: boolean
  tiles: readonly WallTile[]
  kind: SwitchKind
  /** Also on screens that are not ready, with what is missing said in its place: nobody is there to decide, or what stands there must go. */
  isForced: boolean
  by: { account: string; name: string }
}

export class Switching {
  readonly #options: SwitchingOptions
  /** One switch a wall at a time: two of them mixed would be two scenes on one wall. */
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(options: SwitchingOptions) {
    this.#options = options
  }

  switch(wall: StoredWall, asked: SwitchAsked): Promise<SwitchResult> {
    const turn = (this.#turns.get(wall.id) ?? Promise.resolve()).then(() => this.#switch(wall, asked))
    this.#turns.set(
      wall.id,
      turn.catch(() => undefined),
    )
    return turn
  }

  async idle(): Promise<void> {
    await Promise.all(this.#turns.values())
  }

  async #switch(wall: StoredWall, asked: SwitchAsked): Promise<SwitchResult> {
    const { journal, repository, desk, now, timing } = this.#options
    const id = newId()
    const screens = await repository.screens(wall.id)
    const present = screens.filter((screen) => desk.isConnected(screen.id))
    const shown = { id, sceneName: asked.sceneName, isInternal: asked.isInternal, tiles: asked.tiles }
    const lines = new Map(present.map((screen) => [screen.id, desk.lineOf(screen.id)]))
    const contents = new Map(present.map((screen) => [screen.id, contentOf(shown, wall, screen)]))
    const ready = await desk.prepared(contents, {
      withinMs: timing.prepareMs,
      // It shows the old scene until it can show the new one whole.
      onLate: (screen) => desk.tell(screen, { kind: 'show', switch: id, at: now(), isForced: false, stationNow: now() }),
    })
    await journal.write({
      actor: asked.by.account,
      action: `wall.${asked.kind}`,
      subject: { dataset: 'walls', row: wall.id },
      note: { words: `${wall.name}：${asked.sceneName}` },
      rows: [
        {
          dataset: 'wallSwitches',
          row: id,
          set: {
            wall: wall.id,
            scene: asked.scene,
            sceneName: asked.sceneName,
            isInternal: asked.isInternal,
            tiles: cell(asked.tiles),
            kind: asked.kind,
            at: now(),
            byName: asked.by.name,
          },
        },
      ],
    })
    const at = now() + timing.leadMs
    for (const screen of screens) {
      const isSame = desk.lineOf(screen.id) === lines.get(screen.id)
      const isShown = ready.has(screen.id) || asked.isForced
      if (isSame && isShown) desk.tell(screen.id, { kind: 'show', switch: id, at, isForced: asked.isForced, stationNow: now() })
      // It came, or came back, while the others prepared: what it was told then was the scene before.
      const names = { screenName: screen.name, wallName: wall.name }
      if (!isSame) desk.tell(screen.id, { kind: 'state', ...names, content: contentOf(shown, wall, screen), stationNow: now() })
    }
    return {
      switch: id,
      at,
      late: present.filter((screen) => !ready.has(screen.id) && !asked.isForced).map((screen) => screen.id),
      absent: screens.filter((screen) => !contents.has(screen.id)).map((screen) => screen.id),
    }
  }
}

export function contentOf(
  shown: Pick<WallSwitch, 'id' | 'sceneName' | 'isInternal'> & { tiles: readonly WallTile[] },
  wall: StoredWall,
  screen: StoredScreen,
): ScreenContent {
  const { id, sceneName, isInternal, tiles } = shown
  return { switch: id, sceneName, isInternal, tiles: tilesOfScreen(tiles, wall, { row: screen.atRow, column: screen.atColumn }) }
}
