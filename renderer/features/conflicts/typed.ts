// What a person types as a third value, by the type of its column. Pure.
import { type ColumnType, type ConflictItem, DELETED, TYPED_TEXT_LIMIT, typeableColumns, type TypedValue } from '../../../native/contract/index.ts'

/** Whether a third value can be typed: "deleted or not", identities and JSON are chosen among what is there. */
export function canType({ column, type }: Pick<ConflictItem, 'column' | 'type'>): boolean {
  return column !== DELETED && typeableColumns.includes(type)
}

/** @returns the value for the column; null = nothing that it can hold (yet) */
export function readTyped(type: ColumnType, typed: string): NonNullable<TypedValue['value']> | null {
  const word = typed.trim()
  if (word === '') return null
  if (type === 'text') return typed.length <= TYPED_TEXT_LIMIT ? typed : null
  if (type !== 'integer' && type !== 'real') return null
  // Full-width digits are what a Chinese keyboard gives.
  const value = Number(word.normalize('NFKC'))
  return (type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)) ? value : null
}

/** Text of several lines, or long, needs room; Enter is then a new line and Ctrl+Enter writes. */
export function isLong({ heads }: Pick<ConflictItem, 'heads'>): boolean {
  return heads.some(({ value }) => typeof value === 'string' && (value.includes('\n') || value.length > 60))
}
