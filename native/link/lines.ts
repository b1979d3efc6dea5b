// The lines of one station: one within its centre, one to the centre above, one to each below; each made with what it may carry and whom it believes.
import type { LinkReason } from '../contract/index.ts'
import type { BudgetStore } from './budget-store.ts'
import { type ExchangeTimes, exchangeTimes } from './exchange-times.ts'
import { Exchange } from './exchange.ts'
import type { Files } from './files.ts'
import type { HeldStore } from './held-store.ts'
import { Line } from './line.ts'
import type { ServerConnection } from './nats/connection.ts'
import type { ShownCard } from './pairing.ts'
import { mayHold, mayWrite, type Superiors } from './permits.ts'
import type { LinkSettings } from './settings.ts'
import type { Chain, JournalPort, Timing } from './types.ts'

export interface LinesOptions {
  journal: JournalPort
  settings: LinkSettings
  superiors: () => Superiors
  nameOf: (unit: string) => string
  /** The centre of a station we believe; null = nobody has vouched for it. */
  unitOf: (station: string) => string | null
  files: Files
  held: HeldStore
  budgets: BudgetStore
  timing: Timing
  times?: ExchangeTimes | undefined
  publish: (kind: Line['kind'], unit: string, bytes: Uint8Array) => Promise<{ seq: number }>
  connectionOf: (kind: Line['kind']) => ServerConnection | undefined
  /** A station shows itself on a line. */
  onCard: (shown: ShownCard, side: string) => void
  /** Something of our own centre is missing. */
  onGap: () => void
  onChange: () => void
  onError: (error: unknown) => void
}

export class Lines {
  readonly #options: LinesOptions
  readonly #bySide = new Map<string, Line>()

  constructor(options: LinesOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { unit, above, below } = this.#options.settings
    await this.#add('centre', unit)
    if (above !== undefined) await this.#add('above', above.unit)
    for (const child of below) await this.#add('below', child)
  }

  get all(): Line[] {
    return [...this.#bySide.values()]
  }

  /** @param side `centre`, or the unit of another centre */
  of(side: string): Line | undefined {
    return this.#bySide.get(side)
  }

  /** Something was written here, or came over another line: `except` is the one it came over. */
  changed(except?: Exchange): void {
    for (const { exchange } of this.#bySide.values()) if (exchange !== except) exchange.changed()
  }

  async #add(kind: Line['kind'], unit: string): Promise<void> {
    const {
      journal,
      settings,
      superiors,
      nameOf,
      unitOf,
      files,
      held,
      budgets,
      timing,
      times,
      publish,
      connectionOf,
      onCard,
      onGap,
      onChange,
      onError,
    } = this.#options
    const isCentre = kind === 'centre'
    const side = isCentre ? 'centre' : unit
    const isForeign = (chain: Chain) => unitOf(chain.station) !== settings.unit
    const set = isCentre ? null : await budgets.read(unit)
    const exchange: Exchange = new Exchange({
      journal,
      unit: settings.unit,
      mayHold: (scope) => (isCentre ? scope !== 'self' : mayHold(scope, unit, superiors())),
      refusal: (chain) => this.#refusal(chain),
      send: (bytes) => publish(kind, unit, bytes),
      files,
      onCard: (shown) => onCard(shown, side),
      timing,
      times: times ?? exchangeTimes,
      budgetBytesPerS: set === undefined && kind === 'above' ? settings.budgetBytesPerS : (set ?? null),
      held: await held.load(side),
      onHeld: (ends) => void held.save(side, ends).catch(onError),
      onChange,
      // What came over one line goes on over the others.
      onTaken: () => this.changed(exchange),
      ...(isCentre
        ? {
            confirmedBy: 'stored' as const,
            // Each console says what it wrote itself; the host what came from other centres.
            isOurs: (chain: Chain) => chain.station === journal.station || (settings.isHost && isForeign(chain)),
            onGap,
          }
        : {}),
    })
    this.#bySide.set(
      side,
      new Line({
        kind,
        unit,
        name: () => nameOf(unit),
        exchange,
        connection: () => connectionOf(kind)?.state ?? 'connecting',
        connectionFailure: () => connectionOf(kind)?.failure ?? null,
        now: () => timing.now(),
      }),
    )
  }

  #refusal({ station, scope }: Chain): LinkReason | null {
    const { settings, superiors, unitOf } = this.#options
    if (!mayHold(scope, settings.unit, superiors())) return 'scope'
    const writer = unitOf(station)
    // One nobody has vouched for yet is refused by the journal, under that name.
    return writer === null || mayWrite(scope, writer) ? null : 'scope'
  }
}
