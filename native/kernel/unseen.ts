// Two consoles on one record: whoever saves must have seen what stands there, cell by cell of what she changes.
import { WanglouError } from '../contract/index.ts'

const text = (value: unknown) => JSON.stringify(value ?? null)

/** @throws WanglouError CONFLICT {field} when a cell to be set is no longer as it was when the form was opened */
export function mustHaveSeen(present: object, change: { set: object; seen: object }): void {
  const [now, seen] = [new Map(Object.entries(present)), new Map(Object.entries(change.seen))]
  for (const [field, value] of Object.entries(change.set)) {
    const there = text(now.get(field))
    if (there !== text(value) && there !== text(seen.get(field))) throw new WanglouError('CONFLICT', { field })
  }
}

/**
 * Of a form that is sent as a whole, what its person changed: a field left as the form had shown it is nobody's act, whatever stands there by now.
 * @param seen null = nothing had been shown, as to a script: everything is meant
 */
export function changedOf<T extends object>(set: T, seen: object | null): Partial<T> {
  if (seen === null) return set
  const shown = new Map(Object.entries(seen))
  return Object.fromEntries(Object.entries(set).filter(([field, value]) => text(value) !== text(shown.get(field)))) as Partial<T>
}
