// A city's report to the province through both doors and two real servers: sent, delivered, document there, signed for, and the city's clock evidence is theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkWording } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { until } from '../../link/testing/until.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { city, Levels, province } from '../../testing/levels.ts'
import { findNatsServer, natsServerMissing } from '../../testing/nats-server.ts'
import { intake, said } from '../incidents/testing.ts'

const isMissing = findNatsServer() === null

describe.skipIf(isMissing)(isMissing ? natsServerMissing : 'a city and its province', () => {
  let levels: Levels
  let above: TestApp
  let below: TestApp
  let aboveSeat: Seat
  let belowSeat: Seat
  const provinceUnit = newId()
  const nobody = { kind: 'province' as const, covers: [], dutyTelephone: null, address: '', note: '', rank: 1 }

  beforeAll(async () => {
    levels = await Levels.open([province, city])
    above = await openTestApp({ directory: await levels.dataDirectory(province, 'host') })
    below = await openTestApp({ directory: await levels.dataDirectory(city, 'host') })
    aboveSeat = await above.as('duty-officer', 'system-admin')
    belowSeat = await below.as('duty-officer', 'watch-leader', 'system-admin')
    await belowSeat.rpc.contacts.addUnit.mutate({ ...nobody, id: provinceUnit, code: province, name: '样例省应急管理厅', superior: null })
    await belowSeat.rpc.contacts.addUnit.mutate({
      ...nobody,
      id: newId(),
      kind: 'city',
      code: city,
      name: '样例市应急管理局',
      superior: provinceUnit,
    })
    await belowSeat.rpc.station.setSettings.mutate({ centreName: '样例市应急管理局' })
    await aboveSeat.rpc.station.setSettings.mutate({ centreName: '样例省应急管理厅' })
  })
  afterAll(async () => {
    await below?.close()
    await above?.close()
    await levels?.close()
  })

  test('join by a code', { timeout: 60_000 }, async () => {
    const { code } = await aboveSeat.rpc.link.beginPairing.mutate()
    const joined = () =>
      belowSeat.rpc.link.join.mutate({ code, side: 'above' }).then(
        ({ unit }) => unit,
        (error: Error) => error.message,
      )
    expect(await until(joined, (unit) => unit === province, 40_000)).toBe(province)
  })

  test('sent by the link, signed for above, proven below', { timeout: 90_000 }, async () => {
    const input = intake({ statements: [said('hospitalised', 2, '县卫健局')] })
    await belowSeat.rpc.incidents.report.mutate(input)
    const report = newId()
    await belowSeat.rpc.reports.draft.mutate({ id: report, kind: 'first', incident: input.id, about: null, corrects: null })
    const { kind, fields, fieldsHash } = await belowSeat.rpc.reports.get.query({ report })
    const overrides = checkWording(kind, fields).map((one) => ({ kind: one.kind, words: one.words.slice(0, 200), reason: '已核对' }))
    await belowSeat.rpc.reports.sign.mutate({ report, seen: fieldsHash, overrides })
    const at = { at: Date.now(), precision: 'exact' as const, source: '李值班' }
    const recipient = { id: newId(), unit: provinceUnit, name: '样例省应急管理厅', target: '', takenBy: '' }
    await belowSeat.rpc.reports.send.mutate({ report, channel: 'link', recipients: [recipient], sentAt: at, words: '' })

    const received = () => aboveSeat.rpc.reports.received.query()
    const [one] = await until(received, (found) => found[0]?.hasDocument === true && found[0].receipts.length === 1, 40_000)
    expect(one).toMatchObject({ fromUnit: city, kind: 'first', receipts: [{ kind: 'delivered', how: 'link' }] })
    await aboveSeat.rpc.reports.answerReceived.mutate({ received: recipient.id, kind: 'signed', who: '王值班', words: '收到' })
    const receipts = async () => (await belowSeat.rpc.reports.get.query({ report })).sendRows[0]?.receipts.map(({ kind: said_ }) => said_)
    expect(await until(receipts, (found) => found?.length === 2, 40_000)).toEqual(['delivered', 'signed'])
    expect(await below.store.all("SELECT j.station FROM journal AS j WHERE j.action = 'reports.receipt'")).toEqual([
      { station: above.journal.station },
    ])
    // The incident and the draft are the city's own.
    expect(await above.store.all('SELECT id FROM incidents')).toEqual([])
    expect(await above.store.all('SELECT id FROM reports')).toEqual([])
  })

  /** One ledger read in by both: the same row at each, the province's own. */
  async function addVehicle(name: string): Promise<string> {
    const row = newId()
    const set = { kind: 'equipment', name, unit: '样例省应急管理厅', isSample: false }
    for (const { journal } of [above, below])
      await journal.write({
        actor: 'station',
        action: 'resources.add',
        subject: { dataset: 'resources', row },
        rows: [{ dataset: 'resources', row, set }],
      })
    return row
  }
  const at = (one: Seat, resource: string) => async () => (await one.rpc.resources.detail.query({ id: resource })).reservations

  test('a vehicle of the province is 未确认 until an entry of the province says otherwise', { timeout: 60_000 }, async () => {
    const resource = await addVehicle('省级排水车')
    const input = intake({ title: '市里的内涝' })
    await belowSeat.rpc.incidents.report.mutate(input)
    const made = await belowSeat.rpc.resources.reserve.mutate({ resource, incident: input.id, words: null })
    expect(made).toMatchObject({ confirmation: 'provisional', ownerName: '样例省应急管理厅' })
    expect(await until(at(belowSeat, resource), ([one]) => one?.confirmation === 'confirmed', 40_000)).toMatchObject([
      { id: made.id, foreign: null, answer: { byName: '样例省应急管理厅' } },
    ])
    expect(await at(aboveSeat, resource)()).toMatchObject([
      { confirmation: 'confirmed', foreign: { fromName: '样例市应急管理局', incidentTitle: '市里的内涝' } },
    ])
    expect(await below.store.all("SELECT station, scope FROM journal WHERE action = 'resources.confirmReservation'")).toEqual([
      { station: above.journal.station, scope: `down:${province}` },
    ])
  })

  test('both take the last one while the line is cut: raised on both sides, none is dropped', { timeout: 90_000 }, async () => {
    const resource = await addVehicle('最后一台')
    const [ours, theirs] = [intake({ title: '省里的' }), intake({ title: '市里的' })]
    await aboveSeat.rpc.incidents.report.mutate(ours)
    await belowSeat.rpc.incidents.report.mutate(theirs)
    levels.of(city).line?.cut()
    const own = await aboveSeat.rpc.resources.reserve.mutate({ resource, incident: ours.id, words: null })
    expect(own.confirmation).toBe('confirmed')
    const made = await belowSeat.rpc.resources.reserve.mutate({ resource, incident: theirs.id, words: null })
    expect(made.confirmation).toBe('provisional')
    levels.of(city).line?.heal()
    expect(await until(at(belowSeat, resource), ([one]) => one?.confirmation === 'refused', 30_000)).toMatchObject([
      { id: made.id, state: 'reserved', answer: { reason: 'held', heldFor: '《省里的》' } },
    ])
    expect(await belowSeat.rpc.resources.unsettled.query()).toMatchObject([{ reservation: made.id, confirmation: 'refused' }])
    expect(await aboveSeat.rpc.resources.doubleBooked.query()).toMatchObject([{ resource, incidents: 2 }])
    expect((await at(aboveSeat, resource)()).map(({ id }) => id).sort()).toEqual([own.id, made.id].sort())
    await aboveSeat.rpc.resources.cancelReservation.mutate({ reservation: own.id, words: '让给市里' })
    expect(await until(at(belowSeat, resource), ([one]) => one?.confirmation === 'confirmed', 40_000)).toMatchObject([{ id: made.id }])
  })
})
