// Every derived table of the features, for those who make them again without starting the station.
import { areaBoundaryProjection } from './features/areas/areas.projection.ts'
import { planSearchProjection } from './features/plans/plans.projection.ts'
import { resourceProjection } from './features/resources/resources.projection.ts'
import type { Projection } from './journal/types.ts'

export const projections: readonly Projection[] = [areaBoundaryProjection, planSearchProjection, resourceProjection]
