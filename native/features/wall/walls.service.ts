// Walls and their screens as records: laid out, paired with a browser by a code, held by one operator at a time.
import { randomInt } from 'node:crypto'
import { type ActingPerson, type WallHold, type WallInput, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { ScreenDesk } from './screen-desk.ts'
import { type StoredScreen, type StoredWall, type WallRepository } from './wall.repository.ts'

export interface WallsServiceOptions {
  journal: Journal
  repository: WallRepository
  desk: ScreenDesk
  now: () => number
}

/** Read from a screen two metres away and typed elsewhere: no letter that looks like another. */
const codeLetters = 'ACDEFGHJKLMNPQRTUVWXY34679'
const codeLength = 6
const codeLifeMs = 10 * 60_000
/** Wrong codes typed in a row before all of them are void. */
const mostWrong = 10

interface Code {
  /** null = a browser that came by the short address: the desk says which screen it is. */
  screen: string | null
  session: string
  expiresAt: number
}

export class WallsService {
  readonly #options: WallsServiceOptions
  readonly #codes = new Map<string, Code>()
  /** `<screen> <session>` */
  readonly #pairings = new Set<string>()
  #wrong = 0

  constructor(options: WallsServiceOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    for (const { screen, session } of await this.#options.repository.pairings()) this.#pairings.add(`${screen} ${session}`)
  }

  /** Its screens come and go with its rows and columns; a screen that stays keeps its browser. */
  async save(input: WallInput, by: ActingPerson): Promise<void> {
    refuseMarked(input.name)
    const { journal, repository } = this.#options
    const [known, screens] = await Promise.all([repository.wall(input.id), repository.screens(input.id)])
    if (known !== null) this.#mustBeHere(known)
    const { id, ...columns } = input
    const gone = screens.filter((screen) => screen.atRow >= input.rows || screen.atColumn >= input.columns)
    const missing = Array.from({ length: input.rows * input.columns }, (_, index) => ({
      atRow: Math.floor(index / input.columns),
      atColumn: index % input.columns,
    })).filter(({ atRow, atColumn }) => !screens.some((screen) => screen.atRow === atRow && screen.atColumn === atColumn))
    await journal.write({
      actor: by.account,
      action: 'wall.save',
      subject: { dataset: 'walls', row: id },
      note: { words: input.name },
      rows: [
        { dataset: 'walls', row: id, set: { ...columns, name: input.name.trim(), station: journal.station } },
        ...missing.map(({ atRow, atColumn }) => ({
          dataset: 'wallScreens',
          row: newId(),
          set: { wall: id, name: `${atRow + 1}-${atColumn + 1}`, atRow, atColumn },
        })),
      ],
      deletes: gone.map((screen) => ({ dataset: 'wallScreens', row: screen.id })),
    })
    for (const screen of gone) await this.#forget(screen.id)
  }

  async remove(id: string, by: ActingPerson): Promise<void> {
    const wall = await this.stored(id)
    const screens = await this.#options.repository.screens(id)
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.remove',
      subject: { dataset: 'walls', row: id },
      note: { words: wall.name },
      rows: [],
      deletes: [{ dataset: 'walls', row: id }, ...screens.map((screen) => ({ dataset: 'wallScreens', row: screen.id }))],
    })
    for (const screen of screens) await this.#forget(screen.id)
  }

  /** @throws WanglouError NOT_FOUND */
  async stored(id: string): Promise<StoredWall> {
    const wall = await this.#options.repository.wall(id)
    if (wall === null) throw new WanglouError('NOT_FOUND', { wall: id })
    return wall
  }

  /** One whose screens hang on this station. @throws WanglouError NOT_FOUND, STATE_NOT_ALLOWED */
  async mustBeHere(id: string): Promise<StoredWall> {
    const wall = await this.stored(id)
    this.#mustBeHere(wall)
    return wall
  }

  isPaired(screen: string, session: string): boolean {
    return this.#pairings.has(`${screen} ${session}`)
  }

  hasPairing(screen: string): boolean {
    return [...this.#pairings].some((pair) => pair.startsWith(`${screen} `))
  }

  /** The screen that this browser is; null = none. */
  screenOf(session: string): string | null {
    return [...this.#pairings].findLast((pair) => pair.endsWith(` ${session}`))?.split(' ')[0] ?? null
  }

  /** The code that a browser shows which wants to be this screen, or any (null); the same one while it is good. */
  async ask(screen: string | null, session: string): Promise<{ code: string; expiresAt: number }> {
    if (screen !== null && (await this.#options.repository.screen(screen)) === null) throw new WanglouError('NOT_FOUND', { screen })
    const now = this.#options.now()
    for (const [code, asked] of this.#codes) {
      if (asked.expiresAt < now) this.#codes.delete(code)
      else if (asked.screen === screen && asked.session === session) return { code, expiresAt: asked.expiresAt }
    }
    if (this.#codes.size >= 200) throw new WanglouError('TOO_LARGE', {})
    let code = ''
    do code = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('')
    while (this.#codes.has(code))
    const expiresAt = now + codeLifeMs
    this.#codes.set(code, { screen, session, expiresAt })
    return { code, expiresAt }
  }

  /**
   * @param typed.screen for a browser that came by the short address; one that came by its screen's own is that screen
   * @throws WanglouError PAIRING_REFUSED: no browser shows this code (any more) · INVALID_INPUT {field: screen}: it does not say which screen it is
   */
  async pair(typed: { code: string; screen?: string | undefined }, by: ActingPerson): Promise<StoredScreen> {
    const code = typed.code.toUpperCase().replace(/[^A-Z0-9]/g, '')
    const asked = this.#codes.get(code)
    const { repository, journal, now } = this.#options
    const isGood = asked !== undefined && asked.expiresAt >= now()
    const meant = asked?.screen ?? typed.screen
    if (isGood && meant === undefined) throw new WanglouError('INVALID_INPUT', { field: 'screen' })
    const screen = isGood && meant !== undefined ? await repository.screen(meant) : null
    if (asked === undefined || screen === null) {
      this.#wrong += 1
      if (this.#wrong >= mostWrong) {
        this.#codes.clear()
        // Those shown from now on are of browsers that nobody guessed at yet.
        this.#wrong = 0
      }
      throw new WanglouError('PAIRING_REFUSED')
    }
    this.#wrong = 0
    this.#codes.delete(code)
    await journal.write({
      actor: by.account,
      action: 'wall.pair',
      subject: { dataset: 'walls', row: screen.wall },
      note: { words: screen.name },
      rows: [{ dataset: 'wallScreens', row: screen.id, set: { pairedAt: now() } }],
    })
    await repository.pair(screen.id, asked.session, now())
    this.#unpair(screen.id)
    this.#pairings.add(`${screen.id} ${asked.session}`)
    this.#options.desk.end(screen.id)
    return screen
  }

  async revoke(id: string, by: ActingPerson): Promise<void> {
    const screen = await this.#options.repository.screen(id)
    if (screen === null) throw new WanglouError('NOT_FOUND', { screen: id })
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.revoke',
      subject: { dataset: 'walls', row: screen.wall },
      note: { words: screen.name },
      rows: [{ dataset: 'wallScreens', row: id, set: { pairedAt: null } }],
    })
    await this.#forget(id)
  }

  /** @throws WanglouError WALL_HELD {name} when another has it and it is not taken over */
  async hold(id: string, by: ActingPerson, options: { isTakeOver: boolean }): Promise<WallHold> {
    const wall = await this.mustBeHere(id)
    const { journal, repository, now } = this.#options
    const held = await repository.hold(id)
    if (held?.account === by.account) return held
    const hold = { account: by.account, name: by.name, at: now() }
    await journal.write({
      actor: by.account,
      action: held === null ? 'wall.hold' : 'wall.takeOver',
      subject: { dataset: 'walls', row: id },
      note: { words: held === null ? wall.name : `${wall.name}：${held.name} → ${by.name}` },
      rows: [
        { dataset: 'wallHolds', row: newId(), set: { wall: id, ...hold, endedAt: null } },
        ...(held === null ? [] : [{ dataset: 'wallHolds', row: held.id, set: { endedAt: now() } }]),
      ],
      check: async (tx) => {
        const current = await repository.hold(id, tx)
        // Also where it is taken over: somebody else may have done so just before.
        if (current !== null && current.account !== by.account && (!options.isTakeOver || current.id !== held?.id))
          throw new WanglouError('WALL_HELD', { name: current.name })
      },
    })
    return hold
  }

  /** All of them or none: one that another has must not leave the others taken for nothing. @throws WanglouError WALL_HELD {name} */
  async holdAll(walls: readonly StoredWall[], by: ActingPerson): Promise<void> {
    for (const { id } of walls) {
      const held = await this.#options.repository.hold(id)
      if (held !== null && held.account !== by.account) throw new WanglouError('WALL_HELD', { name: held.name })
    }
    for (const { id } of walls) await this.hold(id, by, { isTakeOver: false })
  }

  async release(id: string, by: ActingPerson): Promise<void> {
    const wall = await this.stored(id)
    const held = await this.#options.repository.hold(id)
    if (held?.account !== by.account) return
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.release',
      subject: { dataset: 'walls', row: id },
      note: { words: wall.name },
      rows: [{ dataset: 'wallHolds', row: held.id, set: { endedAt: this.#options.now() } }],
    })
  }

  #mustBeHere(wall: StoredWall): void {
    if (wall.station !== this.#options.journal.station) throw new WanglouError('STATE_NOT_ALLOWED', { wall: wall.name })
  }

  async #forget(screen: string): Promise<void> {
    await this.#options.repository.unpair(screen)
    this.#unpair(screen)
    this.#options.desk.end(screen)
  }

  #unpair(screen: string): void {
    for (const pair of this.#pairings) if (pair.startsWith(`${screen} `)) this.#pairings.delete(pair)
  }
}
