// Two consoles on one record: whoever saves must have seen what stands there, cell by cell of what she changes.
import { WanglouError } from '../../contract/index.ts'

/** @throws WanglouError CONFLICT {field} when a cell to be set is no longer as it was when the form was opened */
export function mustHaveSeen(present: object, change: { set: object; seen: object }): void {
  const [now, seen] = [new Map(Object.entries(present)), new Map(Object.entries(change.seen))]
  for (const [field, value] of Object.entries(change.set)) {
    const [there, wanted] = [JSON.stringify(now.get(field) ?? null), JSON.stringify(value)]
    if (there !== wanted && there !== JSON.stringify(seen.get(field) ?? null)) throw new WanglouError('CONFLICT', { field })
  }
}
