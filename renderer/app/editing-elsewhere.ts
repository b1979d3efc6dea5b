// Which fields of a record other consoles are editing now. Pure.
import type { ConsolePresence } from '../../native/contract/index.ts'

export interface EditingElsewhere {
  /** '' = nobody is signed in there, or the name has not come. */
  who: string
  /** What people call the console; '' = not named. */
  console: string
  column: string
}

/** By who and field, each once: two windows of one person on one field are one hint. */
export function editingElsewhere(consoles: readonly ConsolePresence[], record: { dataset: string; row: string }): EditingElsewhere[] {
  const found = consoles.flatMap(({ isUs, who, name, editing }) =>
    !isUs && editing !== null && editing.dataset === record.dataset && editing.row === record.row
      ? [{ who: who ?? '', console: name, column: editing.column }]
      : [],
  )
  return found.filter(({ who, column }, index) => found.findIndex((one) => one.who === who && one.column === column) === index)
}
