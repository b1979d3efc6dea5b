// 会商 through the door: who may, what stands in the incident's journal, who must be rung; and nothing for whoever has no place.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallOutcome } from '../../contract/index.ts'
import { openTestApp, type Seat, type TestApp } from '../../testing/app.ts'
import { newId } from '../../kernel/ids.ts'
import { hasWorker, until, workerMissing } from '../../media/testing/worker.ts'
import { intake } from '../incidents/testing.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown })

async function room(incident: string | null = null) {
  const officer = await app.as('duty-officer')
  const id = newId()
  await officer.rpc.conference.open.mutate({ id, incident, title: '氯气泄漏会商（样例）' })
  return { officer, id }
}

describe('a room', () => {
  test('of an incident stands on its time line from opening to closing; closed is closed', async () => {
    const officer = await app.as('duty-officer')
    const input = intake()
    await officer.rpc.incidents.report.mutate(input)
    const id = newId()
    await officer.rpc.conference.open.mutate({ id, incident: input.id, title: '会商（样例）' })
    await expect(officer.rpc.conference.open.mutate({ id, incident: input.id, title: '会商（样例）' })).rejects.toEqual(refused('DUPLICATE'))
    await officer.rpc.conference.close.mutate({ id })
    await expect(officer.rpc.conference.close.mutate({ id })).rejects.toEqual(refused('ROOM_CLOSED'))
    await expect(officer.rpc.conference.invite.mutate({ conference: id, invitees: [{ kind: 'role', whom: 'shift-leader' }] })).rejects.toEqual(
      refused('ROOM_CLOSED'),
    )
    const { rooms } = await officer.rpc.conference.list.query({ incident: input.id })
    expect(rooms).toMatchObject([{ id, incidentTitle: input.title, title: '会商（样例）', closedByName: officer.login, host: null, present: 0 }])
    const acts = (await app.journal.timeline({ dataset: 'incidents', row: input.id }, { by: 'known' })).map(({ action }) => action)
    expect(acts.filter((action) => action.startsWith('conference.'))).toEqual(['conference.open', 'conference.close'])
  })

  test('is refused for an incident that is not, and with marked words', async () => {
    const officer = await app.as('duty-officer')
    await expect(officer.rpc.conference.open.mutate({ id: newId(), incident: newId(), title: '会商' })).rejects.toEqual(refused('NOT_FOUND'))
    await expect(officer.rpc.conference.open.mutate({ id: newId(), incident: null, title: '机密★20年 会商' })).rejects.toEqual(
      refused('CLASSIFIED_MARKING'),
    )
  })

  test('people are called by role, unit and contact; whoever has no client is rung, once, and that is written down', async () => {
    const { officer, id } = await room()
    const leader = await app.as('shift-leader')
    const unit = newId()
    const contact = newId()
    await officer.rpc.contacts.addUnit.mutate({
      id: unit,
      code: null,
      name: '样例县应急管理局',
      superior: null,
      kind: 'county',
      covers: [],
      dutyTelephone: '0913-0100009',
      address: '',
      note: '',
      rank: 1,
    })
    await officer.rpc.contacts.add.mutate({
      id: contact,
      unit,
      post: '局长',
      name: '样例丁',
      telephones: [{ kind: 'mobile', number: '0913-0100010' }],
      rank: 1,
      note: '',
    })
    const invitees = [
      { kind: 'role' as const, whom: 'shift-leader' },
      { kind: 'unit' as const, whom: unit },
      { kind: 'contact' as const, whom: contact },
    ]
    expect(await officer.rpc.conference.invite.mutate({ conference: id, invitees })).toBe(3)
    expect(await officer.rpc.conference.invite.mutate({ conference: id, invitees })).toBe(0)
    const { invitations } = await officer.rpc.conference.get.query({ id })
    expect(invitations.map(({ name, telephone, isByTelephone }) => [name, telephone, isByTelephone])).toEqual([
      [leader.login, '', false],
      ['样例县应急管理局', '0913-0100009', true],
      ['样例县应急管理局 局长 样例丁', '0913-0100010', true],
    ])
    expect((await leader.rpc.conference.waiting.query()).calls).toMatchObject([{ conference: id, by: officer.login }])
    const { toRing } = await officer.rpc.conference.waiting.query()
    expect(toRing).toHaveLength(2)
    await officer.rpc.conference.told.mutate({ invitation: toRing[0]?.id ?? '' })
    expect((await officer.rpc.conference.waiting.query()).toRing).toHaveLength(1)

    // Each outcome stands beside the invitation; one that somebody took is enough.
    const ring = (outcome: CallOutcome, at: number) =>
      officer.rpc.contacts.recordCall.mutate({
        ...{ id: newId(), incident: null, unit: null, contact, party: '样例丁', number: '0913-0100010', purpose: 'order', outcome, words: '' },
        ...{ who: outcome === 'answered' ? '样例丁' : '', redialOf: null, isSample: false },
        ...{ happenedAt: { at, precision: 'exact', source: '' }, about: { dataset: 'conferenceInvitations', row: toRing[1]?.id ?? '' } },
      })
    const rung = async () =>
      (await officer.rpc.conference.get.query({ id })).invitations.map((one) => [one.rung?.outcome ?? null, one.toldAt !== null])
    const now = Date.now()
    await ring('busy', now - 60_000)
    expect(await rung()).toEqual([
      [null, false],
      [null, true],
      ['busy', false],
    ])
    expect((await officer.rpc.conference.waiting.query()).toRing).toHaveLength(1)
    await ring('answered', now)
    expect(await rung()).toEqual([
      [null, false],
      [null, true],
      ['answered', true],
    ])
    expect((await officer.rpc.conference.waiting.query()).toRing).toEqual([])
    await expect(officer.rpc.conference.invite.mutate({ conference: id, invitees: [{ kind: 'unit', whom: newId() }] })).rejects.toEqual(
      refused('NOT_FOUND'),
    )
  })

  test('another station’s, which does not answer: whoever comes is told so or let in here, and never into a second room beside it', async () => {
    const { officer, id } = await room()
    await app.journal.write({
      actor: 'station',
      action: 'conference.open',
      subject: { dataset: 'conferences', row: id },
      rows: [{ dataset: 'conferences', row: id, set: { station: 'another' } }],
    })
    const host = hasWorker ? { name: '', isHere: true } : null
    expect((await officer.rpc.conference.list.query({ incident: null })).rooms).toMatchObject([{ host }])
  })
})

describe('nothing for whoever has no place', () => {
  test('a page where nobody signed in, a stale token, a role without the permission', async () => {
    const { officer, id } = await room()
    const stranger = await app.stranger()
    const place = { conference: id, participant: newId() }
    await expect(stranger.rpc.conference.list.query({ incident: null })).rejects.toEqual(refused('UNAUTHENTICATED'))
    await expect(stranger.rpc.conference.connect.mutate({ ...place, direction: 'send' })).rejects.toEqual(refused('UNAUTHENTICATED'))
    const stale = await fetch(`${app.door.origin}/rpc/conference.list?input=%7B%22incident%22%3Anull%7D`, {
      headers: { Authorization: `Bearer ${'x'.repeat(43)}` },
    })
    expect([stale.status, await stale.json()]).toEqual([401, { code: 'UNAUTHENTICATED', params: {} }])
    const auditor = await app.as('audit-admin')
    await expect(auditor.rpc.conference.list.query({ incident: null })).rejects.toEqual(refused('FORBIDDEN'))
    await expect(auditor.rpc.conference.connect.mutate({ ...place, direction: 'receive' })).rejects.toEqual(refused('FORBIDDEN'))
    const member = await app.as('command-member')
    await expect(member.rpc.conference.open.mutate({ id: newId(), incident: null, title: '会商' })).rejects.toEqual(refused('FORBIDDEN'))
    await expect(officer.rpc.conference.connect.mutate({ conference: newId(), participant: newId(), direction: 'send' })).rejects.toEqual(
      refused('NOT_FOUND'),
    )
  })

  test('a recording is given whole or by the bytes that a player asks for, to whoever may; a guessed one to nobody', async () => {
    const { officer, id } = await room()
    const recording = newId()
    const row = { conference: id, incident: null, station: app.journal.station, what: '', startedAt: 1, startedByName: '李值班', endedAt: 2 }
    await app.journal.write({
      actor: 'station',
      action: 'conference.record',
      subject: { dataset: 'conferences', row: id },
      rows: [{ dataset: 'conferenceRecordings', row: recording, set: row }],
    })
    const folder = join(app.directory, 'recordings', recording)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, '001.mkv'), '0123456789')
    const ask = async (path: string, { seat = officer, range }: { seat?: Seat; range?: string } = {}) => {
      const headers = { Authorization: `Bearer ${seat.token}`, ...(range === undefined ? {} : { Range: range }) }
      const answer = await fetch(`${app.door.origin}/recordings/${path}`, { headers })
      return { status: answer.status, body: await answer.text(), range: answer.headers.get('content-range') }
    }
    expect(await ask(`${recording}/001.mkv`)).toEqual({ status: 200, body: '0123456789', range: null })
    expect(await ask(`${recording}/001.mkv`, { range: 'bytes=4-' })).toEqual({ status: 206, body: '456789', range: 'bytes 4-9/10' })
    expect(await ask(`${recording}/001.mkv`, { range: 'bytes=10-' })).toMatchObject({ status: 416, range: 'bytes */10' })
    for (const path of [`${newId()}/001.mkv`, `${recording}/002.mkv`, `${recording}/..%2F..%2Fmachine-key`, recording])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
    expect((await ask(`${recording}/001.mkv`, { seat: await app.stranger() })).status).toBe(401)
    expect((await ask(`${recording}/001.mkv`, { seat: await app.as('security-admin') })).status).toBe(403)
  })

  test.skipIf(!hasWorker)(`another's place in a room that is held${hasWorker ? '' : ` (skipped: ${workerMissing})`}`, async () => {
    const { officer, id } = await room()
    const participant = newId()
    const abort = new AbortController()
    const who = {
      id: participant,
      account: officer.account,
      session: officer.session.id,
      name: officer.login,
      unitName: '',
      unit: null,
      level: '',
      trunk: null,
      camera: null,
    }
    const events = app.conference.rooms.open(id, '会商').attend(who, abort.signal)
    expect((await events.next()).value).toMatchObject({ kind: 'joined', participant })
    const place = { conference: id, participant }
    const offer = await officer.rpc.conference.connect.mutate({ ...place, direction: 'send' })
    const thief = await app.as('duty-officer')
    for (const call of [
      thief.rpc.conference.connect.mutate({ ...place, direction: 'send' }),
      thief.rpc.conference.restartIce.mutate({ ...place, transport: offer.id }),
      thief.rpc.conference.chair.mutate({ ...place, act: { kind: 'lock', isLocked: true } }),
      thief.rpc.conference.say.mutate({ ...place, words: '冒名' }),
      thief.rpc.conference.leave.mutate(place),
    ])
      await expect(call).rejects.toEqual(refused('NOT_FOUND'))
    await officer.rpc.conference.say.mutate({ ...place, words: '收到' })
    await expect(officer.rpc.conference.say.mutate({ ...place, words: '绝密★' })).rejects.toEqual(refused('CLASSIFIED_MARKING'))

    await until(async () => expect((await officer.rpc.conference.get.query({ id })).attendance).toHaveLength(1))
    await officer.rpc.conference.close.mutate({ id })
    await until(async () =>
      expect((await officer.rpc.conference.get.query({ id })).attendance).toMatchObject([{ name: officer.login, leftHow: 'closed' }]),
    )
    await expect(officer.rpc.conference.say.mutate({ ...place, words: '还在吗' })).rejects.toEqual(refused('NOT_FOUND'))
    abort.abort()
  })
})

test('whoever was in when the station was ended without a word is written down as lost at the next start', async () => {
  const { officer, id } = await room()
  await app.conference.service.joined(id, newId(), { account: officer.account, name: officer.login, unitName: '', camera: null })
  await app.conference.service.tidy()
  expect((await officer.rpc.conference.get.query({ id })).attendance).toMatchObject([{ leftHow: 'lost' }])
  await app.conference.service.tidy()
  expect((await officer.rpc.conference.get.query({ id })).attendance).toHaveLength(1)
})
