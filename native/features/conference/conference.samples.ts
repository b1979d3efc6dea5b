// Rooms held for a sample incident go with it; a room is never a sample of its own pack.
import type { SampleTable } from '../packs/samples.ts'

const onIncident = { dataset: 'incidents', column: 'incident' }
const onRoom = { dataset: 'conferences', column: 'conference' }

export const conferenceSamples: readonly SampleTable[] = [
  { dataset: 'conferences', isMarked: true, hangsOn: [onIncident] },
  { dataset: 'conferenceInvitations', isMarked: false, hangsOn: [onIncident, onRoom] },
  { dataset: 'conferenceAttendance', isMarked: false, hangsOn: [onIncident, onRoom] },
  { dataset: 'conferenceHosts', isMarked: false, hangsOn: [onIncident, onRoom] },
  { dataset: 'conferenceRecordings', isMarked: false, hangsOn: [onIncident, onRoom] },
  { dataset: 'conferenceRollCalls', isMarked: false, hangsOn: [onIncident, onRoom] },
]
