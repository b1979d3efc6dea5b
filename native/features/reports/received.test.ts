// A report by the link: it goes up as an entry of ours, 送达, 签收 and 阅示 come down as entries of theirs, and nothing of it is inferred.
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Scope } from '../../contract/index.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { until } from '../../link/testing/until.ts'
import { intake, officer, said } from '../incidents/testing.ts'
import { ReceivedService } from './received.service.ts'
import { openReports, type ReportsStation } from './testing/station.ts'

const theirs = { account: 'their-officer', name: '省厅 王值班' }
let below: ReportsStation
let above: TestStation
let received: ReceivedService
let incident: string
let report: string

beforeEach(async () => {
  below = await openReports({ above: '610000' })
  above = await openTestStation({ unit: '610000' })
  for (const [one, other] of [
    [below, above],
    [above, below],
  ] as const)
    await one.journal.trust({ station: other.journal.station, publicKey: other.journal.publicKey, certifiedBy: null })
  received = new ReceivedService({
    store: above.store,
    journal: above.journal,
    blobs: above.blobs,
    unit: '610000',
    name: () => Promise.resolve('样例省应急管理厅'),
    isHost: true,
    onError: (error) => {
      throw error
    },
  })
  await received.start()
  const input = intake({ statements: [said('hospitalised', 2, '县卫健局')] })
  incident = input.id
  await below.incidents.report(input, officer)
  report = await below.draft('first', incident)
  await below.sign(report)
})
afterEach(async () => {
  await received.stop()
  await above.close()
  await below.close()
})

/** What the line would carry. */
async function carry(from: { journal: TestStation['journal'] }, to: { journal: TestStation['journal'] }, scope: Scope): Promise<void> {
  const batch = await from.journal.sealedBatch({ scope, after: 0 })
  if (batch !== null) await to.journal.apply([batch])
}
const send = () => below.reports.sends.send(below.sendInput(report, { channel: 'link' }), officer)
const sent = async () => (await below.reports.service.get(report)).sendRows[0]

test('goes up with what it says and nothing else, is delivered by their machine, signed for and read by their people', async () => {
  await send()
  expect(await sent()).toMatchObject({ channel: 'link', receipts: [] })
  await carry(below, above, 'up:local')
  const [one] = await until(
    () => received.list(10),
    (found) => found[0]?.receipts.length === 1,
  )
  expect(one).toMatchObject({
    fromUnit: 'local',
    fromName: '样例市应急管理局',
    kind: 'first',
    hasDocument: false,
    receipts: [{ kind: 'delivered', how: 'link' }],
  })
  // The incident itself did not come: it is none of theirs.
  expect(await above.store.all('SELECT id FROM incidents')).toEqual([])

  // The file follows its entry.
  const signed = (await below.reports.service.get(report)).blob ?? ''
  expect(one?.blob).toBe(signed)
  await above.blobs.put(Readable.from(below.blobs.read(signed)), { limitBytes: 1e7 })
  expect((await received.list(10))[0]?.hasDocument).toBe(true)

  await carry(above, below, 'down:610000')
  expect((await sent())?.receipts.map(({ kind }) => kind)).toEqual(['delivered'])
  expect(await below.reports.evidence(incident)).toEqual([])

  await received.answer({ received: one?.id ?? '', kind: 'signed', who: '王值班', words: '收到，请续报' }, theirs)
  await expect(received.answer({ received: one?.id ?? '', kind: 'signed', who: '李值班', words: '' }, theirs)).rejects.toMatchObject({
    code: 'DUPLICATE',
  })
  await received.answer({ received: one?.id ?? '', kind: 'read', who: '张厅长', words: '全力救治' }, theirs)
  await carry(above, below, 'down:610000')
  expect((await sent())?.receipts.map(({ kind, who, how }) => [kind, who, how])).toEqual([
    ['delivered', '样例省应急管理厅', 'link'],
    ['signed', '王值班', 'link'],
    ['read', '张厅长', 'link'],
  ])
  // What a person of theirs signed for stops our clocks; what only lies in their machine does not.
  expect((await below.reports.evidence(incident)).map(({ who, means }) => [who, means])).toEqual([
    ['王值班', 'writing'],
    ['张厅长', 'writing'],
  ])
  expect(await below.reports.service.get(report)).toMatchObject({ state: 'receipted', unsigned: 0 })
})
test('said twice it is delivered once; nobody signs without a name, or for what is not there', async () => {
  await send()
  await carry(below, above, 'up:local')
  await until(
    () => received.list(10),
    (found) => found[0]?.receipts.length === 1,
  )
  await received.stop()
  await received.start()
  await carry(below, above, 'up:local')
  await received.stop()
  const [one] = await received.list(10)
  expect(one?.receipts).toHaveLength(1)
  await expect(received.answer({ received: one?.id ?? '', kind: 'signed', who: ' ', words: '' }, theirs)).rejects.toMatchObject({
    code: 'EVIDENCE_REQUIRED',
  })
  await expect(received.answer({ received: one?.id ?? '', kind: 'read', who: '王', words: '机密★长期 按此办理' }, theirs)).rejects.toMatchObject({
    code: 'CLASSIFIED_MARKING',
  })
  await expect(received.answer({ received: incident, kind: 'signed', who: '王', words: '' }, theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
