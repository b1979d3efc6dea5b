// Rooms between stations, with real lines, keys and SFUs: another station's page takes part; a host that is lost; two levels and the one stream between them.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findProgram } from '../../kernel/binaries.ts'
import { newId } from '../../kernel/ids.ts'
import { PlaceMedia } from '../../media/rooms/place-media.ts'
import { hasWorker, until, workerMissing } from '../../media/testing/worker.ts'
import { Neighbourhood, type TestHost, TestPage } from './testing.ts'

const ffmpeg = findProgram({ name: 'ffmpeg', variable: 'WANGLOU_FFMPEG', setting: null }).path
const title = '氯气泄漏会商（样例）'
let near: Neighbourhood
let pages: TestPage[]
beforeEach(() => {
  near = new Neighbourhood()
  pages = []
})
afterEach(async () => {
  await Promise.all(pages.map((page) => page.go()))
  await near.close()
})

const officer = { account: 'account-officer', name: '李值班' }

async function room(host: TestHost): Promise<string> {
  const id = newId()
  await host.conferences.service.open({ id, incident: null, title }, { ...officer })
  return id
}

/** The entry has come over the link. */
async function replicate(from: TestHost, to: TestHost, id: string): Promise<void> {
  const { title: words, openedAt, station } = await from.conferences.service.stored(id)
  const set = {
    incident: null,
    title: words,
    station,
    openedAt,
    openedBy: officer.account,
    openedByName: officer.name,
    closedAt: null,
    isSample: false,
  }
  await to.journal.write({
    actor: 'station',
    action: 'conference.open',
    subject: { dataset: 'conferences', row: id },
    rows: [{ dataset: 'conferences', row: id, set }],
  })
}

function page(host: TestHost, name: string, conference: string): TestPage {
  const one = new TestPage(host, name, conference)
  pages.push(one)
  one.come()
  return one
}

const names = (one: TestPage) => one.view?.participants.map(({ name }) => name).toSorted()
const hears = (host: TestHost, ...others: TestHost[]) =>
  until(() =>
    expect(host.conferences.hosts.all.map(({ station }) => station)).toEqual(expect.arrayContaining(others.map(({ journal }) => journal.station))),
  )

describe.skipIf(!hasWorker)(`between stations${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('a page of a console without a worker takes part in a room of the machine room’s host, which it has found by UDP; a stranger hears nothing', async () => {
    const announce = { group: '239.255.77.77', port: 46_177, ip: '127.0.0.1' }
    const host = await near.open({ name: '机房主机', priority: 10, announce })
    const desk = await near.open({ name: '值班台 2', hasWorker: false, isHost: false, announce })
    const stranger = await near.open({ name: '外来', isHost: false })
    near.strangers.add(stranger.journal.station)
    stranger.conferences.hosts.know(host.conferences.hosts.address ?? '')
    await hears(desk, host)

    const id = await room(desk)
    expect((await desk.conferences.service.detail(id)).host).toEqual({ name: '机房主机', isHere: false })
    const [first, second] = [page(desk, '李值班', id), page(desk, '周班长', id)]
    await until(() => expect(names(second)).toEqual(['周班长', '李值班'].toSorted()))
    const camera = await first.sends('camera', 1_001)
    await until(() => expect(second.view?.participants.flatMap(({ streams }) => streams)).toMatchObject([{ id: camera }]))
    await second.call('connect', { direction: 'receive' })
    expect(await second.takes(camera)).toMatchObject({ kind: 'video' })
    await first.call('say', { words: '现场已到位' })
    await until(() => expect(second.view?.texts).toMatchObject([{ name: '李值班', words: '现场已到位' }]))

    // Another session of the same station does not speak for that place, and a stranger's station is not let in.
    const theft = { conference: id, participant: first.participant, words: '冒名' }
    await expect(desk.conferences.seats.call('say', theft, '周班长')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(stranger.conferences.hosts.all).toHaveLength(1)
    await until(async () => expect((await host.conferences.service.repository.attendance(id)).map(({ name }) => name)).toHaveLength(2))
  })

  test('the host is lost: its people meet again on the lowest number that answers, and the attendance says so', async () => {
    const lost = await near.open({ name: '机房主机', priority: 10 })
    const [second, third] = [await near.open({ name: '值班台 2', priority: 20 }), await near.open({ name: '值班台 3', priority: 30 })]
    near.introduce(lost, second, third)
    await Promise.all([hears(second, lost, third), hears(third, lost, second)])
    const id = await room(lost)
    await replicate(lost, second, id)
    await replicate(lost, third, id)
    const [one, two] = [page(second, '甲', id), page(third, '乙', id)]
    await until(() => expect(names(one)).toEqual(['乙', '甲'].toSorted()))
    expect(lost.conferences.rooms.present(id)).toBe(2)

    await lost.vanish()
    await until(() => expect(second.conferences.rooms.present(id)).toBe(2))
    await until(async () => {
      const { attendance, moves } = await second.conferences.service.detail(id)
      expect(attendance.map(({ name, hasMoved }) => [name, hasMoved]).toSorted()).toEqual(
        [
          ['乙', true],
          ['甲', true],
        ].toSorted(),
      )
      expect(moves).toMatchObject([{ name: '值班台 2', reason: 'lost' }])
    })
    expect(names(two)).toEqual(['乙', '甲'].toSorted())
    // Who has gone without a word leaves no place behind; where it was is known for a while.
    await Promise.all([one.go(), two.go()])
    expect([second.conferences.seats.counts, third.conferences.seats.counts]).toEqual([
      // Its own page's, and that of the other console's page, which it held.
      { held: 0, remembered: 2 },
      { held: 0, remembered: 1 },
    ])
  })

  test('what the chair has ruled goes on with the room: the lock, whom she removed, and that she leads', async () => {
    const lost = await near.open({ name: '机房主机', priority: 10 })
    const [second, third] = [await near.open({ name: '值班台 2', priority: 20 }), await near.open({ name: '值班台 3', priority: 30 })]
    near.introduce(lost, second, third)
    await Promise.all([hears(second, lost, third), hears(third, lost, second)])
    const id = await room(lost)
    await replicate(lost, second, id)
    await replicate(lost, third, id)
    const one = page(second, '甲', id)
    await until(() => expect(names(one)).toEqual(['甲']))
    const two = page(third, '乙', id)
    const out = page(third, '丙', id)
    await until(() => expect(names(one)).toHaveLength(3))
    await one.call('chair', { act: { kind: 'hand-over', participant: two.participant } })
    await two.call('chair', { act: { kind: 'remove', participant: out.participant } })
    await two.call('chair', { act: { kind: 'lock', isLocked: true } })
    await one.call('say', { words: '现场已到位' })
    await one.sends('microphone', 7_201)
    if (ffmpeg !== null) await two.call('record', { stream: null })
    await until(() =>
      expect(third.conferences.hosts.all.flatMap(({ rooms }) => rooms)).toMatchObject([{ rules: { chair: two.participant, isLocked: true } }]),
    )
    await until(() =>
      expect(second.conferences.hosts.all.flatMap(({ rooms }) => rooms)).toMatchObject([
        { rules: { isLocked: true, removed: ['account-丙'], recordings: ffmpeg === null ? [] : [{ of: null }] } },
      ]),
    )

    await lost.vanish()
    await until(() => expect(second.conferences.rooms.present(id)).toBe(2))
    await until(() => expect(one.view?.participants.filter(({ isChair }) => isChair).map(({ name }) => name)).toEqual(['乙']))
    expect(one.view).toMatchObject({ isLocked: true, texts: [{ name: '甲', words: '现场已到位' }] })
    await one.sends('microphone', 7_202)
    if (ffmpeg !== null) await until(() => expect(one.view?.recordings).toMatchObject([{ stream: null }]))
    const stranger = page(third, '丁', id)
    await until(() => expect(stranger.refusals).toContainEqual(expect.objectContaining({ code: 'ROOM_LOCKED' })))
    out.refusals.length = 0
    await two.call('chair', { act: { kind: 'lock', isLocked: false } })
    await until(() => expect(out.refusals.at(-1)).toMatchObject({ code: 'ROOM_REMOVED' }))
    await until(() => expect(names(one)).toEqual(['丁', '乙', '甲'].toSorted()))
  })

  test.skipIf(ffmpeg === null)(
    'restarted, the room goes on as it was: its people in spite of the lock, the chair, what was written, a camera, the recording; and so it does when everybody was cut off',
    async () => {
      const supply = { source: () => null, sound: () => null, isLive: () => false, onChange: () => () => undefined, release: () => undefined }
      const host = await near.open({ name: '机房主机', awayMs: 300, camera: async () => ({ name: '高处', unitName: '', supply }) })
      const id = await room(host)
      const chair = page(host, '乙', id)
      await until(() => expect(names(chair)).toHaveLength(1))
      const [other, out] = [page(host, '甲', id), page(host, '丙', id)]
      await until(() => expect(names(chair)).toHaveLength(3))
      await chair.call('chair', { act: { kind: 'remove', participant: out.participant } })
      await chair.call('chair', { act: { kind: 'lock', isLocked: true } })
      await other.call('say', { words: '现场已到位' })
      await host.conferences.cameras.bring({ conference: id, camera: newId(), account: 'account-乙' }, { isRelayed: false })
      await other.sends('microphone', 7_101)
      await chair.call('record', { stream: null })

      const isAsBefore = async () => {
        await until(() => expect(names(other)).toEqual(['乙', '高处', '甲'].toSorted()))
        await until(() => expect(other.view?.participants.filter(({ isChair }) => isChair).map(({ name }) => name)).toEqual(['乙']))
        expect(other.view).toMatchObject({ isLocked: true, texts: [{ words: '现场已到位' }], recordings: [] })
        // Nothing is recorded until something is sent.
        await other.sends('microphone', 7_102)
        await until(() => expect(other.view?.recordings).toMatchObject([{ stream: null, isFailing: false }]))
      }
      await host.restart()
      await isAsBefore()
      await Promise.all([chair.cut(), other.cut()])
      await until(() => expect(host.conferences.rooms.has(id)).toBe(false))
      other.come()
      chair.come()
      await isAsBefore()
      await until(() => expect(out.refusals.at(-1)).toMatchObject({ code: 'ROOM_REMOVED' }))
      const stranger = page(host, '丁', id)
      await until(() => expect(stranger.refusals).toContainEqual(expect.objectContaining({ code: 'ROOM_LOCKED' })))

      // Everybody left of their own will: that was the end of it.
      for (const one of [chair, other]) await one.call('leave', {})
      await until(() => expect(stranger.view?.participants.map(({ name }) => name)).toContain('丁'))
      expect(stranger.view).toMatchObject({ isLocked: false, recordings: [] })
    },
  )

  test.skipIf(ffmpeg === null)(
    'only the chair records; begun and ended it stands in the journal; what a killed station left open is closed at its next start',
    async () => {
      const host = await near.open({ name: '机房主机' })
      const id = await room(host)
      // Whoever comes first leads.
      const chair = page(host, '李值班', id)
      await until(() => expect(names(chair)).toHaveLength(1))
      const other = page(host, '周班长', id)
      await until(() => expect(names(chair)).toHaveLength(2))
      await expect(chair.call('record', { stream: null })).rejects.toMatchObject({ code: 'NOTHING_TO_RECORD' })
      const voice = await other.sends('microphone', 7_001)
      await expect(other.call('record', { stream: null })).rejects.toMatchObject({ code: 'NOT_CHAIR' })
      const { id: recording } = await chair.call('record', { stream: null })
      await expect(chair.call('record', { stream: null })).rejects.toMatchObject({ code: 'DUPLICATE' })
      await chair.call('record', { stream: voice })
      await until(() => expect(other.view?.recordings.map(({ stream }) => stream)).toEqual([null, voice]))
      await other.call('closeStream', { stream: voice })
      await chair.call('endRecord', { recording })
      await until(async () =>
        expect((await host.conferences.service.detail(id)).recordings.map(({ what, endedHow }) => [what, endedHow])).toEqual([
          ['', 'stopped'],
          ['周班长', 'ended'],
        ]),
      )
      const row = { conference: id, incident: null, station: host.journal.station, what: '', startedAt: 1, startedByName: '李值班', endedAt: null }
      await host.journal.write({
        actor: 'station',
        action: 'conference.record',
        subject: { dataset: 'conferences', row: id },
        rows: [{ dataset: 'conferenceRecordings', row: newId(), set: row }],
      })
      await host.conferences.recordings.tidy()
      expect((await host.conferences.service.detail(id)).recordings[0]).toMatchObject({ endedHow: 'lost', parts: [] })
      const acts = (await host.journal.timeline({ dataset: 'conferences', row: id }, { by: 'known' })).map(({ action }) => action)
      expect(acts.filter((action) => action.startsWith('conference.record'))).toHaveLength(6)
    },
  )

  test('two parts that could not hear each other hold a room each; when they can, the smaller goes over to the larger', async () => {
    const [apart, second] = [await near.open({ name: '机房主机', priority: 10 }), await near.open({ name: '值班台 2', priority: 20 })]
    near.introduce(apart, second)
    await hears(second, apart)
    const id = await room(apart)
    await replicate(apart, second, id)
    const [one, two, alone] = [page(second, '甲', id), page(second, '乙', id), page(apart, '丙', id)]
    await until(() => expect(apart.conferences.rooms.present(id)).toBe(3))
    await apart.conferences.hosts.stop()
    await until(() => expect([second.conferences.rooms.present(id), names(one)]).toEqual([2, ['乙', '甲'].toSorted()]))
    expect(apart.conferences.rooms.has(id)).toBe(true)

    await apart.conferences.hosts.start()
    near.introduce(apart, second)
    await until(() => expect(alone.heard).toContainEqual({ kind: 'ended', why: 'moved' }))
    await until(() => expect([second.conferences.rooms.present(id), apart.conferences.rooms.has(id)]).toEqual([3, false]))
    await until(() => expect([names(alone)?.length, names(two)?.length]).toEqual([3, 3]))
    await until(async () => {
      const { attendance, moves } = await apart.conferences.service.detail(id)
      expect(attendance.find(({ name }) => name === '丙')).toMatchObject({ leftHow: 'moved' })
      expect(moves.at(-1)).toMatchObject({ name: '值班台 2', reason: 'smaller' })
    })
    await until(async () =>
      expect((await second.conferences.service.detail(id)).attendance.find(({ name }) => name === '丙')).toMatchObject({
        hasMoved: true,
        leftAt: null,
      }),
    )
  })

  test('a county takes part in the city’s room: what three of its pages watch crosses once, in one room with one chair', async () => {
    const city = await near.open({ name: '市主机' })
    const [county, stranger] = [await near.open({ name: '县主机', unit: 'county' }), await near.open({ name: '别县主机', unit: 'other' })]
    near.introduce(city, county, stranger)
    await Promise.all([hears(county, city), hears(stranger, city)])
    const id = await room(city)
    await expect(county.conferences.service.detail(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await city.journal.write({
      actor: 'station',
      action: 'conference.invite',
      subject: { dataset: 'conferences', row: id },
      rows: [
        { dataset: 'conferenceInvitations', row: newId(), set: { conference: id, incident: null, kind: 'unit', whom: 'county', name: '样例县' } },
      ],
    })
    await until(async () => expect(await county.conferences.service.detail(id)).toMatchObject({ title, isForeign: true }))

    const chair = page(city, '市值班', id)
    await until(() => expect(names(chair)).toEqual(['市值班']))
    const watchers = ['县甲', '县乙', '县丙'].map((name) => page(county, name, id))
    const [first, second] = watchers
    if (first === undefined || second === undefined) throw new Error('no page')
    await until(() => expect(names(first)).toHaveLength(4))
    const camera = await chair.sends('camera', 4_001)
    const theirs = await first.sends('camera', 4_002)
    await until(() =>
      expect(second.view?.participants.flatMap(({ streams }) => streams.map(({ id: stream }) => stream)).toSorted()).toEqual(
        [camera, theirs].toSorted(),
      ),
    )
    for (const one of watchers) {
      await one.call('connect', { direction: 'receive' })
      const { id: consumer } = await one.takes(camera)
      await one.call('watch', { consumer, layer: 0 })
    }
    // Between two pages of the county nothing crosses.
    await second.takes(theirs)
    await until(() => expect(city.conferences.rooms.mustHold(id).crossing).toEqual({ sent: 1, received: 0 }))
    await chair.call('connect', { direction: 'receive' })
    await chair.takes(theirs)
    await until(() => expect(city.conferences.rooms.mustHold(id).crossing).toEqual({ sent: 1, received: 1 }))

    await expect(first.call('chair', { act: { kind: 'lock', isLocked: true } })).rejects.toMatchObject({ code: 'NOT_CHAIR' })
    await first.call('hand', { isUp: true })
    await until(() => expect(chair.view?.participants.find(({ name }) => name === '县甲')?.handAt).toEqual(expect.any(Number)))
    // A bad line at the far end of the trunk is watched there, and told here.
    const line = vi.spyOn(PlaceMedia.prototype, 'line').mockImplementation(async (at) => ({ at, availableBps: 10_000, lost: 0.5 }))
    const annex = county.conferences.annexes.of(id, city.journal.station)
    const badSince = Date.now()
    await annex?.lookAtLines(badSince)
    await annex?.lookAtLines(badSince + 5_000)
    line.mockRestore()
    await until(() =>
      expect(
        chair.view?.participants
          .filter(({ isAudioOnly }) => isAudioOnly)
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(['县丙', '县乙', '县甲'].toSorted()),
    )

    const outsider = page(stranger, '别县', id)
    await until(() => expect(outsider.refusals).toContainEqual(expect.objectContaining({ code: 'NOT_FOUND' })))

    await chair.call('closeStream', { stream: camera })
    await until(() => expect(city.conferences.rooms.mustHold(id).crossing).toEqual({ sent: 0, received: 1 }))
    await city.vanish()
    await until(() => expect(county.conferences.rooms.present(id)).toBe(3))
  })
})
