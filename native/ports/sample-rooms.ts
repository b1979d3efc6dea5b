// Which room reads which file of a sample pack, by the word the pack's manifest names it with.
import type { Contacts } from '../features/contacts/contacts.feature.ts'
import type { Duty } from '../features/duty/duty.feature.ts'
import type { Instructions } from '../features/instructions/instructions.feature.ts'
import type { PacksOptions } from '../features/packs/packs.feature.ts'
import type { Reports } from '../features/reports/reports.feature.ts'

export function sampleRooms(rooms: { contacts: Contacts; duty: Duty; instructions: Instructions; reports: Reports }): PacksOptions['rooms'] {
  const { contacts, duty, instructions, reports } = rooms
  return {
    'contacts.centre': (text, options) => contacts.loadSampleCentre(text, options),
    'duty.roster': (text, options) => duty.loadSample('roster', text, options),
    'duty.holidays': (text, options) => duty.loadSample('holidays', text, options),
    'duty.log': (text, options) => duty.loadSample('log', text, options),
    'duty.handover': (text, options) => duty.loadSample('handover', text, options),
    instructions: (text, options) => instructions.loadSample(text, options),
    reports: (text, options) => reports.loadSample(text, options),
  }
}
