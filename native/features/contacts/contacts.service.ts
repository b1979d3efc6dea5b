// Acts on the 通讯录: a contact added, changed, taken out; a number verified or reported wrong, in one key each.
import {
  type ActingPerson,
  type AddContactInput,
  type ChangeContactInput,
  type Contact,
  type NumberRef,
  type Telephone,
  WanglouError,
  type WrongReport,
} from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { mustHaveSeen } from '../../kernel/unseen.ts'
import type { Reads } from '../../store/types.ts'
import type { Book } from './book.ts'
import { type ContactsRepository, isSameNumber, type StoredCheck } from './contacts.repository.ts'

/** Tries of an act that another's overtook. */
const attempts = 5

interface Mark {
  action: string
  /** What is to be said of the number; null = nothing wrong with it. */
  wrong: WrongReport | null
  /** Epoch ms; null = as it was. */
  verifiedAt: number | null
}

export class ContactsService {
  readonly #journal: Journal
  readonly #repository: ContactsRepository
  readonly #book: Book
  readonly #now: () => number

  constructor(options: { journal: Journal; repository: ContactsRepository; book: Book; now: () => number }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#book = options.book
    this.#now = options.now
  }

  /** @throws WanglouError INVALID_INPUT (neither post nor name), NOT_FOUND (the unit), DUPLICATE (the id is taken), CLASSIFIED_MARKING */
  async add({ id, ...fields }: AddContactInput, by: ActingPerson): Promise<void> {
    refuseMarked(fields)
    mustSaySomething(fields)
    const unitName = fields.unit === null ? null : ((await this.#repository.unit(fields.unit))?.name ?? null)
    await this.#write({
      actor: by.account,
      action: 'contacts.add',
      subject: { dataset: 'contacts', row: id },
      rows: [{ dataset: 'contacts', row: id, set: { ...fields, unitName, checks: null, source: null, sourceKey: null, isSample: false } }],
      check: async (tx) => {
        if (await this.#repository.isKnown('contacts', id, tx)) throw new WanglouError('DUPLICATE', { contact: id })
        await this.#unitMustBe(tx, fields.unit)
      },
    })
  }

  /** @throws WanglouError NOT_FOUND, CONFLICT (another has changed it since the form was opened), INVALID_INPUT, CLASSIFIED_MARKING */
  async change({ id, set, seen }: ChangeContactInput, by: ActingPerson): Promise<void> {
    refuseMarked(set)
    const named = typeof set.unit === 'string' ? { unitName: (await this.#repository.unit(set.unit))?.name ?? null } : {}
    await this.#write({
      actor: by.account,
      action: 'contacts.change',
      subject: { dataset: 'contacts', row: id },
      rows: [{ dataset: 'contacts', row: id, set: said({ ...set, ...named }) }],
      check: async (tx) => {
        const present = await this.#present(id, tx)
        mustHaveSeen({ ...present, telephones: present.telephones.map(({ kind, number }): Telephone => ({ kind, number })) }, { set, seen })
        mustSaySomething({ ...present, ...set })
        if (set.unit !== undefined) await this.#unitMustBe(tx, set.unit)
      },
    })
  }

  /** @throws WanglouError NOT_FOUND */
  async remove(id: string, by: ActingPerson): Promise<void> {
    await this.#write({
      actor: by.account,
      action: 'contacts.remove',
      subject: { dataset: 'contacts', row: id },
      rows: [],
      deletes: [{ dataset: 'contacts', row: id }],
      check: async (tx) => void (await this.#present(id, tx)),
    })
  }

  /** Somebody has reached them under it: it is verified from now on, and wrong no more. @throws WanglouError NOT_FOUND (no such number there) */
  verify(which: NumberRef, by: ActingPerson): Promise<void> {
    return this.#mark(which, by, { action: 'contacts.verify', wrong: null, verifiedAt: this.#now() })
  }

  /** 号码有误. Said twice it keeps who said it first. */
  reportWrong(which: NumberRef, words: string, by: ActingPerson): Promise<void> {
    refuseMarked(words)
    const wrong = { at: this.#now(), by: by.account, byName: by.name, words: words.trim() }
    return this.#mark(which, by, { action: 'contacts.reportWrong', wrong, verifiedAt: null })
  }

  /** The report was a mistake. */
  clearWrong(which: NumberRef, by: ActingPerson): Promise<void> {
    return this.#mark(which, by, { action: 'contacts.clearWrong', wrong: null, verifiedAt: null })
  }

  /** What is known of a contact's numbers is one cell: whoever was overtaken while writing looks again. */
  async #mark(which: NumberRef, by: ActingPerson, mark: Mark): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#write('unit' in which ? await this.#unitMark(which.unit, by, mark) : await this.#contactMark(which, by, mark))
        return
      } catch (error) {
        if (attempt === attempts || !(error instanceof WanglouError) || error.code !== 'CONFLICT') throw error
      }
    }
  }

  async #unitMark(id: string, by: ActingPerson, { action, wrong, verifiedAt }: Mark): Promise<Act> {
    const unit = await this.#repository.unit(id)
    if (unit === null || unit.dutyTelephone === null) throw new WanglouError('NOT_FOUND', { unit: id })
    const number = unit.dutyTelephone
    const verified: RowWrite['set'] =
      verifiedAt === null ? {} : { dutyTelephoneVerifiedAt: verifiedAt, dutyTelephoneVerifiedBy: by.account, dutyTelephoneVerifiedNumber: number }
    const row = { dataset: 'units', row: id, set: { dutyTelephoneWrong: wrong === null ? null : { number, ...(unit.wrong ?? wrong) }, ...verified } }
    return {
      actor: by.account,
      action,
      subject: { dataset: 'units', row: id },
      rows: [row],
      check: async (tx) => mustBeSame((await this.#repository.unit(id, tx))?.dutyTelephone, number),
    }
  }

  async #contactMark(which: { contact: string; number: string }, by: ActingPerson, { action, wrong, verifiedAt }: Mark): Promise<Act> {
    const { contact: id } = which
    const { telephones } = await this.#present(id)
    if (!telephones.some(({ number }) => isSameNumber(number, which.number))) throw new WanglouError('NOT_FOUND', { contact: id })
    const checks = telephones.flatMap(({ number, ...known }): StoredCheck[] => {
      const check = { number, verifiedAt: known.verifiedAt, verifiedByName: known.verifiedByName, wrong: known.wrong }
      if (!isSameNumber(number, which.number)) return check.verifiedAt === null && check.wrong === null ? [] : [check]
      return [
        {
          ...check,
          ...(verifiedAt === null ? {} : { verifiedAt, verifiedByName: by.name }),
          wrong: wrong === null ? null : (check.wrong ?? wrong),
        },
      ]
    })
    const cell = checks.map((check) => ({ ...check, wrong: check.wrong === null ? null : { ...check.wrong } }))
    return {
      actor: by.account,
      action,
      subject: { dataset: 'contacts', row: id },
      rows: [{ dataset: 'contacts', row: id, set: { checks: cell } }],
      check: async (tx) => mustBeSame((await this.#present(id, tx)).telephones, telephones),
    }
  }

  async #write(act: Act): Promise<void> {
    await this.#journal.write(act)
    this.#book.forget()
  }

  async #present(id: string, reads?: Reads): Promise<Contact> {
    const contact = await this.#repository.contact(id, reads)
    if (contact === null) throw new WanglouError('NOT_FOUND', { contact: id })
    return contact
  }

  async #unitMustBe(tx: Reads, unit: string | null): Promise<void> {
    if (unit !== null && (await this.#repository.unit(unit, tx)) === null) throw new WanglouError('NOT_FOUND', { unit })
  }
}

/** Posts before names, but one of them there must be. */
function mustSaySomething(fields: { post: string; name: string }): void {
  if (fields.post.trim() === '' && fields.name.trim() === '') throw new WanglouError('INVALID_INPUT', { field: 'post' })
}

/** A field left out is not written. */
export function said(fields: object): RowWrite['set'] {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function mustBeSame(now: unknown, before: unknown): void {
  if (JSON.stringify(now) !== JSON.stringify(before)) throw new WanglouError('CONFLICT', { field: 'telephones' })
}
