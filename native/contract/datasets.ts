// Every dataset of the program, gathered from its features.
import { accountDatasets } from './accounts.ts'
import { areaDatasets } from './areas.ts'
import type { Datasets } from './dataset.ts'
import { importDatasets } from './imports.ts'
import { incidentDatasets } from './incidents.ts'
import { layerDatasets } from './layers.ts'
import { numberDatasets } from './numbers.ts'
import { packDatasets } from './packs.ts'
import { planDatasets } from './plans.ts'
import { resourceDatasets } from './resources.ts'
import { responseDatasets } from './responses.ts'
import { stationDatasets } from './station.ts'
import { taskDatasets } from './tasks.ts'

export const datasets: Datasets = {
  ...accountDatasets,
  ...areaDatasets,
  ...importDatasets,
  ...incidentDatasets,
  ...layerDatasets,
  ...numberDatasets,
  ...packDatasets,
  ...planDatasets,
  ...resourceDatasets,
  ...responseDatasets,
  ...stationDatasets,
  ...taskDatasets,
}
