// Inside a centre: what the stream has lost is asked of the others. Whoever wrote a chain answers for it, the host for everybody else.
import { type Chain, type ChainEnd, chainKey, type FilesPort, type Have, type JournalPort, type Message, type Timing, type Want } from './types.ts'

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
  /** Says to all others what we hold. */
  ask: (have: Have) => void
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
  /** The stream may still bring what is missing as long as it has brought something within this, ms. */
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
  #isDue = false
  #cancelPatience: () => void = () => undefined

  constructor(options: RepairOptions) {
    this.#options = options
    this.#times = options.times ?? repairTimes
  }

  open(): void {
    this.#isOpen = true
    this.behind(true)
    void this.#ask()
  }

  close(): void {
    this.#isOpen = false
    this.#cancel?.()
    this.#cancel = null
    this.#compare()
    this.#cancelPatience()
  }

  /** How the reading of the stream stands, said whenever some of it was read. */
  behind(isBehind: boolean): void {
    this.#cancelPatience()
    this.#isBehind = isBehind && this.#isOpen
    if (this.#isBehind) this.#cancelPatience = this.#options.timing.after(this.#times.patienceMs, () => this.behind(false))
    else if (this.#isDue) this.missed()
  }

  /** Something is missing here. */
  missed(): void {
    if (!this.#isOpen) return
    this.#cancel ??= this.#options.timing.after(this.#times.askMs, () => void this.#ask())
  }

  async #ask(): Promise<void> {
    this.#cancel?.()
    this.#cancel = null
    this.#compare()
    this.#compare = this.#options.timing.after(this.#times.compareMs, () => void this.#ask())
    this.#isDue = this.#isBehind
    if (this.#isDue) return
    const { journal, unit, ask, files } = this.#options
    const ends = (await journal.heads()).filter((end) => end.scope !== 'self')
    const runs = await journal.islands()
    if (this.#isOpen)
      ask({
        station: journal.station,
        unit,
        isFull: true,
        isAsking: true,
        ends: ends.map(plain),
        runs,
        read: null,
        refused: [],
        wants: await files.wants(),
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
    for (const want of have.wants) await this.#answerWant(have.station, want)
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

  /** What another console has sent us straight, beside batches: a piece of a file, or that it wants the next. */
  async heardStraight(message: Message): Promise<void> {
    const { files, journal, answer } = this.#options
    if (message.kind === 'want') await this.#answerWant(message.want.station, message.want)
    if (message.kind !== 'piece') return
    const next = await files.take(message.piece)
    if (next !== null) answer(message.piece.station, { kind: 'want', want: { station: journal.station, ...next } })
    else this.missed()
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
