// Two whole stations of one centre through their doors: paired by a code, what is reported at one stands at the other, and each sees who is at the other.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPassword, openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { county, Levels } from '../../testing/levels.ts'
import { intake } from '../incidents/testing.ts'
import { findNatsServer, type NatsServer, natsServerMissing } from '../../testing/nats-server.ts'
import { until } from '../../link/testing/until.ts'

const isMissing = findNatsServer() === null

describe.skipIf(isMissing)(isMissing ? natsServerMissing : 'two consoles', () => {
  let levels: Levels
  let server: NatsServer
  let host: TestApp
  let desk: TestApp
  let [atHost, atDesk]: Seat[] = []

  const seat = (one: Seat | undefined): Seat => {
    if (one === undefined) throw new Error('nobody signed in')
    return one
  }

  const heldAtDesk = (resource: string) => async () => (await seat(atDesk).rpc.resources.detail.query({ id: resource })).reservations
  /** Entered at the host; the desk has it and an incident for it. */
  async function addVehicle(name: string): Promise<{ resource: string; incident: string }> {
    const blank = { id: null, subKind: null, area: null, address: null, position: null, contact: null, telephone: null, capacity: null }
    const { id } = await seat(atHost).rpc.resources.save.mutate({
      ...blank,
      kind: 'equipment',
      name,
      equipment: null,
      readiness: null,
      unit: null,
      expiresAt: null,
    })
    const input = intake()
    await seat(atHost).rpc.incidents.report.mutate(input)
    const both = () => desk.store.all('SELECT id FROM resources WHERE id = ? UNION ALL SELECT id FROM incidents WHERE id = ?', [id, input.id])
    await until(both, (found) => found.length === 2)
    return { resource: id, incident: input.id }
  }

  beforeAll(async () => {
    levels = await Levels.open([county])
    ;({ server } = levels.of(county))
    host = await openTestApp({ directory: await levels.dataDirectory(county, 'host') })
    desk = await openTestApp({ directory: await levels.dataDirectory(county, 'desk1') })
    atHost = await host.as('duty-officer', 'system-admin')
  })
  afterAll(async () => {
    await desk?.close()
    await host?.close()
    await levels?.close()
  })

  test('join by a code that one shows and the other types', { timeout: 60_000 }, async () => {
    atDesk = await desk.as('duty-officer', 'system-admin')
    const status = () => seat(atDesk).rpc.link.status.query()
    expect(await until(status, ({ links }) => links[0]?.state === 'online')).toMatchObject({
      isConfigured: true,
      links: [{ kind: 'centre', unit: '610502' }],
    })
    await expect(seat(atDesk).rpc.link.join.mutate({ code: 'AAAAA-AAAAA', side: 'above' })).rejects.toThrow('PAIRING_REFUSED')
    const { code } = await seat(atHost).rpc.link.beginPairing.mutate()
    expect(await seat(atDesk).rpc.link.join.mutate({ code, side: 'centre' })).toMatchObject({ unit: '610502', station: host.journal.station })
  })
  test('what one reports the other has, with who wrote it', { timeout: 60_000 }, async () => {
    await seat(atHost).rpc.station.setSettings.mutate({ centreName: '临渭区应急管理局' })
    const name = () => seat(atDesk).rpc.station.settings.query()
    expect(await until(name, ({ centreName }) => centreName !== '')).toMatchObject({ centreName: '临渭区应急管理局' })
    // Accounts come too: an officer of the host may sign in at the desk.
    const people = () => desk.store.get<{ count: number }>('SELECT count(*) AS count FROM accounts')
    expect((await until(people, (found) => (found?.count ?? 0) >= 2))?.count).toBe(2)
    expect(await seat(atDesk).rpc.link.unsent.query({ limit: 10 })).toEqual({ entries: [], total: 0 })
  })
  test('each sees who is at the other and what is open there', { timeout: 60_000 }, async () => {
    const open = { dataset: 'incidents', row: 'i-1' }
    await seat(atHost).rpc.link.show.mutate({ page: 'page-1', open, editing: { ...open, column: 'place' } })
    const others = async () => (await seat(atDesk).rpc.link.status.query()).consoles.filter(({ isUs }) => !isUs)
    const [other] = await until(others, (found) => found.some(({ editing }) => editing !== null))
    expect(other).toMatchObject({ station: host.journal.station, open, editing: { column: 'place' } })
    expect(other?.who).not.toBeNull()
  })
  test('the desk takes a vehicle: 未确认 at once, confirmed by the host', { timeout: 60_000 }, async () => {
    const { resource, incident } = await addVehicle('排水车')
    const made = await seat(atDesk).rpc.resources.reserve.mutate({ resource, incident, words: null })
    expect(made).toMatchObject({ confirmation: 'provisional', ownerName: '', answer: null })
    expect(await until(heldAtDesk(resource), ([one]) => one?.confirmation === 'confirmed')).toMatchObject([{ id: made.id, answer: { reason: null } }])
    expect(await desk.store.all("SELECT station FROM journal WHERE action = 'resources.confirmReservation'")).toEqual([
      { station: host.journal.station },
    ])
  })
  test('both take the last one while the line is cut: both stand, both are told, nobody has waited', { timeout: 60_000 }, async () => {
    const { resource, incident } = await addVehicle('最后一台排水车')
    await server.down('SIGKILL')
    const mine = await seat(atHost).rpc.resources.reserve.mutate({ resource, incident, words: null })
    expect(mine.confirmation).toBe('confirmed')
    const theirs = await seat(atDesk).rpc.resources.reserve.mutate({ resource, incident, words: null })
    expect(theirs.confirmation).toBe('provisional')
    await server.restart()
    const seen = await until(
      heldAtDesk(resource),
      (found) => found.length === 2 && found.some(({ confirmation }) => confirmation === 'refused'),
      40_000,
    )
    expect(Object.fromEntries(seen.map(({ id, confirmation }) => [id, confirmation]))).toEqual({ [mine.id]: 'confirmed', [theirs.id]: 'refused' })
    for (const one of [atHost, atDesk]) {
      const booked = () => seat(one).rpc.resources.doubleBooked.query()
      expect(await until(booked, (found) => found.length === 1)).toMatchObject([{ resource, incidents: 2 }])
    }
  })
  test('a host that is dead confirms when it is back, late and once', { timeout: 90_000 }, async () => {
    const { resource, incident } = await addVehicle('夜里的排水车')
    await host.stop()
    const made = await seat(atDesk).rpc.resources.reserve.mutate({ resource, incident, words: null })
    const used = await seat(atDesk).rpc.resources.use.mutate({ reservation: made.id, words: null })
    expect(used).toMatchObject({ state: 'used', confirmation: 'provisional' })
    host = await openTestApp({ directory: host.directory })
    await host.makePerson('night', ['duty-officer', 'system-admin'])
    const chair = await host.stranger()
    await chair.rpc.accounts.signIn.mutate({ login: 'night', password: goodPassword })
    atHost = chair
    expect(await until(heldAtDesk(resource), ([one]) => one?.confirmation === 'confirmed', 40_000)).toMatchObject([{ state: 'used' }])
  })
  test('a server that dies is said in words, and nothing is refused meanwhile', { timeout: 60_000 }, async () => {
    await server.down('SIGKILL')
    const state = async () => (await seat(atDesk).rpc.link.status.query()).links[0]?.state
    expect(await until(state, (found) => found === 'offline')).toBe('offline')
    await seat(atDesk).rpc.station.setSettings.mutate({ contactStaleDays: 60 })
    const unsent = () => seat(atDesk).rpc.link.unsent.query({ limit: 10 })
    const { entries } = await until(unsent, ({ total }) => total > 0)
    const changed = entries.find(({ dataset, unit }) => dataset === 'settings' && unit === '610502')
    const origin = (at: Seat | undefined) => seat(at).rpc.link.origin.query({ dataset: 'settings', row: changed?.row ?? '' })
    expect(await origin(atDesk)).toMatchObject({ last: { place: 'here', who: 'person-1' }, unsent: { acts: 1, names: ['610502'] } })
    await server.restart()
    const staleDays = async () => (await seat(atHost).rpc.station.settings.query()).contactStaleDays
    expect(await until(staleDays, (days) => days === 60, 40_000)).toBe(60)
    // There it came from the other console (that nobody has named); here nothing waits any more.
    expect(await origin(atHost)).toMatchObject({ last: { place: 'console', name: '', station: desk.journal.station }, unsent: { acts: 0 } })
    expect(
      (
        await until(
          () => origin(atDesk),
          ({ unsent }) => unsent.acts === 0,
        )
      ).unsent,
    ).toEqual({ acts: 0, names: [] })
  })
  test('a network that swallows everything holds nothing up: the station starts, reports and orders go on', { timeout: 60_000 }, async () => {
    const swallowed = new Set<Socket>()
    const hole = createServer((socket) => swallowed.add(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve))
    const directory = await mkdtemp(join(tmpdir(), 'wanglou-hole-'))
    await mkdir(join(directory, 'link'))
    const servers = [`nats://127.0.0.1:${(hole.address() as AddressInfo).port}`]
    await writeFile(
      join(directory, 'link', 'link.json'),
      JSON.stringify({ unit: '610502', centre: { servers }, above: { servers, unit: '610500', domain: 'c610500' } }),
    )
    const cut = await openTestApp({ directory })
    const { rpc, token } = await cut.as('duty-officer')
    const input = intake()
    await rpc.incidents.report.mutate(input)
    expect((await rpc.incidents.detail.query({ incident: input.id })).title).toBe(input.title)
    expect((await rpc.link.status.query()).links.map(({ kind, state }) => [kind, state])).toEqual([
      ['centre', 'offline'],
      ['above', 'offline'],
    ])
    expect((await rpc.link.capabilities.query()).find(({ name }) => name === 'report-up')?.state).toBe('works')
    // A machine's administrator says how much may go over the line; nobody else.
    await expect(rpc.link.setBudget.mutate({ unit: '610500', bytesPerS: 1_200 })).rejects.toMatchObject({ data: { code: 'FORBIDDEN' } })
    const admin = await cut.as('system-admin')
    await admin.rpc.link.setBudget.mutate({ unit: '610500', bytesPerS: 1_200 })
    expect((await rpc.link.status.query()).links.map(({ budgetBytesPerS }) => budgetBytesPerS)).toEqual([null, 1_200])
    const auditor = await cut.as('audit-admin')
    const noted = await auditor.rpc.audit.page.query({ from: null, to: null, actor: admin.account, action: 'link.', before: null, limit: 10 })
    expect(noted.map(({ action, note }) => [action, note])).toEqual([['link.setBudget', { unit: '610500', bytesPerS: 1_200 }]])
    // What waits can be taken away as a file, in the page's words.
    const words = encodeURIComponent(JSON.stringify({ 'incidents.report': '接报', incidents: '=突发事件' }))
    const file = await fetch(`${cut.door.origin}/exports/unsent.csv?words=${words}`, { headers: { Authorization: `Bearer ${token}` } })
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="unsent-.*\.csv"; filename\*=UTF-8''%E6%9C%AA%E4%BC%A0/)
    const text = await file.text()
    expect(text).toContain('非涉密系统')
    expect(text).toMatch(new RegExp(`接报,'=突发事件,${input.id},person-1,事件和报告,`))
    expect((await fetch(`${cut.door.origin}/exports/unsent.csv?words=x`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(400)
    await cut.close()
    for (const socket of swallowed) socket.destroy()
    hole.close()
    await rm(directory, { recursive: true, force: true })
  })
  test('a link.json that cannot be understood keeps nobody from working, and is said', { timeout: 60_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wanglou-broken-'))
    await mkdir(join(directory, 'link'))
    await writeFile(join(directory, 'link', 'link.json'), '{"unit": 5}')
    const alone = await openTestApp({ directory })
    const { rpc } = await alone.as('duty-officer')
    expect(await rpc.link.status.query()).toMatchObject({ isConfigured: false, links: [] })
    const { health } = await alone.station.health()
    expect(health.find(({ subject }) => subject === 'link')).toMatchObject({ state: 'down', reason: 'link.settings', nextStep: 'link.settings.next' })
    await alone.close()
    await rm(directory, { recursive: true, force: true })
  })
})
