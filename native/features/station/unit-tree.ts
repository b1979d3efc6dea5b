// The reporting tree (报送关系) in memory: whether a grant over one unit covers another, and who is above whom on the link.
import type { Id } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Store } from '../../store/types.ts'

/** Longer chains than this are a loop somebody typed. */
const deepest = 20

export class UnitTree {
  readonly #store: Store
  readonly #journal: Journal
  #superiors = new Map<Id, Id | null>()
  #linked = new Map<string, string | null>()
  #names = new Map<string, string>()
  #linkNames = new Map<Id, string>()
  #unsubscribe: (() => void) | null = null

  constructor(options: { store: Store; journal: Journal }) {
    this.#store = options.store
    this.#journal = options.journal
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.#reload()
    this.#unsubscribe = this.#journal.onChange((changes) => {
      if (changes.some((change) => change.dataset === 'units')) void this.#reload().catch(onError)
    })
  }

  stop(): void {
    this.#unsubscribe?.()
  }

  /** @returns whether `asked` is below `granted` */
  covers(granted: Id, asked: Id): boolean {
    let unit: Id | null = asked
    for (let depth = 0; unit !== null && depth < deepest; depth += 1) {
      if (unit === granted) return true
      unit = this.#superiors.get(unit) ?? null
    }
    return false
  }

  /** The unit above each, as units stand in scopes: by their code where they have one. */
  get linked(): ReadonlyMap<string, string | null> {
    return this.#linked
  }

  /** @returns the unit as it stands in scopes; null = the tree does not have it */
  linkName(id: Id): string | null {
    return this.#linkNames.get(id) ?? null
  }

  /** @returns the unit of that name as it stands in scopes; null = there is none, or several */
  unitNamed(name: string): string | null {
    const [unit, ...others] = [...this.#names].filter(([, of]) => of === name && name !== '')
    return unit === undefined || others.length > 0 ? null : unit[0]
  }

  /** @param unit as it stands in scopes @returns the unit itself when the tree does not have it */
  nameOf(unit: string): string {
    return this.#names.get(unit) ?? unit
  }

  async #reload(): Promise<void> {
    const rows = await this.#store.all<{ id: Id; code: string | null; name: string | null; superior: Id | null }>(
      'SELECT id, code, name, superior FROM units WHERE _deleted = 0',
    )
    this.#superiors = new Map(rows.map((row) => [row.id, row.superior]))
    const linkNames = new Map(rows.map((row) => [row.id, row.code ?? row.id]))
    this.#linkNames = linkNames
    this.#linked = new Map(rows.map((row) => [row.code ?? row.id, row.superior === null ? null : (linkNames.get(row.superior) ?? null)]))
    this.#names = new Map(rows.map((row) => [row.code ?? row.id, row.name ?? '']))
  }
}
