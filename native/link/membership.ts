// How a station becomes a part: it and its host learn each other by a code, the host vouches for it, and gives it the centre's data as a whole.
import { type JoiningView, WanglouError } from '../contract/index.ts'
import type { LocalJournal } from '../journal/journal.ts'
import type { Blobs, Store } from '../store/types.ts'
import type { Files } from './files.ts'
import { Pairing, type ShownCard } from './pairing.ts'
import type { LinkSettings } from './settings.ts'
import { Joining } from './snapshot/joining.ts'
import type { SignedManifest } from './snapshot/manifest.ts'
import { Offering } from './snapshot/offering.ts'
import type { StationCard, Stations } from './stations.ts'
import type { Message, Timing } from './types.ts'

export interface MembershipOptions {
  store: Store & { readonly path: string }
  journal: LocalJournal
  blobs: Blobs
  directory: string
  settings: LinkSettings
  stations: Stations
  files: Files
  timing: Timing
  /** So many entries more at the host make a snapshot worth its while. */
  snapshotFromEntries: number
  /** Shows a card to `centre`, or to the centre of a unit. */
  show: (side: string, message: Message) => Promise<void>
  /** Asks the consoles of our centre. */
  ask: (message: Message) => void
  /** To one of them, straight. */
  answer: (station: string, message: Message) => void
  /** Files that are wanted are asked for again. */
  again: () => void
  /** Whether the chains of our centre are to wait from now on, for a snapshot that holds nearly all of them. */
  onHold: (isHeld: boolean) => void
  onChange: () => void
}

export class Membership {
  readonly #options: MembershipOptions
  readonly #pairing: Pairing
  readonly #joining: Joining
  #offering: Offering | null = null

  constructor(options: MembershipOptions) {
    this.#options = options
    const { store, journal, blobs, directory, settings, stations, files, timing, snapshotFromEntries, ask, again, onHold, onChange } = options
    this.#pairing = new Pairing({ timing, own: () => this.card, accept: (card) => this.pair(card) })
    this.#joining = new Joining({
      directory,
      blobs,
      reads: store,
      timing,
      host: () => stations.all.find(({ unit, isHost }) => isHost && unit === settings.unit) ?? null,
      length: () => journal.length(),
      ask: () => ask({ kind: 'join', station: journal.station }),
      want: (sha256) => files.notice([sha256]),
      forget: (sha256) => files.forget(sha256),
      fetched: (sha256) => files.fetched(sha256),
      again,
      onHold,
      worthEntries: snapshotFromEntries,
      onChange,
    })
  }

  async start(): Promise<void> {
    const { store, journal, blobs, directory, settings, timing } = this.#options
    const sign = (bytes: Uint8Array) => journal.sign(bytes)
    if (settings.isHost) {
      this.#offering = new Offering({ station: journal.station, unit: settings.unit, path: store.path, directory, blobs, sign, timing })
    }
    await this.#joining.start()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#joining.stop(), this.#offering?.stop()])
  }

  /** What we show of ourselves at pairing. */
  get card(): StationCard {
    const { journal, settings } = this.#options
    return { station: journal.station, unit: settings.unit, name: settings.name, publicKey: journal.publicKey, isHost: settings.isHost }
  }

  /** Believes a station that was paired with; a host vouches for it to all others. @returns false when it is known under another key */
  async pair(card: StationCard): Promise<boolean> {
    const { journal, settings, stations, timing } = this.#options
    if (!(await stations.pair(card, timing.now()))) return false
    if (settings.isHost) {
      const { station, ...set } = card
      const subject = { dataset: 'stations', row: station }
      await journal.write({ actor: 'station', action: 'stations.pair', subject, rows: [{ ...subject, set }] })
    }
    return true
  }

  /** A code by which another station may learn us and we it. */
  begin(): { code: string; until: number } {
    return this.#pairing.begin()
  }

  /**
   * Shows the other side who we are, under a code that was made there.
   * @param side `centre`: our own centre's host; `above`: the host of the centre above
   * @throws WanglouError PAIRING_REFUSED when nobody answers who knows the code
   */
  async join(code: string, side: 'centre' | 'above'): Promise<StationCard> {
    const to = side === 'centre' ? side : this.#options.settings.above?.unit
    if (to === undefined) throw new WanglouError('PAIRING_REFUSED')
    const card = await this.#pairing.join(code, (shown) => this.#options.show(to, { kind: 'card', shown }))
    if (card === null) throw new WanglouError('PAIRING_REFUSED')
    if (side === 'centre' && card.isHost) this.#joining.begin()
    return card
  }

  /** @param side over which line it came: `centre`, or the other centre's unit */
  async shown(shown: ShownCard, side: string): Promise<void> {
    const { settings, show } = this.#options
    const isCentre = side === 'centre'
    // A centre has one host: whoever joins it is a console.
    if (isCentre && settings.isHost && shown.card.isHost) return
    const answer = await this.#pairing.heard(shown, isCentre ? settings.unit : side)
    if (answer !== null) await show(side, { kind: 'card', shown: answer })
  }

  /** A console asks for a snapshot: only one of our own centre gets it, and only of its host. */
  async asked(station: string): Promise<void> {
    const { stations, settings, answer } = this.#options
    if (this.#offering === null || stations.unitOf(station) !== settings.unit) return
    answer(station, { kind: 'snapshot', offer: await this.#offering.offer() })
  }

  offered(offer: SignedManifest): Promise<void> {
    return this.#joining.offered(offer)
  }

  /** Once a second, and when a file has come. */
  look(): Promise<void> {
    return this.#joining.look()
  }

  /** Resolves when the chains of our centre may be read: not while a snapshot that holds them is on its way. */
  chainsMayCome(): Promise<void> {
    return this.#joining.chainsMayCome()
  }

  /** Nobody waits for a snapshot any longer. */
  release(): void {
    this.#joining.release()
  }

  /** The snapshot that is ready is taken over at the next start. @returns false when none is */
  adopt(): Promise<boolean> {
    return this.#joining.adopt()
  }

  get joining(): JoiningView | null {
    return this.#joining.view
  }
}
