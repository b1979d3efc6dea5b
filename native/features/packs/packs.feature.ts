// Packs joined with the importers of ledgers and plans, and what a first run loads.
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import type { ImportsService } from '../imports/imports.service.ts'
import type { Plans } from '../plans/plans.feature.ts'
import { type PackPorts, PacksService, type RoomLoader } from './packs.service.ts'
import type { SampleTable } from './samples.ts'

/** Largest ledger of a pack, bytes. */
const ledgerLimitBytes = 300_000_000

export interface PacksOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  imports: ImportsService
  plans: Plans
  /** Readers of sample files that belong to a room, by the word the manifest names them with. */
  rooms: Record<string, RoomLoader>
  /** The tables in which samples stand, of every feature. */
  samples: readonly SampleTable[]
  /** The program's folder `resources`. */
  resources: string
  log: Logger
}

export class Packs {
  readonly service: PacksService
  readonly #shipped: string
  readonly #log: Logger
  #loading: Promise<void> = Promise.resolve()

  constructor({ store, journal, blobs, imports, plans, samples, rooms, resources, log }: PacksOptions) {
    this.#shipped = join(resources, 'packs', 'shaanxi')
    this.#log = log
    const importLedger: PackPorts['importLedger'] = async ({ text, fileName, target, source, kind, area }) => {
      const { sha256 } = await blobs.put(chunk(text), { limitBytes: ledgerLimitBytes })
      return imports.loadLedger({ blob: sha256, fileName, target, source, kind, area, accepted: [], actor: 'station', isSample: true })
    }
    const contacts: RoomLoader = (text, { source }) =>
      importLedger({ text, fileName: 'contacts.csv', target: 'contacts', source: `${source}/contacts`, kind: null, area: null })
    this.service = new PacksService({
      store,
      journal,
      blobs,
      log,
      samples,
      shippedPlans: join(resources, 'plans'),
      ports: {
        importLedger,
        importPlan: (plan) => plans.importSample(plan),
        rooms: { contacts, ...rooms },
      },
    })
  }

  /**
   * Loads the pack named on the command line, or the shipped one at the first run; goes on in the background, the page fills as it comes.
   * @param options.pack folder or zip; null = the shipped one, and only when no pack was ever loaded
   */
  async begin(options: { pack: string | null; withSample: boolean }): Promise<void> {
    if (options.pack === null && !(await this.service.isFirstRun())) return
    const location = options.pack ?? this.#shipped
    this.#loading = this.service.load({ location, actor: 'station', withSample: options.withSample }).then(
      (pack) => this.#log.info({ pack: pack.name, report: pack.report }, 'pack loaded'),
      (error: unknown) => this.#log.error({ error, location }, 'the pack was not loaded'),
    )
  }

  /** Resolves when what `begin` started has ended. */
  settled(): Promise<void> {
    return this.#loading
  }
}

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
