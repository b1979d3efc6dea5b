// Inside a centre: what the stream has lost is asked of the others. Whoever wrote a chain answers for it, the host for everybody else.
import {
  type Chain,
  type ChainEnd,
  chainKey,
  type FilesPort,
  type Have,
  type JournalPort,
  type Message,
  type Piece,
  type Timing,
  type Want,
} from './types.ts'

/** Batches for one question at most; the asker takes them and asks again. */
const batchesAtOnce = 16
const pieceBytes = 512 * 1024

export interface RepairOptions {
  journal: JournalPort
  unit: string
  isHost: boolean
  /** Up to where a chain of ours lies in the stream already: what follows comes with the stream and need not be answered. */
  storedUpTo: (chain: Chain) => number
  timing: Timing
  /** To all others: what we hold, or which file we want. */
  ask: (message: Message) => void
  /** To one of them, straight. */
  answer: (station: string, message: Message) => void
  files: FilesPort
  times?: RepairTimes
}

export interface RepairTimes {
  /** After a gap: how long until we ask, ms; more may come meanwhile. */
  askMs: number
  /** How often everything is compared whatever happened, ms. */
  compareMs: number
  /** A file of which nothing has come for so long is asked for again, ms; and the stream may still bring what is missing as long as it has brought something within this, ms. */
  patienceMs: number
}
export const repairTimes: RepairTimes = { askMs: 300, compareMs: 5 * 60_000, patienceMs: 5_000 }

export class Repair {
  readonly #options: RepairOptions
  readonly #times: RepairTimes
  #cancel: (() => void) | null = null
  #compare: () => void = () => undefined
  #isOpen = false
  /** The stream still has something that we have not read, perhaps what is missing: the question waits. */
  #isBehind = false
  #isHeld = false
  #isDue = false
  #cancelPatience: () => void = () => undefined
  /** When a file was asked for, or some of it came, last: it is on its way. */
  readonly #underWay = new Map<string, number>()
  #cancelFiles: (() => void) | null = null
  #cancelStalled: () => void = () => undefined

  constructor(options: RepairOptions) {
    this.#options = options
    this.#times = options.times ?? repairTimes
  }

  open(): void {
    this.#isOpen = true
    this.behind(true)
    void this.#ask()
    this.wanted()
  }

  close(): void {
    this.#isOpen = false
    this.#cancel?.()
    this.#cancel = null
    this.#compare()
    this.#cancelPatience()
    this.#cancelFiles?.()
    this.#cancelFiles = null
    this.#cancelStalled()
    this.#underWay.clear()
  }

  /** How the reading of the stream stands, said whenever some of it was read. */
  behind(isBehind: boolean): void {
    this.#cancelPatience()
    this.#isBehind = isBehind && this.#isOpen
    if (this.#isBehind) this.#cancelPatience = this.#options.timing.after(this.#times.patienceMs, () => this.behind(false))
    else if (this.#isDue) this.missed()
  }

  /** A snapshot that holds what is missing is on its way: nothing but files is asked for until it is here. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld && this.#isDue) this.missed()
  }

  /** Something is missing here. */
  missed(): void {
    if (!this.#isOpen) return
    this.#cancel ??= this.#options.timing.after(this.#times.askMs, () => void this.#ask())
  }

  /** An answer is being taken, others wait behind it: the next question comes after the last of them, or they would all be sent again. */
  answered(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /** Files are missing here. They do not wait for the stream: they do not come with it. */
  wanted(): void {
    if (!this.#isOpen) return
    this.#cancelFiles ??= this.#options.timing.after(this.#times.askMs, () => void this.#askFiles())
  }

  async #askFiles(): Promise<void> {
    this.#cancelFiles = null
    const { files, journal, timing, ask } = this.#options
    const wants = await files.wants()
    const now = timing.now()
    for (const want of wants) {
      if (!this.#isOpen || now - (this.#underWay.get(want.sha256) ?? -Infinity) < this.#times.patienceMs) continue
      this.#underWay.set(want.sha256, now)
      ask({ kind: 'want', want: { station: journal.station, ...want } })
    }
  }

  async #ask(): Promise<void> {
    this.#cancel?.()
    this.#cancel = null
    this.#compare()
    this.#compare = this.#options.timing.after(this.#times.compareMs, () => {
      void this.#ask()
      this.wanted()
    })
    this.#isDue = this.#isBehind || this.#isHeld
    if (this.#isDue) return
    const { journal, unit, ask } = this.#options
    const ends = (await journal.heads()).filter((end) => end.scope !== 'self')
    const runs = await journal.islands()
    if (this.#isOpen)
      ask({
        kind: 'have',
        have: { station: journal.station, unit, isFull: true, isAsking: true, ends: ends.map(plain), runs, read: null, refused: [], wants: [] },
      })
  }

  /** Another one says what it holds: it gets what it lacks, and if it has more than we do we ask too. */
  async heard(have: Have): Promise<void> {
    const { journal, answer, isHost } = this.#options
    if (have.station === journal.station) return
    const theirs = new Map(have.ends.map((end) => [chainKey(end), end.seq]))
    const ours = (await journal.heads()).filter((end) => end.scope !== 'self')
    const known = new Map(ours.map((end) => [chainKey(end), end.seq]))
    if (have.ends.some((end) => end.seq > (known.get(chainKey(end)) ?? 0))) this.missed()
    let left = batchesAtOnce
    for (const end of ours) {
      if (end.station === have.station || !(isHost || end.station === journal.station)) continue
      let after = theirs.get(chainKey(end)) ?? 0
      const last = end.station === journal.station ? Math.min(end.seq, this.#options.storedUpTo(end)) : end.seq
      while (left > 0 && after < last) {
        const batch = await journal.sealedBatch({ station: end.station, scope: end.scope, after })
        if (batch === null) break
        answer(have.station, { kind: 'batch', batch, files: await this.#options.files.namedIn(batch) })
        left -= 1
        after = batch.seal.seq
      }
    }
  }

  /** Beside batches: a piece of a file that came straight to us, or that another console wants one. */
  async heardStraight(message: Message): Promise<void> {
    if (message.kind === 'want' && message.want.station !== this.#options.journal.station) await this.#answerWant(message.want.station, message.want)
    if (message.kind === 'piece') await this.#take(message.piece)
  }

  async #take(piece: Piece): Promise<void> {
    const { files, journal, timing, answer } = this.#options
    const next = await files.take(piece)
    // Its sender may be gone with the rest of it; or what came was spoilt.
    this.#cancelStalled()
    this.#cancelStalled = timing.after(this.#times.patienceMs, () => this.wanted())
    if (next === null) return
    this.#underWay.set(piece.sha256, timing.now())
    answer(piece.station, { kind: 'want', want: { station: journal.station, ...next } })
  }

  async #answerWant(station: string, want: Want): Promise<void> {
    const { files, journal, answer } = this.#options
    const piece = await files.piece(want, pieceBytes)
    if (piece !== null) answer(station, { kind: 'piece', piece: { station: journal.station, ...piece } })
  }
}

function plain({ station, scope, seq }: ChainEnd): Have['ends'][number] {
  return { station, scope, seq }
}
