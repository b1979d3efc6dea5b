// Calls: who took them, on the time line of their incident, never to a sample, as evidence only when somebody heard.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { addIncident, call, type ContactsStation, officer, openContactsStation } from './testing.ts'

let station: ContactsStation
beforeEach(async () => {
  station = await openContactsStation()
})
afterEach(() => station.close())

const record = async (fields: Parameters<typeof call>[0]) => {
  const input = call(fields)
  await station.contacts.calls.record(input, officer)
  return input
}

test('a call about an incident stands on its time line, when it happened and what came of it', async () => {
  const incident = await addIncident(station)
  const made = await record({ incident, unit: station.ids.county })
  const entries = await station.journal.timeline({ dataset: 'incidents', row: incident }, { by: 'happened' })
  expect(entries.at(-1)).toMatchObject({ action: 'contacts.call', actor: officer.account, happenedAt: made.happenedAt })
  expect(await station.contacts.calls.list({ incident, unit: null, before: null, limit: 50 })).toMatchObject([
    {
      id: made.id,
      outcome: 'answered',
      who: '值班员小李',
      enteredByName: '李值班',
      isLateEntry: false,
      incidentTitle: '华州区氯气泄漏',
      isSample: false,
    },
  ])
})

test('reports, reminders and orders say who took the call; another call need not, and one that nobody took has nobody', async () => {
  for (const purpose of ['report', 'urge', 'order'] as const)
    await expect(record({ purpose, who: ' ' })).rejects.toMatchObject({ code: 'EVIDENCE_REQUIRED', params: { field: 'who' } })
  await record({ purpose: 'other', who: '' })
  await record({ outcome: 'no-answer', who: '' })
  await record({ outcome: 'busy', who: '' })
})

test('a call typed a quarter of an hour after it was made is 补录; one in the future is refused', async () => {
  await record({ happenedAt: { at: Date.now() - 16 * 60_000, precision: 'about', source: '座机' } })
  await record({ happenedAt: { at: Date.now() - 14 * 60_000, precision: 'about', source: '座机' } })
  const calls = await station.contacts.calls.list({ incident: null, unit: null, before: null, limit: 50 })
  expect(calls.map((one) => one.isLateEntry)).toEqual([false, true])
  await expect(record({ happenedAt: { at: Date.now() + 3_600_000, precision: 'exact', source: '' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    params: { field: 'happenedAt' },
  })
})

test('a sample is never dialled, its outcome may be typed as 样例; a real party never may', async () => {
  const { sample, county } = station.ids
  await expect(record({ unit: sample })).rejects.toMatchObject({ code: 'SAMPLE_RECORD' })
  await record({ unit: sample, isSample: true })
  await expect(record({ unit: county, isSample: true })).rejects.toMatchObject({ code: 'INVALID_INPUT', params: { field: 'isSample' } })
  const incident = await addIncident(station, { isSample: true })
  await expect(record({ unit: county, incident })).rejects.toMatchObject({ code: 'SAMPLE_RECORD' })
  // The team of an order stands in no table of this room: its own feature says that it is a sample.
  await record({ unit: null, isSample: true, party: '样例救援队', purpose: 'order' })
  expect((await station.contacts.readCalls(null)).map((one) => one.isSample)).toEqual([true, true])
})

test('what does not exist cannot have been called, and an act sent twice is there once', async () => {
  await expect(record({ unit: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(record({ incident: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(record({ contact: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const made = await record({})
  await expect(record({ id: made.id })).rejects.toMatchObject({ code: 'DUPLICATE' })
  expect(await station.contacts.readCalls(null)).toHaveLength(1)
})

test('a wrong outcome is put right with the reason, and the evidence goes with it', async () => {
  const incident = await addIncident(station)
  const made = await record({ incident, unit: station.ids.county })
  expect(await station.contacts.readEvidence(incident)).toHaveLength(1)
  await station.contacts.calls.amend({ call: made.id, outcome: 'no-answer', who: '', words: '', why: '按错了键' }, officer)
  expect(await station.contacts.readEvidence(incident)).toEqual([])
  const [shown] = await station.contacts.calls.list({ incident, unit: null, before: null, limit: 1 })
  expect(shown).toMatchObject({ outcome: 'no-answer', amendedWhy: '按错了键' })
  await expect(station.contacts.calls.amend({ call: made.id, outcome: 'answered', who: '', words: '', why: '又改' }, officer)).rejects.toMatchObject({
    code: 'EVIDENCE_REQUIRED',
  })
})

test('evidence is what was reported and taken or passed on, under the incident it has become part of', async () => {
  const incident = await addIncident(station)
  const merged = await addIncident(station, { mergedInto: incident })
  const closed = await addIncident(station, { closedAt: Date.now() })
  const taken = await record({ incident, unit: station.ids.county })
  const relayed = await record({ incident: merged, outcome: 'relayed', party: '区总值班室', who: '值守' })
  await record({ incident, outcome: 'busy', who: '' })
  await record({ incident, purpose: 'urge' })
  await record({ incident: closed })
  const evidence = await station.contacts.readEvidence(null)
  expect(evidence).toMatchObject([
    {
      incident,
      unit: station.ids.county,
      recipient: '华州区应急管理局',
      means: 'telephone',
      at: taken.happenedAt,
      who: '值班员小李',
      source: { dataset: 'calls', row: taken.id },
    },
    { incident, unit: null, recipient: '区总值班室', source: { row: relayed.id } },
  ])
  expect(await station.contacts.readEvidence(incident)).toEqual(evidence)
  expect(await station.contacts.readEvidence(closed)).toHaveLength(1)
  expect((await station.contacts.readCalls(incident)).map(({ id }) => id)).toHaveLength(4)
})

test('calls of the last week are read, older ones only with their unit or incident', async () => {
  const longAgo = { at: Date.now() - 8 * 86_400_000, precision: 'hour', source: '值班日志' } as const
  await record({ unit: station.ids.county, happenedAt: longAgo })
  expect(await station.contacts.readCalls(null)).toEqual([])
  expect(await station.contacts.calls.list({ unit: station.ids.county, incident: null, before: null, limit: 10 })).toHaveLength(1)
  expect(await station.contacts.calls.list({ unit: station.ids.county, incident: null, before: longAgo.at, limit: 10 })).toEqual([])
})
