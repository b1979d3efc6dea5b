// Reads units and contacts from their projected tables.
import {
  type CheckedTelephone,
  type Contact,
  lastRank,
  type NumberCheck,
  type Telephone,
  telephoneDigits,
  UnitKind,
  type UnitRow,
  type WrongReport,
} from '../../contract/index.ts'
import type { Reads, Store } from '../../store/types.ts'

type UnitSql = Omit<UnitRow, 'covers' | 'wrong' | 'isSample' | 'wrongContacts' | 'contacts'> & {
  covers: string | null
  wrong: string | null
  verifiedNumber: string | null
  isSample: number | null
}
type ContactSql = Omit<Contact, 'telephones' | 'isSample'> & { telephones: string | null; checks: string | null; isSample: number | null }

const unitColumns = `u.id, u.code, coalesce(u.name, '') AS name, u.superior, coalesce(u.kind, 'other') AS kind, u.covers, u.dutyTelephone, u.dutyTelephoneVerifiedAt, u.dutyTelephoneVerifiedNumber AS verifiedNumber,
  coalesce((SELECT a.name FROM accounts a WHERE a.id = u.dutyTelephoneVerifiedBy), '') AS dutyTelephoneVerifiedByName, u.dutyTelephoneWrong AS wrong,
  coalesce(u.rank, ${lastRank}) AS rank, coalesce(u.address, '') AS address, coalesce(u.note, '') AS note, u.source, u.isSample`
const contactColumns = `c.id, c.unit, c.unitName, coalesce(c.post, '') AS post, coalesce(c.name, '') AS name, c.telephones, c.checks, coalesce(c.rank, ${lastRank}) AS rank, coalesce(c.note, '') AS note, c.source, c.isSample`

/** A check as it is stored, with the number that it is about. */
export type StoredCheck = NumberCheck & { number: string }

export type PlainUnit = Omit<UnitRow, 'contacts' | 'wrongContacts'>

export class ContactsRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async units(reads: Reads = this.#store): Promise<PlainUnit[]> {
    return (
      await reads.all<UnitSql>(`SELECT ${unitColumns} FROM units u WHERE u._deleted = 0 ORDER BY coalesce(u.rank, ${lastRank}), u.code, u.name`)
    ).map(unitOf)
  }

  async unit(id: string, reads: Reads = this.#store): Promise<PlainUnit | null> {
    const row = await reads.get<UnitSql>(`SELECT ${unitColumns} FROM units u WHERE u.id = ? AND u._deleted = 0`, [id])
    return row === null ? null : unitOf(row)
  }

  async contacts(reads: Reads = this.#store): Promise<Contact[]> {
    return (
      await reads.all<ContactSql>(`SELECT ${contactColumns} FROM contacts c WHERE c._deleted = 0 ORDER BY coalesce(c.rank, ${lastRank}), c.key`)
    ).map(contactOf)
  }

  async contact(id: string, reads: Reads = this.#store): Promise<Contact | null> {
    const row = await reads.get<ContactSql>(`SELECT ${contactColumns} FROM contacts c WHERE c.id = ? AND c._deleted = 0`, [id])
    return row === null ? null : contactOf(row)
  }

  /** Whether the id was ever used, deleted or not. */
  async isKnown(dataset: 'units' | 'contacts' | 'calls', id: string, reads: Reads): Promise<boolean> {
    return (await reads.get(`SELECT 1 AS found FROM ${dataset} WHERE id = ?`, [id])) !== null
  }
}

function unitOf({ covers, wrong, verifiedNumber, isSample, ...row }: UnitSql): PlainUnit {
  const report = json<WrongReport & { number: string }>(wrong)
  const isVerified = isSameNumber(verifiedNumber, row.dutyTelephone)
  return {
    ...row,
    kind: UnitKind.options.find((kind) => kind === row.kind) ?? 'other',
    covers: json<string[]>(covers) ?? [],
    dutyTelephoneVerifiedAt: isVerified ? row.dutyTelephoneVerifiedAt : null,
    dutyTelephoneVerifiedByName: isVerified ? row.dutyTelephoneVerifiedByName : '',
    wrong:
      report !== null && isSameNumber(report.number, row.dutyTelephone)
        ? { at: report.at, by: report.by, byName: report.byName, words: report.words }
        : null,
    isSample: isSample === 1,
  }
}

function contactOf({ telephones, checks, isSample, ...row }: ContactSql): Contact {
  const known = json<StoredCheck[]>(checks) ?? []
  const checked = (json<Telephone[]>(telephones) ?? []).map(({ kind, number }): CheckedTelephone => {
    const check = known.find((one) => isSameNumber(one.number, number))
    return { kind, number, verifiedAt: check?.verifiedAt ?? null, verifiedByName: check?.verifiedByName ?? '', wrong: check?.wrong ?? null }
  })
  return { ...row, telephones: checked, isSample: isSample === 1 }
}

/** Whatever stands between the digits. */
export function isSameNumber(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && telephoneDigits(one) === telephoneDigits(other)
}

function json<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T | null)
}
