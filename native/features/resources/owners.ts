// Whose a resource is: the centre the ledger names where it is on our line, else ourselves; inside a centre its host decides.
import type { Scope } from '../../contract/index.ts'

/** An entry by its place in its chain. */
export interface EntryPlace {
  station: string
  scope: Scope
  seq: number
}

/** What is needed of the link and the reporting tree; a station by itself has `alone`. */
export interface OwnersPort {
  /** Our own unit, as it stands in scopes. */
  readonly unit: string
  /** Decides for its centre. */
  readonly isHost: boolean
  /** What people call this console. */
  readonly consoleName: string
  /** @returns the unit of that name as it stands in scopes; null = the tree has none, or several */
  unitNamed(name: string): string | null
  nameOf(unit: string): string
  /** Whether somebody who decides for the unit is known and a line leads there. */
  canAsk(unit: string): boolean
  way(unit: string): 'centre' | 'above' | 'below' | null
  /** Never throws, holds nobody up: sends the entry past everything that waits. */
  ask(entry: EntryPlace, unit: string): Promise<boolean>
}

export function alone(unit: string): OwnersPort {
  return {
    unit,
    isHost: true,
    consoleName: '',
    unitNamed: () => null,
    nameOf: (of) => of,
    canAsk: () => false,
    way: () => null,
    ask: () => Promise.resolve(false),
  }
}

export interface Owner {
  unit: string
  /** Which scope brings our entry to it; undefined = our centre's own. */
  scope: Scope | undefined
}

/** @param unitWords what the ledger says of whose it is @returns null = we decide ourselves */
export function ownerOf(unitWords: string | null, port: OwnersPort): Owner | null {
  const named = unitWords === null ? null : port.unitNamed(unitWords.trim())
  const unit = named !== null && named !== port.unit && port.canAsk(named) ? named : port.unit
  if (unit === port.unit) return port.canAsk(unit) ? { unit, scope: undefined } : null
  return { unit, scope: port.way(unit) === 'above' ? `up:${port.unit}` : `down:${port.unit}` }
}

/** Which scope brings our answer to whoever wrote under `asked`; undefined = our centre's own. */
export function answerScope(asked: Scope, ours: string): Scope | undefined {
  if (asked.startsWith('up:')) return `down:${ours}`
  return asked.startsWith('down:') ? `up:${ours}` : undefined
}
