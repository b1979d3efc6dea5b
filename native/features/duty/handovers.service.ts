// 接班 and 交接班: what is open is handed over or dropped with a reason, both sign, and the next watch is written down as it really stands.
import {
  type ActingPerson,
  type Beside,
  type Handover,
  type HandoverMatter,
  type HandoverState,
  type HandoverSummary,
  type Permission,
  type Signature,
  type SignatureMeans,
  type Watch,
  type WatchBoard,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import { handoverAct, matterActs, type NextWatch, watchActs } from './handover-acts.ts'
import { mattersOf, notShown, undecided } from './handover-matters.ts'
import { handoverId, type HandoverRow, HandoversRepository } from './handovers.repository.ts'
import { closeNoteAct } from './notes.service.ts'
import type { OnDutyReader } from './on-duty.ts'
import type { OpenMatters } from './open-matters.ts'
import type { RosterRepository } from './roster.repository.ts'
import { type ShiftOfDay, shiftOfDay, takeable } from './shifts.ts'
import type { WatchesRepository } from './watches.repository.ts'

export interface HandoversOptions {
  journal: Journal
  reads: Reads
  watches: WatchesRepository
  roster: RosterRepository
  onDuty: OnDutyReader
  open: () => Promise<OpenMatters>
  /** Proves who somebody beside the console is. @throws WanglouError WRONG_PASSWORD · WRONG_PIN · ACCOUNT_LOCKED */
  prove: (beside: Beside) => Promise<ActingPerson>
  may: (account: string, permission: Permission) => boolean
  now: () => number
}

interface Loaded {
  id: string
  row: HandoverRow | null
  watch: Watch
  state: Exclude<HandoverState, 'none'>
  matters: HandoverMatter[]
}

export class HandoversService {
  readonly #options: HandoversOptions
  readonly #repository: HandoversRepository

  constructor(options: HandoversOptions) {
    this.#options = options
    this.#repository = new HandoversRepository(options.reads)
  }

  /** Who is on, what is open, how far the handover is, what may be taken next. */
  async board(): Promise<WatchBoard> {
    const { watches, open: ask } = this.#options
    const [watch, asked, next] = await Promise.all([watches.current(), ask(), this.#next()])
    const handover = watch === null ? null : await this.#view(await this.#loadOf(watch, asked))
    return { watch, handover, open: asked.open, unread: asked.unread, next }
  }

  history(limit: number): Promise<HandoverSummary[]> {
    return this.#repository.list(limit)
  }

  /** One handover as it stands or as it was signed. @throws WanglouError NOT_FOUND */
  async get(id: string): Promise<Handover> {
    return this.#view(await this.#load(id))
  }

  /** 移交, or 办结/不移交 with a reason. @throws WanglouError REASON_REQUIRED · NOT_FOUND {matter} · STATE_NOT_ALLOWED once the outgoing has signed */
  async decide(input: { handover: string; matter: string; decision: 'hand-over' | 'drop'; words: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input.words)
    const { matter: wanted, decision, words } = input
    if (decision === 'drop' && words.trim() === '') throw new WanglouError('REASON_REQUIRED')
    const loaded = await this.#load(input.handover)
    mustStand(loaded, 'open')
    const found = loaded.matters.find((one) => one.matter === wanted && one.isOpen)
    if (found === undefined) throw new WanglouError('NOT_FOUND', { matter: wanted })
    await this.#journal.writeAll(
      matterActs([{ ...found, decision, words }], { ...this.#about(loaded, by), action: 'duty.decide', check: this.#unsigned(loaded) }),
    )
  }

  /** @throws WanglouError CONFLICT when another console wrote them meanwhile · STATE_NOT_ALLOWED */
  async setRemarks(input: { handover: string; remarks: string; seen: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const loaded = await this.#load(input.handover)
    mustStand(loaded, 'open')
    const unsigned = this.#unsigned(loaded)
    await this.#journal.write({
      ...handoverAct('duty.remark', { ...this.#about(loaded, by), set: { remarks: input.remarks } }),
      check: async (tx) => {
        await unsigned(tx)
        if (((await this.#repository.get(loaded.id, tx))?.remarks ?? '') !== input.seen) throw new WanglouError('CONFLICT')
      },
    })
  }

  /** The first signature freezes what is handed over. @throws WanglouError STATE_NOT_ALLOWED · REASON_REQUIRED {matter} */
  async signOutgoing(id: string, by: ActingPerson): Promise<void> {
    const loaded = await this.#load(id)
    mustStand(loaded, 'open')
    const missing = undecided(loaded.matters)
    if (missing.length > 0) throw new WanglouError('REASON_REQUIRED', { count: missing.length })
    const about = this.#about(loaded, by)
    const signature = this.#signature(by, 'session')
    await this.#journal.writeAll([
      { ...handoverAct('duty.signOutgoing', { ...about, set: { outgoing: { ...signature } } }), check: this.#unsigned(loaded) },
      ...matterActs(loaded.matters, { ...about, action: 'duty.handOver' }),
    ])
  }

  /** The first signature is taken back, with words why. @throws WanglouError STATE_NOT_ALLOWED */
  async withdraw(input: { handover: string; words: string }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const loaded = await this.#load(input.handover)
    mustStand(loaded, 'half')
    const act = handoverAct('duty.withdraw', { ...this.#about(loaded, by), set: { outgoing: null, withdrawnWords: `${by.name}：${input.words}` } })
    await this.#journal.write({ ...act, note: { words: input.words }, check: this.#half(loaded) })
  }

  /**
   * The second signature: by whoever is signed in, or by somebody beside the console who proves herself.
   * @throws WanglouError CONFLICT {count} when something came up that the page has not shown · SECOND_PERSON_REQUIRED · FORBIDDEN · what `prove` throws
   */
  async signIncoming(
    input: { handover: string; shown: string[]; next: NextWatch; beside: Beside | null },
    by: ActingPerson,
  ): Promise<{ name: string }> {
    refuseMarked(input.next)
    const loaded = await this.#load(input.handover)
    mustStand(loaded, 'half')
    mustBeShown(loaded.matters, input.shown)
    const shift = await this.#shift(input.next)
    const who = input.beside === null ? by : await this.#options.prove(input.beside)
    if (who.account === loaded.row?.outgoing?.account) throw new WanglouError('SECOND_PERSON_REQUIRED')
    if (!this.#options.may(who.account, 'duty.write')) throw new WanglouError('FORBIDDEN', { permission: 'duty.write' })
    const means = input.beside === null ? 'session' : 'pin' in input.beside.proof ? 'pin' : 'password'
    await this.#takeOver(loaded, { who, means, next: input.next, shift, reason: '', check: this.#half(loaded) })
    return { name: who.name }
  }

  /**
   * 接班 where nobody hands over: the first watch, or, with a reason, one whose people are gone.
   * @throws WanglouError REASON_REQUIRED · CONFLICT {count} · STATE_NOT_ALLOWED when the outgoing has signed (then the handover is signed)
   */
  async takeOver(input: { next: NextWatch; reason: string; shown: string[] }, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { watches, open } = this.#options
    const [watch, asked, shift] = await Promise.all([watches.current(), open(), this.#shift(input.next)])
    if (watch === null) {
      mustBeShown(
        asked.open.map((one) => ({ matter: one.id, isOpen: true })),
        input.shown,
      )
      const acts = watchActs({ by, now: this.#options.now(), shift, next: input.next, former: null, handover: null, reason: input.reason })
      await this.#journal.writeAll(withCheck(acts.acts, (tx) => this.#nobodyOn(tx)))
      return
    }
    if (input.reason.trim() === '') throw new WanglouError('REASON_REQUIRED')
    const loaded = await this.#loadOf(watch, asked)
    mustStand(loaded, 'open')
    mustBeShown(loaded.matters, input.shown)
    const missing = undecided(loaded.matters)
    if (missing.length > 0) throw new WanglouError('REASON_REQUIRED', { count: missing.length })
    await this.#takeOver(loaded, { who: by, means: 'session', next: input.next, shift, reason: input.reason, check: this.#unsigned(loaded) })
  }

  /** The record, the new watch, the end of the old one and of the notes that were dropped: one transaction. */
  async #takeOver(
    loaded: Loaded,
    options: {
      who: ActingPerson
      means: SignatureMeans
      next: NextWatch
      shift: ShiftOfDay
      reason: string
      check: (tx: Reads) => Promise<void>
    },
  ): Promise<void> {
    const { who, next, shift, reason } = options
    const about = this.#about(loaded, who)
    const { acts, watch } = watchActs({ by: who, now: this.#options.now(), shift, next, former: loaded.watch, handover: loaded.id, reason })
    // Of a signed record only what came up since is added; what nobody signed is written whole.
    const added = loaded.state === 'half' ? loaded.matters.filter((one) => one.raised === 'between') : loaded.matters
    const dropped = loaded.matters.filter((one) => one.kind === 'note' && one.decision === 'drop' && one.isOpen)
    const signature = this.#signature(who, options.means)
    await this.#journal.writeAll([
      { ...handoverAct('duty.signIncoming', { ...about, set: { incoming: { ...signature }, nextWatch: watch } }), check: options.check },
      ...matterActs(added, { ...about, action: 'duty.handOver' }),
      ...acts,
      ...dropped.map((one) => closeNoteAct({ note: one.matter.slice('note:'.length), words: one.words }, who, this.#options.now())),
    ])
  }

  async #next(): Promise<WatchBoard['next']> {
    const now = this.#options.now()
    const shifts = takeable(await this.#options.roster.shifts(), now)
    return Promise.all(
      shifts.map(async ({ shift, day, startsAt, endsAt }) => {
        const { people } = await this.#options.onDuty.rostered(Math.max(startsAt, Math.min(now, endsAt - 1)))
        return { shift, day, startsAt, endsAt, people }
      }),
    )
  }

  async #shift({ day, shift: id }: NextWatch): Promise<ShiftOfDay> {
    const shift = (await this.#options.roster.shifts()).find((one) => one.id === id)
    if (shift === undefined) throw new WanglouError('NOT_FOUND', { shift: id })
    return shiftOfDay(shift, day)
  }

  /** @throws WanglouError NOT_FOUND */
  async #load(id: string): Promise<Loaded> {
    const { watches, open } = this.#options
    const row = await this.#repository.get(id)
    const current = await watches.current()
    const watch = row === null ? current : await watches.get(row.watch)
    if (watch === null || handoverId(watch.id) !== id) throw new WanglouError('NOT_FOUND', { handover: id })
    // A finished record is not compared with what is open today.
    return this.#loadOf(watch, (row?.incoming ?? null) === null ? await open() : { open: [], unread: 0 })
  }

  async #loadOf(watch: Watch, asked: OpenMatters): Promise<Loaded> {
    const id = handoverId(watch.id)
    const [row, stored, formerRows] = await Promise.all([
      this.#repository.get(id),
      this.#repository.matters(id),
      watch.handover === null ? [] : this.#repository.matters(watch.handover),
    ])
    const former = new Map(formerRows.filter((one) => one.words !== '').map((one) => [one.matter, one.words]))
    const state = row === null || (row.outgoing === null && row.incoming === null) ? 'open' : row.incoming === null ? 'half' : 'done'
    const matters = mattersOf({ open: asked.open, isWhole: asked.unread === 0, stored, former }, state !== 'open')
    return { id, row, watch, state, matters }
  }

  async #view({ id, row, watch, state, matters }: Loaded): Promise<Handover> {
    const next = row?.nextWatch ?? null
    const nextWatch = next === null ? null : await this.#options.watches.get(next)
    return {
      id,
      state,
      watch,
      nextWatch,
      remarks: row?.remarks ?? '',
      outgoing: row?.outgoing ?? null,
      incoming: row?.incoming ?? null,
      withdrawnWords: row?.withdrawnWords ?? '',
      matters,
    }
  }

  get #journal(): Journal {
    return this.#options.journal
  }

  #about(loaded: Loaded, by: ActingPerson): { handover: string; watch: string; by: ActingPerson; now: number } {
    return { handover: loaded.id, watch: loaded.watch.id, by, now: this.#options.now() }
  }

  #signature(by: ActingPerson, means: SignatureMeans): Signature {
    return { account: by.account, name: by.name, at: this.#options.now(), means }
  }

  #unsigned({ id, watch }: Loaded): (tx: Reads) => Promise<void> {
    return async (tx) => {
      const row = await this.#repository.get(id, tx)
      if (row !== null && (row.outgoing !== null || row.incoming !== null)) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'signed' })
      await this.#mustStillStand(watch, tx)
    }
  }

  /** The signature that was seen is the one that stands: not taken back and given again meanwhile. */
  #half({ id, watch, row: seen }: Loaded): (tx: Reads) => Promise<void> {
    return async (tx) => {
      const row = await this.#repository.get(id, tx)
      if (row === null || row.incoming !== null || row.outgoing?.at !== seen?.outgoing?.at)
        throw new WanglouError('STATE_NOT_ALLOWED', { from: 'signed' })
      await this.#mustStillStand(watch, tx)
    }
  }

  async #mustStillStand(watch: Watch, tx: Reads): Promise<void> {
    if ((await this.#options.watches.get(watch.id, tx))?.endedAt !== null) throw new WanglouError('STATE_NOT_ALLOWED', { from: 'ended' })
  }

  async #nobodyOn(tx: Reads): Promise<void> {
    if ((await this.#options.watches.current(tx)) !== null) throw new WanglouError('CONFLICT', { count: 1 })
  }
}

function mustStand(loaded: Loaded, state: Loaded['state']): void {
  if (loaded.state !== state) throw new WanglouError('STATE_NOT_ALLOWED', { from: loaded.state, to: state })
}

function mustBeShown(matters: readonly Pick<HandoverMatter, 'matter' | 'isOpen'>[], shown: readonly string[]): void {
  const unseen = notShown(matters, new Set(shown))
  if (unseen.length > 0) throw new WanglouError('CONFLICT', { count: unseen.length })
}

function withCheck(acts: Act[], check: (tx: Reads) => Promise<void>): Act[] {
  return acts.map((act, index) => (index === 0 ? { ...act, check } : act))
}
