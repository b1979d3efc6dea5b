// Every dataset of the program, gathered from its features.
import { accountDatasets } from './accounts.ts'
import { areaDatasets } from './areas.ts'
import { cameraAlarmDatasets } from './camera-alarms.ts'
import { cameraCertificateDatasets } from './camera-certificates.ts'
import { cameraDatasets } from './cameras.ts'
import { clockDatasets } from './clocks.ts'
import { conferenceDatasets } from './conference.ts'
import { contactDatasets } from './contacts.ts'
import type { Datasets } from './dataset.ts'
import { dutyDatasets } from './duty.ts'
import { importDatasets } from './imports.ts'
import { incidentDatasets } from './incidents.ts'
import { instructionDatasets } from './instructions.ts'
import { layerDatasets } from './layers.ts'
import { linkDatasets } from './link.ts'
import { numberDatasets } from './numbers.ts'
import { packDatasets } from './packs.ts'
import { planDatasets } from './plans.ts'
import { reportDatasets } from './reports.ts'
import { resourceDatasets } from './resources.ts'
import { sceneWeatherDatasets } from './scene-weather.ts'
import { responseDatasets } from './responses.ts'
import { stationDatasets } from './station.ts'
import { taskDatasets } from './tasks.ts'
import { wallDatasets } from './wall.ts'

export const datasets: Datasets = {
  ...accountDatasets,
  ...areaDatasets,
  ...cameraDatasets,
  ...cameraAlarmDatasets,
  ...cameraCertificateDatasets,
  ...clockDatasets,
  ...conferenceDatasets,
  ...contactDatasets,
  ...dutyDatasets,
  ...importDatasets,
  ...incidentDatasets,
  ...instructionDatasets,
  ...layerDatasets,
  ...linkDatasets,
  ...numberDatasets,
  ...packDatasets,
  ...planDatasets,
  ...reportDatasets,
  ...resourceDatasets,
  ...responseDatasets,
  ...sceneWeatherDatasets,
  ...stationDatasets,
  ...taskDatasets,
  ...wallDatasets,
}
