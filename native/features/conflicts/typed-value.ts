// Whether a third value that a person typed is one its column can hold. Pure.
import { type ColumnType, EpochMs, typeableColumns, type TypedValue, WanglouError } from '../../contract/index.ts'

/** @returns the value to write; an empty text is known absent. Throws STATE_NOT_ALLOWED where nothing can be typed, INVALID_INPUT for another type. */
export function typedValue(type: ColumnType | null, value: TypedValue['value']): TypedValue['value'] {
  if (type === null || !typeableColumns.includes(type)) throw new WanglouError('STATE_NOT_ALLOWED')
  if (value === null || value === '') return null
  if (!fits(type, value)) throw new WanglouError('INVALID_INPUT')
  return value
}

function fits(type: ColumnType, value: string | number | boolean): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isSafeInteger(value)
    case 'real':
      return Number.isFinite(value)
    case 'at':
      return EpochMs.safeParse(value).success
    default:
      return false
  }
}
