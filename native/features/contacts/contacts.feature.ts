// 通讯录, units and calls, put together: what `app.ts` builds, the router calls and other features are handed.
import { z } from 'zod'
import {
  type CallFact,
  type CentreSettings,
  type Contact,
  type ContactHit,
  type Id,
  type OpenMatter,
  type PackPart,
  type RecipientAbove,
  type ReportingEvidence,
  type Unit,
  type UnitName,
  type UnitRow,
  type UnitTreeAnswer,
  type WrongEntry,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Store } from '../../store/types.ts'
import { Book } from './book.ts'
import { CallsRepository } from './calls.repository.ts'
import { CallsService } from './calls.service.ts'
import { ContactsRepository, type PlainUnit } from './contacts.repository.ts'
import { ContactsService } from './contacts.service.ts'
import type { ExistingRows } from '../imports/existing-rows.ts'
import { existingContacts, existingUnits } from './file-rows.ts'
import { ExportService } from './export.service.ts'
import { UnitsService } from './units.service.ts'
import { openMatters, wrongEntries } from './wrong-numbers.ts'

export interface ContactsOptions {
  store: Store
  journal: Journal
  /** The centre's settings: which unit we are, when a number is stale. */
  settings: () => Promise<CentreSettings>
  setSettings: (set: Partial<CentreSettings>, actor: string) => Promise<unknown>
  now?: () => number
}

export class Contacts {
  readonly units: UnitsService
  readonly contacts: ContactsService
  readonly calls: CallsService
  readonly exports: ExportService
  readonly #repository: ContactsRepository
  readonly #book: Book
  readonly #journal: Journal
  readonly #settings: () => Promise<CentreSettings>
  readonly #setSettings: ContactsOptions['setSettings']

  constructor({ store, journal, settings, setSettings, now = Date.now }: ContactsOptions) {
    this.#journal = journal
    this.#settings = settings
    this.#setSettings = setSettings
    this.#repository = new ContactsRepository(store)
    const repository = this.#repository
    this.#book = new Book({ repository })
    const book = this.#book
    this.units = new UnitsService({ journal, repository, book })
    this.contacts = new ContactsService({ journal, repository, book, now })
    this.calls = new CallsService({ journal, calls: new CallsRepository(store), contacts: repository, now })
    this.exports = new ExportService({ journal, book, ourName: () => this.ourName(), now })
  }

  /** What an import of units or contacts must know of those that are there. */
  get existingRows(): { contacts: ExistingRows; units: ExistingRows } {
    return { contacts: existingContacts(this.#journal, this.#book), units: existingUnits(this.#journal, this.#book) }
  }

  get name(): string {
    return 'contacts'
  }

  start(): Promise<void> {
    this.#book.start(this.#journal)
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.#book.stop()
    return Promise.resolve()
  }

  /** The whole tree; some thousand units at most, so it goes over at once. */
  async tree(): Promise<UnitTreeAnswer> {
    const [{ tree, byUnit }, { centreUnit, contactStaleDays }] = await Promise.all([this.#book.pages(), this.#settings()])
    return {
      units: tree.units.map((unit) => rowOf(unit, byUnit.get(unit.id) ?? [])),
      ourUnit: tree.unit(centreUnit)?.id ?? null,
      staleAfterDays: contactStaleDays,
      homeless: byUnit.get(null)?.length ?? 0,
    }
  }

  /** Those of a unit in their order; null = those whose unit is none of the tree. */
  async contactsOf(unit: Id | null): Promise<Contact[]> {
    return (await this.#book.pages()).byUnit.get(unit) ?? []
  }

  /** Everything, for the printed book: units in the order of the tree, each with its contacts. */
  async directory(unit: Id | null): Promise<{ units: UnitRow[]; contacts: Contact[] }> {
    const { tree, byUnit, contacts } = await this.#book.pages()
    const branch = unit === null ? null : tree.branch(unit)
    return {
      units: tree.units.filter(({ id }) => branch === null || branch.has(id)).map((one) => rowOf(one, byUnit.get(one.id) ?? [])),
      contacts: contacts.filter((contact) => branch === null || (contact.unit !== null && branch.has(contact.unit))),
    }
  }

  async search(query: string, limit: number): Promise<ContactHit[]> {
    return (await this.#book.pages()).index().search(query, limit)
  }

  /** Units alone, without their numbers. */
  async searchUnits(query: string, limit: number): Promise<UnitName[]> {
    const { tree, index } = await this.#book.pages()
    const found =
      query.trim() === ''
        ? tree.units
        : index()
            .search(query, 200)
            .flatMap((hit) => (hit.kind === 'unit' ? (tree.unit(hit.id) ?? []) : []))
    return found.slice(0, limit).map(({ id, name, superior, isSample }) => ({ id, name, superior: tree.unit(superior)?.name ?? '', isSample }))
  }

  async wrongNumbers(): Promise<WrongEntry[]> {
    const { tree, contacts } = await this.#book.pages()
    return wrongEntries(tree, contacts)
  }

  async unit(id: Id): Promise<Unit | null> {
    return (await this.#book.tree()).unit(id)
  }

  async superiorOf(unit: Id): Promise<Unit | null> {
    return (await this.#book.tree()).superiorOf(unit)
  }

  async ourUnit(): Promise<Unit | null> {
    const [tree, { centreUnit }] = await Promise.all([this.#book.tree(), this.#settings()])
    return tree.unit(centreUnit)
  }

  /** On papers: the name of the centre, or of its unit. '' = neither is set. */
  async ourName(): Promise<string> {
    const { centreName } = await this.#settings()
    return centreName === '' ? ((await this.ourUnit())?.name ?? '') : centreName
  }

  async recipientsAbove(): Promise<RecipientAbove[]> {
    const [tree, { centreUnit }] = await Promise.all([this.#book.tree(), this.#settings()])
    return centreUnit === null ? [] : tree.recipientsAbove(centreUnit)
  }

  /** `ReadCalls`. */
  readCalls(incident: Id | null): Promise<CallFact[]> {
    return this.calls.facts(incident)
  }

  /** `ReadReportingEvidence`: what was told by telephone and taken. */
  readEvidence(incident: Id | null): Promise<ReportingEvidence[]> {
    return this.calls.evidence(incident)
  }

  /** `ReadOpenMatters`: numbers reported wrong, so that the next watch does not dial them in vain. */
  async readOpenMatters(): Promise<OpenMatter[]> {
    return openMatters(await this.wrongNumbers())
  }

  /** A pack's `{ "unit": "<number>" }`: which of its sample units the centre is, as long as nobody has chosen a real one. */
  async loadSampleCentre(text: string, { source }: { source: string }): Promise<PackPart> {
    const { unit } = z.object({ unit: z.string() }).parse(JSON.parse(text))
    if ((await this.#settings()).centreUnit !== null) return { loaded: 0, refused: 0 }
    await this.#setSettings({ centreUnit: importedId('units', source, unit) }, 'station')
    return { loaded: 1, refused: 0 }
  }
}

function rowOf(unit: PlainUnit, contacts: readonly Contact[]): UnitRow {
  return {
    ...unit,
    contacts: contacts.length,
    wrongContacts: contacts.filter((contact) => contact.telephones.some(({ wrong }) => wrong !== null)).length,
  }
}
