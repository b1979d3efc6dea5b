// Reads units and contacts from their projected tables; keeps what is being typed.
import type { Contact, ContactDraft, Telephone, UnitRow, WrongNumber } from '../../contract/index.ts'
import { UnitKind } from '../../contract/index.ts'
import type { Reads, Store } from '../../store/types.ts'

type UnitSql = Omit<UnitRow, 'covers' | 'wrong' | 'isSample' | 'wrongContacts' | 'contacts'> & {
  covers: string | null
  wrong: string | null
  isSample: number | null
}
type ContactSql = Omit<Contact, 'telephones' | 'wrong' | 'isSample'> & { telephones: string | null; wrong: string | null; isSample: number | null }

const nameSql = (column: string) => `coalesce((SELECT a.name FROM accounts a WHERE a.id = ${column}), '')`
const unitColumns = `u.id, u.code, coalesce(u.name, '') AS name, u.superior, coalesce(u.kind, 'other') AS kind, u.covers, u.dutyTelephone, u.dutyTelephoneVerifiedAt,
  ${nameSql('u.dutyTelephoneVerifiedBy')} AS dutyTelephoneVerifiedByName, u.dutyTelephoneWrong AS wrong, coalesce(u.rank, 9999) AS rank, coalesce(u.address, '') AS address, coalesce(u.note, '') AS note, u.isSample`
const contactColumns = `c.id, c.unit, c.unitName, coalesce(c.post, '') AS post, coalesce(c.name, '') AS name, c.telephones, coalesce(c.rank, 9999) AS rank, c.verifiedAt,
  ${nameSql('c.verifiedBy')} AS verifiedByName, c.wrong, coalesce(c.note, '') AS note, c.source, c.isSample`

export type PlainUnit = Omit<UnitRow, 'contacts' | 'wrongContacts'>

export class ContactsRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async units(reads: Reads = this.#store): Promise<PlainUnit[]> {
    return (await reads.all<UnitSql>(`SELECT ${unitColumns} FROM units u WHERE u._deleted = 0 ORDER BY coalesce(u.rank, 9999), u.code, u.name`)).map(
      unitOf,
    )
  }

  async unit(id: string, reads: Reads = this.#store): Promise<PlainUnit | null> {
    const row = await reads.get<UnitSql>(`SELECT ${unitColumns} FROM units u WHERE u.id = ? AND u._deleted = 0`, [id])
    return row === null ? null : unitOf(row)
  }

  async contacts(reads: Reads = this.#store): Promise<Contact[]> {
    return (await reads.all<ContactSql>(`SELECT ${contactColumns} FROM contacts c WHERE c._deleted = 0 ORDER BY coalesce(c.rank, 9999), c.key`)).map(
      contactOf,
    )
  }

  async contact(id: string, reads: Reads = this.#store): Promise<Contact | null> {
    const row = await reads.get<ContactSql>(`SELECT ${contactColumns} FROM contacts c WHERE c.id = ? AND c._deleted = 0`, [id])
    return row === null ? null : contactOf(row)
  }

  /** Whether the id was ever used, deleted or not. */
  async isKnown(dataset: 'units' | 'contacts' | 'calls', id: string, reads: Reads): Promise<boolean> {
    return (await reads.get(`SELECT 1 AS found FROM ${dataset} WHERE id = ?`, [id])) !== null
  }

  async saveDraft(draft: { account: string; key: string; body: unknown; updatedAt: number }): Promise<void> {
    await this.#store.write((tx) =>
      tx.run(
        'INSERT INTO contact_drafts (account, draft, body, updatedAt) VALUES (?, ?, ?, ?) ON CONFLICT (account, draft) DO UPDATE SET body = excluded.body, updatedAt = excluded.updatedAt',
        [draft.account, draft.key, JSON.stringify(draft.body), draft.updatedAt],
      ),
    )
  }

  async dropDraft(account: string, key: string): Promise<void> {
    await this.#store.write((tx) => tx.run('DELETE FROM contact_drafts WHERE account = ? AND draft = ?', [account, key]))
  }

  async drafts(account: string): Promise<ContactDraft[]> {
    const rows = await this.#store.all<{ key: string; body: string; updatedAt: number }>(
      'SELECT draft AS key, body, updatedAt FROM contact_drafts WHERE account = ? ORDER BY updatedAt DESC LIMIT 100',
      [account],
    )
    return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }))
  }
}

function unitOf({ covers, wrong, isSample, ...row }: UnitSql): PlainUnit {
  return {
    ...row,
    kind: UnitKind.options.find((kind) => kind === row.kind) ?? 'other',
    covers: json<string[]>(covers) ?? [],
    wrong: json<WrongNumber>(wrong),
    isSample: isSample === 1,
  }
}

function contactOf({ telephones, wrong, isSample, ...row }: ContactSql): Contact {
  return { ...row, telephones: json<Telephone[]>(telephones) ?? [], wrong: json<WrongNumber[]>(wrong) ?? [], isSample: isSample === 1 }
}

function json<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T | null)
}
