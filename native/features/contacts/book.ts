// The book as it stands, in memory: the tree, the contacts, the search; forgotten when one of them is written, read again when next asked for.
import { type Contact, EVERYTHING } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { ContactIndex, Readings } from './contact-index.ts'
import type { ContactsRepository, PlainUnit } from './contacts.repository.ts'
import { Tree } from './tree.ts'

interface Pages {
  tree: Tree<PlainUnit>
  contacts: Contact[]
  byUnit: Map<string | null, Contact[]>
  index: () => ContactIndex
}

const read: readonly string[] = ['units', 'contacts', 'accounts', EVERYTHING]

export class Book {
  readonly #repository: ContactsRepository
  readonly #readings = new Readings()
  #pages: Promise<Pages> | null = null
  #unsubscribe: (() => void) | null = null

  constructor(options: { repository: ContactsRepository }) {
    this.#repository = options.repository
  }

  start(journal: Journal): void {
    this.#unsubscribe ??= journal.onChange((changes) => {
      if (changes.some(({ dataset }) => read.includes(dataset))) this.forget()
    })
  }

  stop(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
  }

  /** Whoever has just written calls it, so that its next question sees what it wrote. */
  forget(): void {
    this.#pages = null
  }

  pages(): Promise<Pages> {
    const loading = (this.#pages ??= this.#load())
    loading.catch(() => this.forget())
    return loading
  }

  async tree(): Promise<Tree<PlainUnit>> {
    return (await this.pages()).tree
  }

  async #load(): Promise<Pages> {
    const [units, contacts] = await Promise.all([this.#repository.units(), this.#repository.contacts()])
    const tree = new Tree(units)
    let index: ContactIndex | null = null
    return {
      tree,
      contacts,
      byUnit: Map.groupBy(contacts, (contact) => tree.unit(contact.unit)?.id ?? null),
      index: () => (index ??= new ContactIndex(units, contacts, this.#readings)),
    }
  }
}
