// What counts as a record that can say where it came from: who may read it, and which rows of other datasets are parts of it.
import type { Permission } from '../../contract/index.ts'

export interface RecordKind {
  /** Whoever may read the record may know where it came from. */
  read: Permission
  /** Ids of its rows in other datasets, by dataset; `?2` is the record's id. Each walks an index. */
  parts?: Record<string, string>
  /** The file it was read from, where the import itself does not name it: `fileName`, `arrival` of the act. */
  file?: string
}

const byColumn = (dataset: string, column: string) => `SELECT id FROM ${dataset} WHERE ${column} = ?2`

export const records: Readonly<Record<string, RecordKind>> = {
  accounts: { read: 'accounts.read', parts: { grants: byColumn('grants', 'account') } },
  calls: { read: 'contacts.read' },
  cameraAlarms: { read: 'cameras.read' },
  cameraAlarmSources: { read: 'cameras.read' },
  cameraCertificates: { read: 'cameras.read' },
  cameraPlatforms: { read: 'cameras.read' },
  cameras: { read: 'cameras.read' },
  clockRules: { read: 'clocks.read' },
  clockSettings: { read: 'clocks.read' },
  codeTables: { read: 'incidents.read' },
  conferences: {
    read: 'conference.read',
    parts: {
      conferenceInvitations: byColumn('conferenceInvitations', 'conference'),
      conferenceAttendance: byColumn('conferenceAttendance', 'conference'),
      conferenceHosts: byColumn('conferenceHosts', 'conference'),
      conferenceRecordings: byColumn('conferenceRecordings', 'conference'),
      conferenceRollCalls: byColumn('conferenceRollCalls', 'conference'),
    },
  },
  contacts: { read: 'contacts.read' },
  documentTemplates: { read: 'reports.read' },
  deviceTemplates: { read: 'wall.read' },
  displayDevices: { read: 'wall.read' },
  drawings: { read: 'layers.read' },
  dutyHandovers: { read: 'duty.read', parts: { dutyHandoverMatters: byColumn('dutyHandoverMatters', 'handover') } },
  dutyHolidays: { read: 'duty.read' },
  dutyLog: { read: 'duty.read', parts: { dutyLogCorrections: byColumn('dutyLogCorrections', 'line') } },
  dutyNotes: { read: 'duty.read' },
  dutyRoster: { read: 'duty.read' },
  dutyShifts: { read: 'duty.read' },
  dutyWatches: { read: 'duty.read' },
  eventTypes: { read: 'incidents.read' },
  // Everything that is told of an incident has the incident as its subject.
  incidents: { read: 'incidents.read' },
  instructions: {
    read: 'instructions.read',
    parts: { instructionFeedback: byColumn('instructionFeedback', 'instruction'), instructionPhotos: byColumn('instructionPhotos', 'instruction') },
  },
  layers: { read: 'layers.read' },
  packs: { read: 'packs.read' },
  plans: {
    read: 'plans.read',
    parts: { planVersions: byColumn('planVersions', 'plan') },
    file: 'SELECT fileName, _entry AS arrival FROM planVersions WHERE plan = ?2 AND _deleted = 0 ORDER BY number DESC LIMIT 1',
  },
  receivedReports: { read: 'reports.read' },
  reports: {
    read: 'reports.read',
    parts: {
      reportFields: byColumn('reportFields', 'report'),
      reportSteps: byColumn('reportSteps', 'report'),
      reportSends: byColumn('reportSends', 'report'),
      reportReceipts: 'SELECT id FROM reportReceipts WHERE send IN (SELECT id FROM reportSends WHERE report = ?2)',
    },
  },
  resources: { read: 'resources.read', parts: { stockMovements: byColumn('stockMovements', 'resource') } },
  responseTasks: { read: 'plans.read' },
  sceneWeather: { read: 'incidents.read' },
  settings: { read: 'station.read' },
  tasks: { read: 'tasks.read', parts: { taskStates: byColumn('taskStates', 'task') } },
  units: { read: 'contacts.read' },
  wallScenes: { read: 'wall.read' },
  wallSchedules: { read: 'wall.read' },
  wallSwitches: { read: 'wall.read' },
  walls: {
    read: 'wall.read',
    parts: {
      wallScreens: byColumn('wallScreens', 'wall'),
      wallHolds: byColumn('wallHolds', 'wall'),
      wallConfirmations: byColumn('wallConfirmations', 'wall'),
    },
  },
}
