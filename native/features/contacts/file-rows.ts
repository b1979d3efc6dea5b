// A file about people and units that are already there: what it repeats, whether it says anything new, and the change it makes.
import type { CellValue, Contact, Id, UnitRow } from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { plainName, UnitNames } from '../../kernel/unit-names.ts'
import type { ExistingRow, ExistingRows, FileRow } from '../imports/existing-rows.ts'
import type { Book } from './book.ts'
import { isSameNumber, type PlainUnit, type StoredCheck } from './contacts.repository.ts'

const rowsPerEntry = 100
/** What says where a row is from is not what it says. */
const aboutTheRow = ['source', 'sourceKey', 'isSample', 'unitName', 'checks', 'dutyTelephoneVerifiedAt', 'dutyTelephoneVerifiedNumber']

export function existingContacts(journal: Journal, book: Book): ExistingRows {
  return {
    async match(rows, { source, isSample }) {
      const contacts = (await book.pages()).contacts.filter((contact) => contact.isSample === isSample)
      const known = Map.groupBy(contacts, (contact) => personOf(contact.unit ?? plainName(contact.unitName ?? ''), contact.post, contact.name))
      return rows.map((row) => {
        const same = known.get(personOf(text(row.unit) || plainName(text(row.unitName)), text(row.post), text(row.name))) ?? []
        const [first] = same
        // The row that this very ledger brought is brought up to date by it.
        const ownId = importedId('contacts', source, text(row.sourceKey))
        if (first === undefined || same.some(({ id }) => id === ownId)) return null
        return {
          id: same.length === 1 ? first.id : null,
          source: first.source ?? '',
          isSame: same.some((contact) => saysNothingNew(row, contact) && checksOf(row, contact) === null),
        }
      })
    },
    async update(rows, actor) {
      const byId = new Map((await book.pages()).contacts.map((contact) => [contact.id, contact]))
      await write({ journal, dataset: 'contacts', actor }, rows, ({ id, values }) => {
        const checks = checksOf(values, byId.get(id) ?? null)
        return { ...told(values), ...(checks === null ? {} : { checks }) }
      })
      book.forget()
    },
  }
}

export function existingUnits(journal: Journal, book: Book): ExistingRows {
  return {
    async match(rows, { source, isSample }) {
      const units = (await book.tree()).units.filter((unit) => unit.isSample === isSample)
      const [names, byId] = [new UnitNames(units), new Map(units.map((unit) => [unit.id, unit]))]
      return rows.map((row): ExistingRow | null => {
        const id = names.repeated({ code: row.code === null ? null : text(row.code), name: text(row.name) })
        const unit = id === null ? undefined : byId.get(id)
        if (unit === undefined || unit.id === importedId('units', source, text(row.sourceKey))) return null
        return { id: unit.id, source: unit.source ?? '', isSame: saysNothingNew(row, unit) && verifiedOf(row, unit) === null }
      })
    },
    async update(rows, actor) {
      const tree = await book.tree()
      await write({ journal, dataset: 'units', actor }, rows, ({ id, values }) => ({ ...told(values), ...verifiedOf(values, tree.unit(id)) }))
      book.forget()
    },
  }
}

async function write(
  { journal, dataset, actor }: { journal: Journal; dataset: 'contacts' | 'units'; actor: string },
  rows: readonly { id: Id; values: FileRow }[],
  setOf: (row: { id: Id; values: FileRow }) => RowWrite['set'],
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerEntry) {
    const part = rows.slice(at, at + rowsPerEntry)
    const [first] = part
    if (first === undefined) return
    await journal.write({
      actor,
      action: `${dataset}.import`,
      subject: { dataset, row: first.id },
      rows: part.map((row) => ({ dataset, row: row.id, set: setOf(row) })),
    })
  }
}

function personOf(unit: string, post: string, name: string): string {
  return [unit, plainName(post), plainName(name)].join('|')
}

function text(value: CellValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** What the file says, without what it leaves empty. */
function told(row: FileRow): RowWrite['set'] {
  return Object.fromEntries(Object.entries(row).filter(([column, value]) => !aboutTheRow.includes(column) && !isEmpty(value)))
}

function isEmpty(value: CellValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function saysNothingNew(row: FileRow, present: Contact | PlainUnit | UnitRow): boolean {
  const there = new Map<string, unknown>(Object.entries(present))
  if ('telephones' in present) {
    const plain = present.telephones.map(({ kind, number }) => ({ kind, number }))
    there.set('telephones', plain)
  }
  return Object.entries(told(row)).every(([column, value]) => JSON.stringify(there.get(column) ?? null) === JSON.stringify(value))
}

/** Newer verifications of the file beside what is known; null = the file knows none. */
function checksOf(row: FileRow, contact: Contact | null): CellValue | null {
  const told = (row.checks ?? []) as unknown as StoredCheck[]
  const present = contact?.telephones ?? []
  const known = (number: string) => present.find((telephone) => isSameNumber(telephone.number, number))
  const newer = told.filter(({ number, verifiedAt }) => (verifiedAt ?? 0) > (known(number)?.verifiedAt ?? 0))
  if (newer.length === 0) return null
  const kept = present.filter(({ number }) => !newer.some((check) => isSameNumber(check.number, number)))
  return [
    ...kept.map(({ number, verifiedAt, verifiedByName, wrong }) => ({
      number,
      verifiedAt,
      verifiedByName,
      wrong: wrong === null ? null : { ...wrong },
    })),
    ...newer.map(({ number, verifiedAt }) => {
      const wrong = known(number)?.wrong ?? null
      // Verified after it was found wrong: it is good again.
      return { number, verifiedAt, verifiedByName: '', wrong: wrong === null || (verifiedAt ?? 0) > wrong.at ? null : { ...wrong } }
    }),
  ]
}

function verifiedOf(row: FileRow, unit: PlainUnit | null): RowWrite['set'] | null {
  const at = row.dutyTelephoneVerifiedAt
  if (typeof at !== 'number' || at <= (unit?.dutyTelephoneVerifiedAt ?? 0)) return null
  const wrong = unit?.wrong ?? null
  return {
    dutyTelephoneVerifiedAt: at,
    dutyTelephoneVerifiedBy: null,
    dutyTelephoneVerifiedNumber: row.dutyTelephoneVerifiedNumber ?? null,
    ...(wrong !== null && at > wrong.at ? { dutyTelephoneWrong: null } : {}),
  }
}
