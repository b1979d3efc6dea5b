// The tree of units as lines of a list: which are open, how deep each lies, what a key does. Pure.
import { dayMs } from '../../ui/time-words.ts'
import type { EpochMs, Id, UnitRow } from '../../../native/contract/index.ts'

/** In the address where a unit's id would stand: the people whose unit is none of the tree. */
export const homeless = 'homeless'

export interface TreeLine {
  unit: UnitRow
  depth: number
  /** Units report to it. */
  hasBelow: boolean
  isOpen: boolean
}

export function superiorsOf(units: readonly UnitRow[], id: Id | null): UnitRow[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const found: UnitRow[] = []
  for (let unit = byId.get(id ?? ''); unit !== undefined && !found.includes(unit); unit = byId.get(unit.superior ?? '')) found.push(unit)
  return found.slice(1)
}

/** In view: roots, and what lies below each open unit. A superior that is not there makes a root; so does one unit of a loop. */
export function treeLines(units: readonly UnitRow[], open: ReadonlySet<Id>): TreeLine[] {
  const known = new Set(units.map((unit) => unit.id))
  const below = Map.groupBy(units, (unit) => (unit.superior !== null && known.has(unit.superior) ? unit.superior : null))
  const reached = new Set<Id>()
  const lines: TreeLine[] = []
  const visit = (unit: UnitRow, depth: number, isShown: boolean) => {
    if (reached.has(unit.id)) return
    reached.add(unit.id)
    const children = below.get(unit.id) ?? []
    const isOpen = open.has(unit.id)
    if (isShown) lines.push({ unit, depth, hasBelow: children.length > 0, isOpen })
    for (const child of children) visit(child, depth + 1, isShown && isOpen)
  }
  for (const root of below.get(null) ?? []) visit(root, 0, true)
  // What nothing leads to is a loop: one of its units stands in for a root.
  for (const unit of units) visit(unit, 0, true)
  return lines
}

/** The unit and everything below it. */
export function branchOf(units: readonly UnitRow[], id: Id): Set<Id> {
  const below = Map.groupBy(units, (unit) => unit.superior)
  const found = new Set<Id>()
  const waiting = [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    waiting.push(...(below.get(next) ?? []).map((unit) => unit.id))
  }
  return found
}

/** What an arrow does in the tree; null = the key is none of its own. */
export function treeKey(key: string, lines: readonly TreeLine[], at: number): { to: number } | { open: Id } | { shut: Id } | null {
  const line = lines[at]
  if (line === undefined) return null
  if (key === 'ArrowRight' && line.hasBelow) return line.isOpen ? { to: at + 1 } : { open: line.unit.id }
  if (key === 'ArrowLeft') {
    if (line.isOpen && line.hasBelow) return { shut: line.unit.id }
    const above = lines.findLastIndex((one, index) => index < at && one.depth < line.depth)
    return above === -1 ? null : { to: above }
  }
  return null
}

/** Never verified, or longer ago than the centre allows. */
export function isStale(verifiedAt: EpochMs | null, staleAfterDays: number, now: EpochMs): boolean {
  return verifiedAt === null || now - verifiedAt > staleAfterDays * dayMs
}

/** A duty telephone that nobody can rest on: none, stale, or found wrong. */
export function doubtOf(unit: UnitRow, staleAfterDays: number, now: EpochMs): 'wrong' | 'none' | 'stale' | null {
  if (unit.wrong !== null) return 'wrong'
  if (unit.dutyTelephone === null) return 'none'
  return isStale(unit.dutyTelephoneVerifiedAt, staleAfterDays, now) ? 'stale' : null
}
