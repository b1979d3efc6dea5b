// Acts on the tree of units: a new one, a change, another superior, an end; never a loop.
import { type ActingPerson, type AddUnitInput, type ChangeUnitInput, type UnitFields, WanglouError } from '../../contract/index.ts'
import type { Journal, RowWrite } from '../../journal/types.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import { mustHaveSeen } from '../../kernel/unseen.ts'
import type { Reads } from '../../store/types.ts'
import type { Book } from './book.ts'
import type { ContactsRepository, PlainUnit } from './contacts.repository.ts'
import { said } from './contacts.service.ts'
import { Tree } from './tree.ts'

export class UnitsService {
  readonly #journal: Journal
  readonly #repository: ContactsRepository
  readonly #book: Book

  constructor(options: { journal: Journal; repository: ContactsRepository; book: Book }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#book = options.book
  }

  /** @throws WanglouError DUPLICATE (of that name under the same superior, or the id is taken), NOT_FOUND (the superior), CLASSIFIED_MARKING */
  async add(input: AddUnitInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { id, ...fields } = input
    await this.#journal.write({
      actor: by.account,
      action: 'contacts.addUnit',
      subject: { dataset: 'units', row: id },
      rows: [{ dataset: 'units', row: id, set: { ...cells(fields), source: null, sourceKey: null, isSample: false } }],
      check: async (tx) => {
        if (await this.#repository.isKnown('units', id, tx)) throw new WanglouError('DUPLICATE', { name: fields.name })
        await this.#mustFit(tx, id, fields)
      },
    })
    this.#book.forget()
  }

  /** @throws WanglouError NOT_FOUND, CONFLICT, DUPLICATE, STATE_NOT_ALLOWED (a loop) */
  async change({ id, set, seen }: ChangeUnitInput, by: ActingPerson): Promise<void> {
    refuseMarked(set)
    await this.#journal.write({
      actor: by.account,
      action: set.superior === undefined ? 'contacts.changeUnit' : 'contacts.moveUnit',
      subject: { dataset: 'units', row: id },
      rows: [{ dataset: 'units', row: id, set: cells(set) }],
      check: async (tx) => {
        const present = await this.#present(id, tx)
        mustHaveSeen(present, { set, seen })
        await this.#mustFit(tx, id, { ...present, ...set })
      },
    })
    this.#book.forget()
  }

  /** Takes its contacts along. @throws WanglouError NOT_FOUND, STATE_NOT_ALLOWED {units} while units report to it */
  async remove(id: string, by: ActingPerson): Promise<void> {
    const { tree, byUnit } = await this.#book.pages()
    const below = tree.units.filter((unit) => unit.superior === id)
    if (below.length > 0) throw new WanglouError('STATE_NOT_ALLOWED', { units: below.length })
    await this.#journal.write({
      actor: by.account,
      action: 'contacts.removeUnit',
      subject: { dataset: 'units', row: id },
      rows: [],
      deletes: [{ dataset: 'units', row: id }, ...(byUnit.get(id) ?? []).map((contact) => ({ dataset: 'contacts', row: contact.id }))],
      check: async (tx) => {
        await this.#present(id, tx)
        if ((await tx.get('SELECT 1 AS found FROM units WHERE superior = ? AND _deleted = 0', [id])) !== null)
          throw new WanglouError('STATE_NOT_ALLOWED', { units: 1 })
      },
    })
    this.#book.forget()
  }

  async #present(id: string, tx: Reads): Promise<PlainUnit> {
    const unit = await this.#repository.unit(id, tx)
    if (unit === null) throw new WanglouError('NOT_FOUND', { unit: id })
    return unit
  }

  async #mustFit(tx: Reads, id: string, fields: Pick<UnitFields, 'name' | 'superior'>): Promise<void> {
    const tree = new Tree(await this.#repository.units(tx))
    if (fields.superior !== null) {
      if (tree.unit(fields.superior) === null) throw new WanglouError('NOT_FOUND', { unit: fields.superior })
      if (tree.wouldLoop(id, fields.superior)) throw new WanglouError('STATE_NOT_ALLOWED', { loop: true })
    }
    const name = fields.name.trim()
    if (tree.units.some((unit) => unit.id !== id && unit.name === name && unit.superior === fields.superior))
      throw new WanglouError('DUPLICATE', { name })
  }
}

function cells(fields: Partial<UnitFields>): RowWrite['set'] {
  return fields.name === undefined ? said(fields) : { ...said(fields), name: fields.name.trim() }
}
