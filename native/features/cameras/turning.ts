// 云台: a camera turns while somebody says so, and stands still when nobody has said so for a moment — a released key, a dead page, a cut line.
import { type CameraMove, turnDeadMs } from '../../contract/index.ts'

/** One camera that can be turned. */
export interface Turner {
  /** @param speed 0–1 */
  move(move: CameraMove, speed: number): Promise<void>
  stop(move: CameraMove): Promise<void>
  /** How often a move must be told again for the camera to go on, milliseconds; null = it goes on by itself. */
  renewMs: number | null
}

export interface TurningOptions {
  turnerOf: (camera: string) => Promise<Turner>
  onError: (error: unknown) => void
  deadMs?: number
}

interface Turn {
  /** null = it was never told to move: there is nothing to stop. */
  turner: Turner | null
  move: CameraMove
  speed: number
  toldAt: number
  timer: NodeJS.Timeout
}

const stopAttempts = 3

export class Turning {
  readonly #options: Required<TurningOptions>
  readonly #turns = new Map<string, Turn>()
  /** What a camera is told, one after the other: a stop never overtakes its start. */
  readonly #words = new Map<string, Promise<unknown>>()

  constructor(options: TurningOptions) {
    this.#options = { deadMs: turnDeadMs, ...options }
  }

  /** Begins a move, or says that it goes on. @throws StreamError, WanglouError */
  async turn(camera: string, { move, speed }: { move: CameraMove; speed: number }): Promise<void> {
    const known = this.#turns.get(camera)
    if (known?.move === move && known.speed === speed) {
      known.timer.refresh()
      const renewMs = known.turner?.renewMs ?? null
      if (renewMs !== null && Date.now() - known.toldAt > renewMs) await this.#tell(camera, known)
      return
    }
    const ended = this.stop(camera)
    const timer = setTimeout(() => void this.stop(camera).catch(this.#options.onError), this.#options.deadMs)
    const turn = { turner: null, move, speed, toldAt: 0, timer }
    // Before anything is waited for: a stop that comes meanwhile must find it.
    this.#turns.set(camera, turn)
    try {
      await ended
      await this.#tell(camera, turn)
    } catch (error) {
      // It may have heard it all the same.
      if (this.#turns.get(camera) === turn) await this.stop(camera).catch(() => undefined)
      throw error
    }
  }

  /** Harmless when it stands. @throws StreamError after several attempts in vain */
  async stop(camera: string): Promise<void> {
    const turn = this.#turns.get(camera)
    if (turn === undefined) return
    this.#turns.delete(camera)
    clearTimeout(turn.timer)
    await this.#inTurn(camera, async () => {
      for (let attempt = 1; ; attempt += 1)
        try {
          return await turn.turner?.stop(turn.move)
        } catch (error) {
          if (attempt >= stopAttempts) throw error
        }
    })
  }

  /** The station ends: nothing goes on turning. */
  async close(): Promise<void> {
    const stops = [...this.#turns.keys()].map((camera) => this.stop(camera))
    await Promise.allSettled([...stops, ...this.#words.values()])
  }

  async #tell(camera: string, turn: Turn): Promise<void> {
    turn.toldAt = Date.now()
    await this.#inTurn(camera, async () => {
      const turner = turn.turner ?? (await this.#options.turnerOf(camera))
      // Ended while it waited for its turn, or while the camera was being found.
      if (this.#turns.get(camera) !== turn) return
      turn.turner = turner
      await turner.move(turn.move, turn.speed)
    })
  }

  #inTurn<Result>(camera: string, work: () => Promise<Result>): Promise<Result> {
    const done = (this.#words.get(camera) ?? Promise.resolve()).then(work, work)
    this.#words.set(camera, done)
    const forget = () => {
      if (this.#words.get(camera) === done) this.#words.delete(camera)
    }
    done.then(forget, forget)
    return done
  }
}
