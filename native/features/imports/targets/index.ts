// The targets an import can have.
import type { ImportTargetId } from '../../../contract/index.ts'
import { contactsTarget } from './contacts.ts'
import { resourcesTarget } from './resources.ts'
import { stockTarget } from './stock.ts'
import type { Target } from './target.ts'
import { unitsTarget } from './units.ts'

export const targets: Record<ImportTargetId, Target> = {
  resources: resourcesTarget,
  stock: stockTarget,
  contacts: contactsTarget,
  units: unitsTarget,
}
