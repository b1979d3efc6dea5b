// A test station with a small reporting tree: a province, a city with its 总值班室, two counties, one of them a sample.
import type { CentreSettings, ContactFields, Id, RecordCallInput, UnitFields } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { Contacts } from './contacts.feature.ts'

export const officer = { account: '0197a000-0000-7000-8000-000000000001', name: '李值班' }

export interface ContactsStation extends TestStation {
  contacts: Contacts
  settings: CentreSettings
  ids: Record<'province' | 'city' | 'office' | 'county' | 'sample', Id>
  addUnit(fields: Partial<UnitFields> & { name: string }): Promise<Id>
  addContact(fields: Partial<ContactFields>): Promise<Id>
}

export async function openContactsStation(options: { now?: () => number } = {}): Promise<ContactsStation> {
  const station = await openTestStation()
  const settings: CentreSettings = { centreName: '', centreUnit: null, contactStaleDays: 30, sceneWeatherMinutes: 60 }
  const contacts = new Contacts({
    ...station,
    settings: () => Promise.resolve(settings),
    setSettings: (set) => Promise.resolve(Object.assign(settings, set)),
    ...options,
  })
  await contacts.start()
  const blankUnit = { code: null, superior: null, kind: 'city', covers: [], dutyTelephone: null, address: '', note: '', rank: 0 } as const
  const addUnit = async (fields: Partial<UnitFields> & { name: string }) => {
    const id = newId()
    await contacts.units.add({ id, ...blankUnit, covers: [], ...fields }, officer)
    return id
  }
  const addContact = async (fields: Partial<ContactFields>) => {
    const id = newId()
    await contacts.contacts.add({ id, unit: null, post: '值班室', name: '', telephones: [], rank: 0, note: '', ...fields }, officer)
    return id
  }
  const province = await addUnit({ name: '省应急管理厅', kind: 'province', covers: ['610000'] })
  const city = await addUnit({ name: '渭南市应急管理局', superior: province, covers: ['610500'], dutyTelephone: '0913-0100001' })
  const office = await addUnit({ name: '渭南市总值班室', kind: 'government', superior: province, covers: ['610500'], dutyTelephone: '0913-0100002' })
  const county = await addUnit({ name: '华州区应急管理局', kind: 'county', superior: city, covers: ['610503'], dutyTelephone: '0913-0100003' })
  const sample = newId()
  await station.journal.write({
    actor: 'station',
    action: 'packs.load',
    subject: { dataset: 'units', row: sample },
    rows: [
      {
        dataset: 'units',
        row: sample,
        set: { name: '样例县应急管理局（样例）', superior: city, kind: 'county', covers: ['610599'], dutyTelephone: '0913-0100009', isSample: true },
      },
    ],
  })
  return { ...station, contacts, settings, ids: { province, city, office, county, sample }, addUnit, addContact }
}

export async function addIncident(station: TestStation, fields: { isSample?: boolean; mergedInto?: Id; closedAt?: number } = {}): Promise<Id> {
  const row = newId()
  await station.journal.write({
    actor: 'station',
    action: 'incidents.report',
    subject: { dataset: 'incidents', row },
    rows: [{ dataset: 'incidents', row, set: { title: '华州区氯气泄漏', informationState: 'received', isSample: false, ...fields } }],
  })
  return row
}

export function call(fields: Partial<RecordCallInput>): RecordCallInput {
  return {
    id: newId(),
    incident: null,
    unit: null,
    contact: null,
    party: '华州区应急管理局',
    number: '0913-0100003',
    purpose: 'report',
    outcome: 'answered',
    who: '值班员小李',
    words: '已收悉',
    happenedAt: { at: Date.now(), precision: 'exact', source: '' },
    redialOf: null,
    about: null,
    isSample: false,
    ...fields,
  }
}
