// How the lines stand, what still works, what is unsent, who else is here: the engine's view joined with the pages of this station.
import {
  type Capability,
  type ConsolePresence,
  type EpochMs,
  type ExportUnsentInput,
  type Health,
  type JoinInput,
  type Layer,
  type LinkAnswer,
  type PairedStation,
  type SetBudgetInput,
  type ShowPageInput,
  type UnsentList,
  WanglouError,
} from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import { capabilities, type CapabilityEvidence } from './capabilities.ts'
import { linkHealth, settingsHealth } from './link-health.ts'
import type { LinkPort } from './link-port.ts'
import { LinkRepository } from './link.repository.ts'
import type { LinkNote } from './note.ts'
import { Pages } from './pages.ts'
import { unsentFile } from './unsent-file.ts'

/** Counting registers walks their tables: asked again after so long. */
const stockStandsMs = 20_000

/** So late is a page that closed noticed at most, after it counts as gone. */
const sweepEveryMs = 10_000
/** A list longer than this is nothing for a spreadsheet; the rest is counted. */
const exportedMost = 20_000
/** While entries flow the engine speaks up many times a second; nobody reads faster than this. */
const tellEveryMs = 1_000

export interface LinkServiceOptions {
  port: LinkPort
  reads: Reads
  /** This station's id: what the pages open on it stand under. */
  station: () => string
  layers: () => Promise<Layer[]>
  nameOf: (account: string) => string | null
  /** Why the link's settings could not be read; null = they could, or there are none. */
  trouble?: string | null
  /** Writes into the journal of this console who did what to the link. */
  note: LinkNote
  /** Pages ask again: `feed.tell('link', null)`. */
  tell: () => void
  /** Whether the station's own SFU can start. */
  hasSfu: () => boolean
  /** Stops this station and starts it again, once the answer is out. */
  restart: () => void
  now?: () => EpochMs
}

export class LinkService {
  readonly name = 'link-view'
  readonly #options: LinkServiceOptions
  readonly #repository: LinkRepository
  readonly #now: () => EpochMs
  readonly #pages: Pages
  readonly #startedAt: EpochMs
  #stock: { at: EpochMs; found: Promise<Pick<CapabilityEvidence, 'plans' | 'resources' | 'cameras'>> } | null = null
  #unsubscribe: (() => void) | null = null
  #sweeper: NodeJS.Timeout | null = null
  #toldAt: EpochMs = 0
  #teller: NodeJS.Timeout | null = null

  constructor(options: LinkServiceOptions) {
    this.#options = options
    this.#repository = new LinkRepository(options.reads)
    this.#now = options.now ?? Date.now
    this.#pages = new Pages(this.#now)
    this.#startedAt = this.#now()
  }

  async start(): Promise<void> {
    this.#unsubscribe = this.#options.port.onChange(() => this.#tellSoon())
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    for (const timer of [this.#sweeper, this.#teller]) if (timer !== null) clearTimeout(timer)
    this.#sweeper = null
    this.#teller = null
  }

  /** @param session whose page asks: that page is `isUs`; null = a script */
  status(session: string | null): LinkAnswer {
    const view = this.#options.port.view()
    return { ...view, consoles: this.#consoles(view, session) }
  }

  async capabilities(): Promise<Capability[]> {
    const [layers, stock] = await Promise.all([this.#options.layers(), this.#readStock()])
    return capabilities({
      now: this.#now(),
      map: mapEvidence(layers),
      ...stock,
      hasSfu: this.#options.hasSfu(),
      links: this.#options.port.view().links,
    })
  }

  /** Each with the name of who wrote it; null = the program, or somebody without an account here. */
  async unsent(limit: number): Promise<UnsentList> {
    const { entries, total } = await this.#options.port.unsent(limit)
    return { entries: entries.map(({ actor, ...one }) => ({ ...one, who: this.#options.nameOf(actor) })), total }
  }

  /** All of it as CSV; that it was taken away is noted. */
  async exportUnsent({ words }: ExportUnsentInput, actor: string): Promise<string> {
    const { entries, total } = await this.unsent(exportedMost)
    await this.#options.note('link.exportUnsent', actor, { entries: entries.length })
    const { links } = this.#options.port.view()
    return unsentFile(entries, { words, nameOf: (unit) => links.find((link) => link.unit === unit)?.name ?? unit, total })
  }

  /** What a page has open and edits: told to the other consoles and to the other pages of this station. */
  show(session: string, presence: ShowPageInput & { who: string | null }): void {
    const isNew = this.#pages.show(session, presence)
    const foremost = this.#pages.foremost()
    if (foremost !== null) this.#options.port.show(foremost)
    if (isNew) this.#options.tell()
    this.#sweepLater()
  }

  beginPairing(): { code: string; until: EpochMs } {
    return this.#options.port.beginPairing()
  }

  async join({ code, side }: JoinInput): Promise<PairedStation> {
    const { station, unit, name, isHost } = await this.#options.port.join(code, side)
    return { station, unit, name, isHost }
  }

  /**
   * The station stops, and starts again as its centre is.
   * @throws WanglouError STATE_NOT_ALLOWED when nothing is ready
   */
  async adopt(): Promise<void> {
    if (!(await this.#options.port.adopt())) throw new WanglouError('STATE_NOT_ALLOWED', { state: 'nothing-to-adopt' })
    this.#options.restart()
  }

  /** How much may go over a line, from now on; that somebody set it stands in the journal of this console. @throws WanglouError NOT_FOUND */
  async setBudget({ unit, bytesPerS }: SetBudgetInput, actor: string): Promise<void> {
    await this.#options.port.setBudget(unit, bytesPerS)
    await this.#options.note('link.setBudget', actor, { unit, bytesPerS })
  }

  /** For `StationService`'s sources. */
  health(): Health[] {
    const { trouble = null, port } = this.#options
    return trouble === null ? linkHealth(port.view()) : [settingsHealth(trouble, this.#startedAt)]
  }

  #consoles(view: LinkAnswer, session: string | null): ConsolePresence[] {
    const us = view.consoles.find((one) => one.isUs)
    const pages = this.#pages.consoles(session, { station: this.#options.station(), name: us?.name ?? '' })
    const others = view.consoles.filter((one) => !one.isUs)
    return [...(pages.length === 0 && us !== undefined ? [us] : pages), ...others]
  }

  /** At once after a quiet second, else at the end of it: the last change is always told. */
  #tellSoon(): void {
    if (this.#teller !== null) return
    const waitMs = Math.max(0, this.#toldAt + tellEveryMs - this.#now())
    this.#teller = setTimeout(() => {
      this.#teller = null
      this.#toldAt = this.#now()
      this.#options.tell()
    }, waitMs)
  }

  /** A page that closed says nothing more: the others are told when it counts as gone. */
  #sweepLater(): void {
    this.#sweeper ??= setTimeout(() => this.#sweep(), sweepEveryMs).unref()
  }

  #sweep(): void {
    this.#sweeper = null
    const { isAnyGone, isAnyLeft } = this.#pages.sweep()
    if (isAnyLeft) this.#sweepLater()
    if (!isAnyGone) return
    this.#options.port.show(this.#pages.foremost() ?? { who: null, open: null, editing: null })
    this.#options.tell()
  }

  #readStock() {
    if (this.#stock === null || this.#now() - this.#stock.at > stockStandsMs) {
      const found = Promise.all([this.#repository.plans(), this.#repository.resources(), this.#repository.cameras()]).then(
        ([plans, resources, cameras]) => ({ plans, resources, cameras }),
      )
      const asked = { at: this.#now(), found }
      this.#stock = asked
      // What could not be read is asked again, not remembered.
      found.catch(() => {
        if (this.#stock === asked) this.#stock = null
      })
    }
    return this.#stock.found
  }
}

function mapEvidence(layers: readonly Layer[]): CapabilityEvidence['map'] {
  const packs = layers.filter((layer) => layer.source.kind === 'mbtiles' && layer.health.state === 'ok').length
  const online = layers.filter((layer) => layer.source.kind !== 'mbtiles')
  const silent = online.filter((layer) => layer.health.state === 'down')
  const cached = silent.flatMap((layer) => (layer.fetchedAt === null ? [] : [layer.fetchedAt]))
  return { packs, answering: online.length - silent.length, silent: silent.length, cachedAt: cached.length === 0 ? null : Math.max(...cached) }
}
