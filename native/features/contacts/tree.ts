// The reporting tree (报送关系) as a whole: what is below, what is above, and whom we report to. Pure; a loop somebody imported never hangs it.
import type { Id, RecipientAbove, Unit } from '../../contract/index.ts'

/** Real trees are five or six deep; longer is a loop. */
const deepest = 20

export class Tree<U extends Unit = Unit> {
  readonly units: readonly U[]
  readonly #byId: Map<Id, U>

  constructor(units: readonly U[]) {
    this.units = units
    this.#byId = new Map(units.map((unit) => [unit.id, unit]))
  }

  unit(id: Id | null): U | null {
    return id === null ? null : (this.#byId.get(id) ?? null)
  }

  superiorOf(id: Id): U | null {
    return this.unit(this.unit(id)?.superior ?? null)
  }

  /** From the one directly above to the top. */
  superiors(id: Id): U[] {
    const found: U[] = []
    for (
      let unit = this.superiorOf(id);
      unit !== null && !found.includes(unit) && unit.id !== id && found.length < deepest;
      unit = this.superiorOf(unit.id)
    )
      found.push(unit)
    return found
  }

  /** The unit itself and everything below it. */
  branch(id: Id): Set<Id> {
    const below = Map.groupBy(this.units, (unit) => unit.superior)
    const found = new Set<Id>()
    const waiting = this.unit(id) === null ? [] : [id]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue
      found.add(next)
      waiting.push(...(below.get(next) ?? []).map((unit) => unit.id))
    }
    return found
  }

  /** Whether `superior` as the superior of `unit` would close a loop. */
  wouldLoop(unit: Id, superior: Id): boolean {
    return unit === superior || this.superiors(superior).some((one) => one.id === unit)
  }

  /** 总值班室 of our own level first, then level by level upward: the emergency department and the 总值班室 beside it. */
  recipientsAbove(our: Id): RecipientAbove[] {
    const own = this.unit(our)
    if (own === null) return []
    const beside = (unit: U, steps: number): RecipientAbove[] =>
      this.units
        .filter((one) => one.kind === 'government' && one.id !== our && one.covers.some((code) => unit.covers.includes(code)))
        .map((one) => ({ unit: one, relation: 'government', steps }))
    const above = this.superiors(our).flatMap((unit, index): RecipientAbove[] => [
      { unit, relation: unit.kind === 'government' ? 'government' : 'superior', steps: index + 1 },
      ...beside(unit, index + 1),
    ])
    const all = [...beside(own, 0), ...above]
    return all.filter(({ unit }, index) => all.findIndex((one) => one.unit.id === unit.id) === index)
  }
}
