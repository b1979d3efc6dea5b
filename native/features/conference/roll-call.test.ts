// 视频点名: called in turn, answered in time, late or not at all, each an act of the incident's journal; and the DOCX list of it.
import { Readable } from 'node:stream'
import PizZip from 'pizzip'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rollCallLateMs } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { RollCallService } from './roll-call.service.ts'

let station: TestStation
beforeEach(async () => {
  station = await openTestStation({ isQuick: true })
})
afterEach(() => station.close())

const by = { account: 'account-officer', name: '李值班' }
/** The smallest picture there is. */
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb00430001010101010101010101010101010101ffd9', 'hex')

const callAbout = (row: string, at: number) => ({
  ...{
    party: '样例丙县值班室',
    number: '0913-0100009',
    purpose: 'order',
    outcome: 'relayed',
    who: '样例戊',
    words: '',
    enteredAt: at,
    isSample: true,
  },
  ...{ incident: null, unit: null, contact: null, redialOf: null, amendedWhy: null, enteredBy: by.account, enteredByName: by.name },
  ...{ happenedAt: { at, precision: 'exact', source: '' }, about: { dataset: 'conferenceRollCalls', row } },
})

test('three duty rooms: in time with a picture, late, not at all', async () => {
  const { journal, store, blobs } = station
  const incident = newId()
  const [room, ...units] = [newId(), newId(), newId(), newId()]
  let now = Date.UTC(2026, 10, 27, 1, 0, 0)
  const stored = { id: room, incident, title: '晨间点名（样例）', station: '', openedAt: 0, openedByName: '', closedAt: null, closedByName: '' }
  const service = new RollCallService({
    ...{ journal, reads: store, blobs, now: () => now, ourName: async () => '样例市应急指挥中心' },
    stored: async () => ({ ...stored, incidentTitle: null, isSample: false }),
    subordinates: async () =>
      units.map((id, index) => ({ id, name: `样例${'甲乙丙'[index] ?? ''}县值班室`, telephone: '0913-0100009', isSample: true })),
  })
  const { sha256 } = await blobs.put(Readable.from([jpeg]), { limitBytes: 10_000 })
  const [first = '', second = '', third = ''] = units
  const say = async (unit: string, { afterMs, isThere, waitedMs = 0 }: { afterMs: number; isThere: boolean; waitedMs?: number }) => {
    const { id } = await service.call({ conference: room, unit }, by)
    now += afterMs
    await service.answer({ call: id, isThere, who: '样例丁', picture: unit === first ? sha256 : null, waitedMs }, by)
    await expect(service.answer({ call: id, isThere: true, who: '', picture: null }, by)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' })
  }
  // In time: what came late is the picture.
  await say(first, { afterMs: rollCallLateMs + 2_000, isThere: true, waitedMs: 3_000 })
  await say(second, { afterMs: rollCallLateMs + 1, isThere: true })
  await say(third, { afterMs: 90_000, isThere: false })
  await service.call({ conference: room, unit: first }, by)
  await expect(service.call({ conference: room, unit: first }, by)).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(service.call({ conference: room, unit: newId() }, by)).rejects.toMatchObject({ code: 'NOT_FOUND' })

  await journal.write({
    actor: by.account,
    action: 'contacts.call',
    subject: { dataset: 'incidents', row: incident },
    rows: [{ dataset: 'calls', row: newId(), set: callAbout((await service.view(room)).calls[2]?.id ?? '', now) }],
  })

  const { calls } = await service.view(room)
  expect(calls.map(({ rung }) => rung?.outcome ?? null)).toEqual([null, null, 'relayed', null])
  expect(calls.map(({ answer, who, picture }) => [answer, who, picture])).toEqual([
    ['answered', '样例丁', sha256],
    ['late', '样例丁', null],
    ['none', '', null],
    [null, '', null],
  ])
  const acts = (await journal.timeline({ dataset: 'incidents', row: incident }, { by: 'known' })).map(({ action }) => action)
  expect(acts.filter((action) => action === 'conference.rollCallAnswer')).toHaveLength(3)

  const { bytes, fileName } = await service.document(room)
  const zip = new PizZip(bytes)
  const words = (zip.file('word/document.xml')?.asText() ?? '').replaceAll(/<[^>]+>/g, '|')
  expect(fileName).toBe('视频点名_晨间点名（样例）.docx')
  for (const said of [
    '样例甲县值班室',
    '无应答（电话转告：样例戊）',
    '09:00:00',
    '应答',
    '迟',
    '无应答',
    '待答',
    '共点名 4 个单位：应答 1，迟 1，无应答 1。',
  ])
    expect(words).toContain(said)
  expect(zip.file(/word\/media\//)).toHaveLength(1)
})
