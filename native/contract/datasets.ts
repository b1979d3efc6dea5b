// Every dataset of the program, gathered from its features.
import { accountDatasets } from './accounts.ts'
import type { Datasets } from './dataset.ts'
import { layerDatasets } from './layers.ts'
import { planDatasets } from './plans.ts'
import { responseDatasets } from './responses.ts'
import { stationDatasets } from './station.ts'

export const datasets: Datasets = {
  ...accountDatasets,
  ...layerDatasets,
  ...planDatasets,
  ...responseDatasets,
  ...stationDatasets,
}
