// The acts on devices that a switch or the clock brings: in order and with their rests on each wall, walls beside each other; a newer switch ends what an older one has not done yet.
import { type ActDone, type ActingPerson, type SceneAct } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { actWords } from './act-words.ts'
import type { DevicesService } from './devices.service.ts'

export interface ActRunsOptions {
  journal: Journal
  devices: Pick<DevicesService, 'nameOf' | 'perform'>
  /** Ends early, and without an error, when the signal comes. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  onChanged: () => void
  onError: (error: unknown) => void
}

interface Run {
  acts: readonly SceneAct[]
  lines: ActDone[]
  by: ActingPerson
  /** Its reason is the words of the entry. */
  controller: AbortController
}

interface Place {
  /** What the desk is shown. */
  lines: ActDone[]
  /** Not yet over. */
  open: Set<Run>
  last: Promise<void>
}

const byStop = '席位程序退出'
const byNewer = '已有新的上屏'

export class ActRuns {
  readonly #options: ActRunsOptions
  readonly #places = new Map<string, Place>()
  readonly #going = new Set<Promise<void>>()
  #isStopped = false

  constructor(options: ActRunsOptions) {
    this.#options = options
  }

  /** In order: those of the last switch, before them what it kept an older one from doing. */
  of(wall: string): ActDone[] {
    return this.#places.get(wall)?.lines ?? []
  }

  /** A newer switch: an act that runs comes to its end, what waits is not done. */
  cancel(wall: string): void {
    const place = this.#places.get(wall)
    if (place === undefined) return
    end(place, byNewer)
    place.lines = [...place.open].flatMap(({ lines }) => lines.filter(isCutShort))
    this.#options.onChanged()
  }

  /**
   * Beside the picture, never before it: a splicer that does not answer must not hold the switch up.
   * @param options.isBehind of the clock: after what runs on this wall; a person's switch has cancelled that before
   */
  start(wall: string, acts: readonly SceneAct[], options: { by: ActingPerson; isBehind: boolean }): void {
    const place = this.#places.get(wall) ?? { lines: [], open: new Set(), last: Promise.resolve() }
    this.#places.set(wall, place)
    // Two switches asked at once: what the first of them brought is ended by the second.
    if (!options.isBehind) end(place, byNewer)
    const former = !options.isBehind ? place.lines.filter(isCutShort) : place.open.size > 0 ? place.lines : []
    const run: Run = {
      acts,
      lines: acts.map(({ device, act }) => ({ device, deviceName: '—', words: actWords(act), state: 'waiting', outcome: null })),
      by: options.by,
      controller: new AbortController(),
    }
    place.lines = [...former, ...run.lines]
    this.#options.onChanged()
    if (acts.length === 0) return
    place.open.add(run)
    if (this.#isStopped) end(place, byStop)
    const before = options.isBehind ? place.last : Promise.resolve()
    const going = before
      .then(() => this.#run(wall, run))
      .catch(this.#options.onError)
      .finally(() => {
        place.open.delete(run)
        this.#going.delete(going)
      })
    place.last = going
    this.#going.add(going)
  }

  /** What runs now is over. */
  async idle(): Promise<void> {
    await Promise.all(this.#going)
  }

  /** Nothing new is begun; `idle` waits for the act that runs. */
  stop(): void {
    this.#isStopped = true
    for (const place of this.#places.values()) end(place, byStop)
  }

  async #run(wall: string, { acts, lines, by, controller: { signal } }: Run): Promise<void> {
    const { devices, sleep, onChanged } = this.#options
    const subject = { dataset: 'walls', row: wall }
    for (const line of lines) line.deviceName = await devices.nameOf(line.device)
    for (const [index, { device, act, waitS, isStopping }] of acts.entries()) {
      const line = lines[index]!
      if (signal.aborted) break
      line.state = 'running'
      onChanged()
      line.outcome = await devices.perform({ device, act }, { by, subject })
      line.state = 'done'
      onChanged()
      if (isStopping && !['confirmed', 'accepted'].includes(line.outcome.result)) {
        for (const rest of lines) if (rest.state === 'waiting') rest.state = 'stopped'
        onChanged()
        break
      }
      if (waitS > 0 && !signal.aborted) await sleep(waitS * 1_000, signal)
    }
    await this.#tellUndone(subject, { by, lines, signal })
  }

  async #tellUndone(
    subject: { dataset: string; row: string },
    { by, lines, signal }: Pick<Run, 'by' | 'lines'> & { signal: AbortSignal },
  ): Promise<void> {
    const undone = lines.filter(({ outcome }) => outcome === null)
    if (undone.length === 0) return
    const why = undone[0]?.state === 'stopped' ? '前一动作未成功' : String(signal.reason)
    const what = undone.map(({ deviceName, words }) => `${deviceName} ${words}`).join('、')
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.act',
      subject,
      note: { words: `未执行（${why}）：${what}`.slice(0, 500) },
      rows: [],
    })
  }
}

function isCutShort({ state }: ActDone): boolean {
  return state === 'running' || state === 'cancelled'
}

function end(place: Place, reason: string): void {
  for (const { controller, lines } of place.open) {
    controller.abort(reason)
    for (const line of lines) if (line.state === 'waiting') line.state = 'cancelled'
  }
}
