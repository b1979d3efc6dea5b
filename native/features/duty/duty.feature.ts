// The watch, put together: what `app.ts` builds and the router calls.
import type { ActingPerson, Beside, EpochMs, OnDuty, PackPart, Permission, ReadDigest, ReadOnDuty, ReadOpenMatters } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Store } from '../../store/types.ts'
import { DigestService, type DigestOptions } from './digest.service.ts'
import { DutyFiles, type FillDocument, type ReadTable } from './files.service.ts'
import { HandoversService } from './handovers.service.ts'
import { LogService } from './log.service.ts'
import { NotesService } from './notes.service.ts'
import { OnDutyReader, type TeamMember } from './on-duty.ts'
import { readOpenMatters } from './open-matters.ts'
import { RosterRepository } from './roster.repository.ts'
import { RosterService } from './roster.service.ts'
import { loadSampleHolidays, loadSampleLog, loadSampleNotes, loadSampleRoster, type SampleLoader } from './samples.ts'
import { WatchesRepository } from './watches.repository.ts'

export interface DutyOptions extends Pick<DigestOptions, 'incidents' | 'instructions' | 'wording' | 'hasReport'> {
  store: Store
  journal: Journal
  /** Everybody with an account, as people know them. */
  team: () => TeamMember[]
  /** Proves who somebody beside the console is. */
  prove: (beside: Beside) => Promise<ActingPerson>
  may: (account: string, permission: Permission) => boolean
  /** What every other room holds open. */
  rooms: ReadOpenMatters[]
  readTable: ReadTable
  fillDocument: FillDocument
  /** Name of this centre; empty = not set. */
  unit: () => Promise<string>
  onError: (error: unknown) => void
  now?: () => number
}

export type SamplePart = 'roster' | 'holidays' | 'log' | 'handover'
const sampleLoaders: Record<SamplePart, SampleLoader> = {
  roster: loadSampleRoster,
  holidays: loadSampleHolidays,
  log: loadSampleLog,
  handover: loadSampleNotes,
}

export class Duty {
  readonly roster: RosterService
  readonly log: LogService
  readonly notes: NotesService
  readonly handovers: HandoversService
  readonly digests: DigestService
  readonly files: DutyFiles
  readonly now: () => number
  readonly #onDuty: OnDutyReader
  readonly #journal: Journal

  constructor(options: DutyOptions) {
    const { store, journal, team } = options
    const now = options.now ?? Date.now
    this.now = now
    this.#journal = journal
    const watches = new WatchesRepository(store)
    const roster = new RosterRepository(store)
    this.#onDuty = new OnDutyReader({ roster, watches, team })
    this.roster = new RosterService({ journal, repository: roster, watches, team, now })
    this.log = new LogService({ journal, reads: store, now })
    this.notes = new NotesService({ journal, reads: store, now })
    const rooms = [...options.rooms, () => this.notes.matters()]
    this.handovers = new HandoversService({
      journal,
      reads: store,
      watches,
      roster,
      onDuty: this.#onDuty,
      open: () => readOpenMatters(rooms, options.onError),
      prove: options.prove,
      may: options.may,
      now,
    })
    const { incidents, instructions, wording, hasReport } = options
    this.digests = new DigestService({
      watches,
      roster,
      log: this.log.repository,
      notes: this.notes,
      incidents,
      instructions,
      wording,
      hasReport,
      now,
    })
    const { readTable, fillDocument, unit } = options
    this.files = new DutyFiles({
      journal,
      roster,
      log: this.log.repository,
      handover: (id) => this.handovers.get(id),
      readTable,
      fillDocument,
      unit,
      now,
    })
  }

  /** For other rooms: who is on at a moment. */
  readonly readOnDuty: ReadOnDuty = (at: EpochMs): Promise<OnDuty | null> => this.#onDuty.at(at)

  /** For the reports: what the day's digest says, with its sources. */
  readonly readDigest: ReadDigest = (day) => this.digests.of(day)

  onDutyNow() {
    return this.#onDuty.now(this.now())
  }

  /** A part of a pack's sample. @param source `pack:<id>` */
  async loadSample(part: SamplePart, text: string, options: { source: string; now: number }): Promise<PackPart> {
    return sampleLoaders[part](text, { journal: this.#journal, shifts: await this.roster.shifts(), ...options })
  }
}
