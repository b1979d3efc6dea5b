// The targets an import can have.
import type { ImportTargetId } from '../../../contract/index.ts'
import { resourcesTarget } from './resources.ts'
import { stockTarget } from './stock.ts'
import type { Target } from './target.ts'

export const targets: Record<ImportTargetId, Target> = { resources: resourcesTarget, stock: stockTarget }
