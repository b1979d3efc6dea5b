// Acts on the 通讯录: a contact added, changed, taken out; a number verified or reported wrong, in one key each.
import {
  type ActingPerson,
  type AddContactInput,
  type CellValue,
  type ChangeContactInput,
  type Contact,
  type NumberRef,
  type Telephone,
  telephoneDigits,
  WanglouError,
  type WrongNumber,
} from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Reads } from '../../store/types.ts'
import type { Book } from './book.ts'
import type { ContactsRepository } from './contacts.repository.ts'
import { mustHaveSeen } from './unseen.ts'

/** Tries of an act that another's overtook. */
const attempts = 5

interface Mark {
  action: string
  /** What is to be said of the number; null = nothing wrong with it. */
  wrong: Omit<WrongNumber, 'number'> | null
  isVerified: boolean
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
    await this.#write({
      actor: by.account,
      action: 'contacts.add',
      subject: { dataset: 'contacts', row: id },
      rows: [
        {
          dataset: 'contacts',
          row: id,
          set: { ...fields, unitName: null, verifiedAt: null, verifiedBy: null, wrong: null, source: null, sourceKey: null, isSample: false },
        },
      ],
      check: async (tx) => {
        if (await this.#repository.isKnown('contacts', id, tx)) throw new WanglouError('DUPLICATE', { name: fields.name })
        await this.#unitMustBe(tx, fields.unit)
      },
    })
  }

  /** A number that is no longer hers is no longer reported wrong either; a new one makes the whole line unverified. @throws WanglouError NOT_FOUND, CONFLICT */
  async change({ id, set, seen }: ChangeContactInput, by: ActingPerson): Promise<void> {
    refuseMarked(set)
    const before = await this.#present(id)
    await this.#write({
      actor: by.account,
      action: 'contacts.change',
      subject: { dataset: 'contacts', row: id },
      rows: [{ dataset: 'contacts', row: id, set: { ...set, ...consequences(before, set.telephones) } }],
      check: async (tx) => {
        const present = await this.#present(id, tx)
        mustHaveSeen(present, { set, seen })
        if (set.telephones !== undefined) mustBeSame(present.wrong, before.wrong)
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

  /** Somebody has reached them under it: it is verified from now on, and wrong no more. */
  verify(which: NumberRef, by: ActingPerson): Promise<void> {
    return this.#mark(which, by, { action: 'contacts.verify', wrong: null, isVerified: true })
  }

  /** 号码有误. Said twice it keeps who said it first. @throws WanglouError NOT_FOUND (no such number there) */
  reportWrong(which: NumberRef, words: string, by: ActingPerson): Promise<void> {
    refuseMarked(words)
    const wrong = { at: this.#now(), by: by.account, byName: by.name, words: words.trim() }
    return this.#mark(which, by, { action: 'contacts.reportWrong', wrong, isVerified: false })
  }

  /** The report was a mistake. */
  clearWrong(which: NumberRef, by: ActingPerson): Promise<void> {
    return this.#mark(which, by, { action: 'contacts.clearWrong', wrong: null, isVerified: false })
  }

  /** What is reported wrong of one contact is one cell: whoever was overtaken while writing looks again. */
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

  async #unitMark(id: string, by: ActingPerson, mark: Mark): Promise<Act> {
    const unit = await this.#repository.unit(id)
    if (unit === null || unit.dutyTelephone === null) throw new WanglouError('NOT_FOUND', { unit: id })
    const wrong = mark.wrong === null ? null : (unit.wrong ?? { ...mark.wrong, number: unit.dutyTelephone })
    const verified: RowWrite['set'] = mark.isVerified ? { dutyTelephoneVerifiedAt: this.#now(), dutyTelephoneVerifiedBy: by.account } : {}
    const row = { dataset: 'units', row: id, set: { dutyTelephoneWrong: wrong === null ? null : { ...wrong }, ...verified } }
    return {
      actor: by.account,
      action: mark.action,
      subject: { dataset: 'units', row: id },
      rows: [row],
      check: async (tx) => mustBeSame((await this.#repository.unit(id, tx))?.dutyTelephone, unit.dutyTelephone),
    }
  }

  async #contactMark(which: { contact: string; number: string }, by: ActingPerson, mark: Mark): Promise<Act> {
    const { contact: id } = which
    const contact = await this.#present(id)
    const digits = telephoneDigits(which.number)
    const telephone = contact.telephones.find(({ number }) => telephoneDigits(number) === digits)
    if (telephone === undefined) throw new WanglouError('NOT_FOUND', { contact: id })
    const known = contact.wrong.find(({ number }) => telephoneDigits(number) === digits)
    const others = contact.wrong.filter((one) => one !== known)
    const wrong = mark.wrong === null ? others : [...others, known ?? { ...mark.wrong, number: telephone.number }]
    const verified: RowWrite['set'] = mark.isVerified ? { verifiedAt: this.#now(), verifiedBy: by.account } : {}
    return {
      actor: by.account,
      action: mark.action,
      subject: { dataset: 'contacts', row: id },
      rows: [{ dataset: 'contacts', row: id, set: { wrong: wrongCell(wrong), ...verified } }],
      check: async (tx) => mustBeSame((await this.#present(id, tx)).wrong, contact.wrong),
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

function consequences(before: Contact, telephones: Telephone[] | undefined): RowWrite['set'] {
  if (telephones === undefined) return {}
  const kept = new Set(telephones.map(({ number }) => telephoneDigits(number)))
  const had = new Set(before.telephones.map(({ number }) => telephoneDigits(number)))
  const wrong = before.wrong.filter(({ number }) => kept.has(telephoneDigits(number)))
  const isNew = [...kept].some((digits) => !had.has(digits))
  return { wrong: wrongCell(wrong), ...(isNew ? { verifiedAt: null, verifiedBy: null } : {}) }
}

function wrongCell(wrong: readonly WrongNumber[]): CellValue {
  return wrong.length === 0 ? null : wrong.map((one) => ({ ...one }))
}

function mustBeSame(now: unknown, before: unknown): void {
  if (JSON.stringify(now) !== JSON.stringify(before)) throw new WanglouError('CONFLICT', { field: 'wrong' })
}
