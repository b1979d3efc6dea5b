// Which columns of which records are to be erased: what was found at first, then what the administrator ticks. Pure.
import type { ErasePersonal, PersonalRow } from '../../../native/contract/index.ts'

export type Choice = Record<string, string[]>

const keyOf = (row: PersonalRow) => `${row.dataset}/${row.row}`

/** What was looked for; of a record that was named, its names and numbers, not its long words. */
export function firstChoice(rows: readonly PersonalRow[], named: string | null): Choice {
  return Object.fromEntries(
    rows.map((row) => {
      const isNamed = keyOf(row) === named
      const fields = row.fields.filter((field) => field.isHit || (isNamed && !field.isText && (field.excerpt !== null || field.versions > 0)))
      return [keyOf(row), fields.map((field) => field.column)]
    }),
  )
}

/** In the order of the list; records without a chosen column are left out. */
export function chosenRows(rows: readonly PersonalRow[], choice: Choice): ErasePersonal['rows'] {
  return rows.flatMap((row) => {
    const columns = choice[keyOf(row)] ?? []
    return columns.length === 0 ? [] : [{ dataset: row.dataset, row: row.row, columns }]
  })
}
