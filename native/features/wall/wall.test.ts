// 大屏 through the door: pairing, holding, switching in two phases, what screens say, what stands in the journal; and nothing for whoever is not paired.
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WallTile } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestApp, type TestApp } from '../../testing/app.ts'
import { intake } from '../incidents/testing.ts'
import { frame, wallTesting } from './testing/walls.ts'

let app: TestApp
// One station for all: each test has its own wall.
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown })
const { wallOf, sceneOf, standingOf, browserOf } = wallTesting(() => app)

describe('switching', () => {
  test('prepare, show at one moment; a screen that is not ready keeps its scene and is named; roll back; a reload comes back to its scene', async () => {
    const officer = await app.as('duty-officer')
    const { id, screens } = await wallOf(officer)
    const [day, night] = [await sceneOf(officer, id, '日间'), await sceneOf(officer, id, '夜间')]
    const first = await browserOf(officer, screens[0]!)
    const behaviour = { isSlow: false }
    const second = await browserOf(officer, screens[1]!, behaviour)
    expect(await officer.rpc.wall.switch.mutate({ wall: id, scene: day })).toMatchObject({ late: [], absent: [] })
    const [a, b] = [first, second].map(({ events }) => events.find((event) => event.kind === 'show'))
    expect(a).toMatchObject({ kind: 'show', at: (b as { at: number }).at })
    await expect.poll(() => [first.shown, second.shown]).toEqual([['日间'], ['日间']])
    behaviour.isSlow = true
    expect(await officer.rpc.wall.switch.mutate({ wall: id, scene: night })).toMatchObject({ late: [screens[1]] })
    await expect.poll(() => first.shown.at(-1)).toBe('夜间')
    expect(second.shown).toEqual(['日间'])
    const standing = () => standingOf(officer, id)
    await expect
      .poll(async () => (await standing()).screens.map(({ intended, actual }) => [intended?.sceneName, actual?.sceneName]))
      .toEqual([
        ['夜间', '夜间'],
        ['夜间', '日间'],
      ])
    // Ready at last: it follows, whole.
    second.ready()
    await expect.poll(() => second.shown.at(-1)).toBe('夜间')
    behaviour.isSlow = false
    await officer.rpc.wall.rollBack.mutate({ wall: id })
    await expect.poll(() => [first.shown.at(-1), second.shown.at(-1)]).toEqual(['日间', '日间'])
    first.close()
    await expect.poll(async () => (await standing()).screens[0]?.isConnected).toBe(false)
    const back = await browserOf(officer, screens[0]!, { token: first.token })
    expect(back.shown).toEqual(['日间'])
    const history = await officer.rpc.wall.history.query({ wall: id })
    expect(history.map(({ sceneName, kind }) => [sceneName, kind])).toEqual([
      ['日间', 'rollback'],
      ['夜间', 'switch'],
      ['日间', 'switch'],
    ])
    const acts = (await app.journal.timeline({ dataset: 'walls', row: id }, { by: 'known' })).map(({ action }) => action)
    expect(acts.filter((action) => /switch|rollback|hold/.test(action))).toEqual(['wall.hold', 'wall.switch', 'wall.switch', 'wall.rollback'])
    back.close()
    second.close()
  })

  test('a screen that has nothing to show for a tile keeps its scene and says which tile; it follows when that comes, or shows it when a person says so; going back waits for none', async () => {
    const [officer, other] = [await app.as('duty-officer'), await app.as('duty-officer')]
    const { id, screens } = await wallOf(officer)
    const camera: WallTile = { id: newId(), kind: 'camera', cameras: [newId()], frame }
    const [day, night] = [await sceneOf(officer, id, '日间'), await sceneOf(officer, id, '夜间', { tiles: [camera] })]
    const behaviour: { lacks: string | null } = { lacks: null }
    const first = await browserOf(officer, screens[0]!)
    const second = await browserOf(officer, screens[1]!, behaviour)
    await officer.rpc.wall.switch.mutate({ wall: id, scene: day })
    behaviour.lacks = camera.id
    expect(await officer.rpc.wall.switch.mutate({ wall: id, scene: night })).toMatchObject({ late: [screens[1]] })
    await expect.poll(() => [first.shown.at(-1), second.shown.at(-1)]).toEqual(['夜间', '日间'])
    const faults = async () => (await standingOf(officer, id)).screens[1]?.faults
    await expect.poll(faults).toEqual([{ tile: camera.id, kind: 'camera', name: '', reason: 'picture' }])
    await expect(other.rpc.wall.showAnyway.mutate({ screen: screens[1]! })).rejects.toEqual(refused('WALL_HELD'))
    await officer.rpc.wall.showAnyway.mutate({ screen: screens[1]! })
    await expect.poll(() => second.shown.at(-1)).toBe('夜间')
    expect(second.events.findLast((event) => event.kind === 'show')).toMatchObject({ isForced: true })
    const acts = (await app.journal.timeline({ dataset: 'walls', row: id }, { by: 'known' })).map(({ action }) => action)
    expect(acts).toContain('wall.showAnyway')
    // The way back is taken whatever is missing there.
    expect(await officer.rpc.wall.rollBack.mutate({ wall: id })).toMatchObject({ late: [] })
    await expect.poll(() => [first.shown.at(-1), second.shown.at(-1)]).toEqual(['日间', '日间'])
    await officer.rpc.wall.switch.mutate({ wall: id, scene: night })
    expect(second.shown.at(-1)).toBe('日间')
    behaviour.lacks = null
    second.ready()
    await expect.poll(() => second.shown.at(-1)).toBe('夜间')
    first.close()
    second.close()
  })

  test('a screen whose line broke after it was ready, and stood again before the scene was shown, shows it all the same', async () => {
    const officer = await app.as('duty-officer')
    const { id, screens } = await wallOf(officer)
    const [day, night] = [await sceneOf(officer, id, '日间'), await sceneOf(officer, id, '夜间')]
    const first = await browserOf(officer, screens[0]!)
    const behaviour = { isSlow: false }
    const second = await browserOf(officer, screens[1]!, behaviour)
    await officer.rpc.wall.switch.mutate({ wall: id, scene: day })
    await expect.poll(() => [first.shown, second.shown]).toEqual([['日间'], ['日间']])
    behaviour.isSlow = true
    const going = officer.rpc.wall.switch.mutate({ wall: id, scene: night })
    await expect.poll(() => second.events.filter(({ kind }) => kind === 'prepare')).toHaveLength(2)
    first.close()
    const back = await browserOf(officer, screens[0]!, { token: first.token })
    expect(back.shown).toEqual(['日间'])
    second.ready()
    await going
    await expect.poll(() => [back.shown.at(-1), second.shown.at(-1)]).toEqual(['夜间', '夜间'])
    back.close()
    second.close()
  })

  test('taken by two at once: one has it, the other is told who; taken over by two at once, one has it in the end', async () => {
    const [officer, other] = [await app.as('duty-officer'), await app.as('duty-officer')]
    const { id } = await wallOf(officer)
    const take = (isTakeOver: boolean) =>
      Promise.allSettled([officer, other].map((seat) => seat.rpc.wall.hold.mutate({ wall: id, isTakeOver }).then(({ name }) => name)))
    const taken = await take(false)
    const won = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(won).toHaveLength(1)
    expect(taken.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))).toEqual([refused('WALL_HELD')])
    expect((await standingOf(officer, id)).hold).toMatchObject({ name: won[0] })
    for (const seat of [officer, other]) await seat.rpc.wall.release.mutate({ wall: id })
    const third = await app.as('duty-officer')
    await third.rpc.wall.hold.mutate({ wall: id, isTakeOver: false })
    const over = await take(true)
    expect(over.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { hold } = await standingOf(officer, id)
    expect(over).toContainEqual({ status: 'fulfilled', value: hold?.name })
    // The wall is let go by whoever has it: no older hold shows from under it.
    for (const seat of [officer, other]) await seat.rpc.wall.release.mutate({ wall: id })
    expect((await standingOf(officer, id)).hold).toBeNull()
  })

  test('who holds the wall is asked first; taking over is an entry; an emergency asks nobody', async () => {
    const [officer, other] = [await app.as('duty-officer'), await app.as('duty-officer')]
    const { id } = await wallOf(officer)
    const scene = await sceneOf(officer, id, '日间')
    await officer.rpc.wall.switch.mutate({ wall: id, scene })
    await expect(other.rpc.wall.switch.mutate({ wall: id, scene })).rejects.toEqual(refused('WALL_HELD'))
    await other.rpc.wall.emergency.mutate({ scene })
    await other.rpc.wall.hold.mutate({ wall: id, isTakeOver: true })
    await expect(officer.rpc.wall.rollBack.mutate({ wall: id })).rejects.toEqual(refused('WALL_HELD'))
    expect(await standingOf(officer, id)).toMatchObject({
      hold: { name: other.login },
      shown: { kind: 'emergency', byName: other.login },
    })
    const taken = (await app.journal.timeline({ dataset: 'walls', row: id }, { by: 'known' })).find(({ action }) => action === 'wall.takeOver')
    expect(taken?.actor).toBe(other.account)
    await other.rpc.wall.release.mutate({ wall: id })
    await officer.rpc.wall.rollBack.mutate({ wall: id })
  })

  test('in an emergency every wall of the station goes to this scene, whoever holds it, each screen with its part, each wall with its entry', async () => {
    const [officer, other] = [await app.as('duty-officer'), await app.as('duty-officer')]
    const [hall, room] = [await wallOf(officer), await wallOf(officer, { columns: 1 })]
    const scene = await sceneOf(officer, hall.id, '全厅疏散')
    await other.rpc.wall.hold.mutate({ wall: room.id, isTakeOver: false })
    const screens = [...hall.screens, ...room.screens]
    const browsers: Awaited<ReturnType<typeof browserOf>>[] = []
    for (const screen of screens) browsers.push(await browserOf(officer, screen))
    const results = await officer.rpc.wall.emergency.mutate({ scene })
    expect(results.every(({ late }) => late.length === 0)).toBe(true)
    await expect.poll(() => browsers.map(({ shown }) => shown.at(-1))).toEqual(['全厅疏散', '全厅疏散', '全厅疏散'])
    for (const { id } of [hall, room]) {
      expect(await standingOf(officer, id)).toMatchObject({ shown: { kind: 'emergency', sceneName: '全厅疏散', byName: officer.login } })
      const acts = (await app.journal.timeline({ dataset: 'walls', row: id }, { by: 'known' })).map(({ action }) => action)
      expect(acts).toContain('wall.emergency')
    }
    expect((await standingOf(officer, room.id)).hold).toMatchObject({ name: other.login })
    for (const browser of browsers) browser.close()
  })

  test('a group follows one act; a wall of another group does not', async () => {
    const officer = await app.as('duty-officer')
    const walls = [
      await wallOf(officer, { groupName: '大厅' }),
      await wallOf(officer, { groupName: '大厅' }),
      await wallOf(officer, { groupName: '会商室' }),
    ]
    const scene = await sceneOf(officer, walls[0]!.id, '日间')
    const other = await app.as('duty-officer')
    await other.rpc.wall.hold.mutate({ wall: walls[1]!.id, isTakeOver: false })
    await expect(officer.rpc.wall.switchGroup.mutate({ scene, group: '大厅' })).rejects.toEqual(refused('WALL_HELD'))
    // All or none: the first wall is not taken for nothing.
    expect((await standingOf(officer, walls[0]!.id)).hold).toBeNull()
    await other.rpc.wall.release.mutate({ wall: walls[1]!.id })
    expect(await officer.rpc.wall.switchGroup.mutate({ scene, group: '大厅' })).toHaveLength(2)
    const shown = (await officer.rpc.wall.standing.query())
      .filter(({ id }) => walls.some((wall) => wall.id === id))
      .map(({ id, shown: now }) => [id, now?.sceneName ?? null])
    expect(new Map(shown as [string, string | null][])).toEqual(
      new Map([
        [walls[0]!.id, '日间'],
        [walls[1]!.id, '日间'],
        [walls[2]!.id, null],
      ]),
    )
  })
})

describe('scenes', () => {
  test('the boards hide telephones from the wall unless the scene is 内部, and a screen asks only for its own tiles', async () => {
    const officer = await app.as('duty-officer')
    const { id, screens } = await wallOf(officer)
    const report = intake({ title: '氯气泄漏，报警人电话 13812345678' })
    await officer.rpc.incidents.report.mutate(report)
    const [open, hidden] = [newId(), newId()]
    const inner = await sceneOf(officer, id, '内部', { isInternal: true, tiles: [{ id: open, kind: 'incidents', incident: null, frame }] })
    const outer = await sceneOf(officer, id, '公开', { tiles: [{ id: hidden, kind: 'incidents', incident: null, frame }] })
    const browser = await browserOf(officer, screens[0]!)
    await officer.rpc.wall.switch.mutate({ wall: id, scene: outer })
    expect((await browser.rpc.wall.screen.board.query({ screen: screens[0]!, tile: hidden }))?.lines[0]?.title).toBe(
      '氯气泄漏，报警人电话 138****56**',
    )
    await officer.rpc.wall.switch.mutate({ wall: id, scene: inner })
    expect((await browser.rpc.wall.screen.board.query({ screen: screens[0]!, tile: open }))?.lines.map(({ title }) => title)).toContain(
      '氯气泄漏，报警人电话 13812345678',
    )
    await expect(browser.rpc.wall.screen.board.query({ screen: screens[0]!, tile: newId() })).rejects.toEqual(refused('NOT_FOUND'))
    browser.events.length = 0
    await officer.rpc.incidents.report.mutate(intake())
    await expect
      .poll(() => browser.events.find(({ kind }) => kind === 'changed'))
      .toMatchObject({ tiles: expect.arrayContaining(['incidents']) as unknown })
    browser.close()
  })

  test('a globe that follows looks where the console of whoever holds the wall looks, is told when that moves, and goes with the hold', async () => {
    const [officer, other] = [await app.as('duty-officer'), await app.as('duty-officer')]
    const { id, screens } = await wallOf(officer)
    const tile = newId()
    const tiles = [WallTile.parse({ id: tile, kind: 'globe', frame, isFollowing: true })]
    const scene = await sceneOf(officer, id, '跟随', { tiles })
    const browser = await browserOf(officer, screens[0]!)
    await officer.rpc.wall.switch.mutate({ wall: id, scene })
    const viewOf = async () => (await browser.rpc.wall.screen.globe.query({ screen: screens[0]!, tile, hasOutlines: false })).view
    const [weinan, hancheng] = [
      { centre: [109.5, 34.5] as [number, number], widthM: 40_000 },
      { centre: [110.4, 35.5] as [number, number], widthM: 20_000 },
    ]
    expect(await viewOf()).toBe(null)
    browser.events.length = 0
    await officer.rpc.wall.look.mutate(weinan)
    await expect.poll(() => browser.events).toContainEqual({ kind: 'changed', tiles: ['globe'] })
    expect(await viewOf()).toEqual(weinan)
    await other.rpc.wall.look.mutate(hancheng)
    expect(await viewOf()).toEqual(weinan)
    browser.events.length = 0
    await other.rpc.wall.hold.mutate({ wall: id, isTakeOver: true })
    await expect
      .poll(() => browser.events)
      .toContainEqual(expect.objectContaining({ kind: 'changed', tiles: expect.arrayContaining(['globe']) as unknown }))
    expect(await viewOf()).toEqual(hancheng)

    // What the officer draws is there at once, its words through the sieve.
    browser.events.length = 0
    const geometry = { type: 'Circle' as const, coordinates: weinan.centre, radiusM: 800 }
    await officer.rpc.drawings.add.mutate({ name: '警戒区 13812345678', geometry, symbol: 'F10100', incident: null })
    await expect
      .poll(() => browser.events)
      .toContainEqual(expect.objectContaining({ kind: 'changed', tiles: expect.arrayContaining(['globe']) as unknown }))
    const { drawings } = await browser.rpc.wall.screen.globe.query({ screen: screens[0]!, tile, hasOutlines: false })
    expect(drawings).toEqual([
      { id: expect.any(String) as unknown, name: expect.not.stringContaining('13812345678') as unknown, geometry, symbol: 'F10100' },
    ])
    browser.close()
  })

  test('come with the program, go out as a file and come in again; a file from elsewhere brings neither acts nor 内部', async () => {
    const officer = await app.as('duty-officer')
    const { id } = await wallOf(officer)
    expect([await officer.rpc.wall.addShipped.mutate({ wall: id }), await officer.rpc.wall.addShipped.mutate({ wall: id })]).toEqual([6, 0])
    await sceneOf(officer, id, '机密处置', { isInternal: true })
    const file = await officer.rpc.wall.exportScenes.query({ wall: id })
    const other = await wallOf(officer)
    expect(await officer.rpc.wall.importScenes.mutate({ wall: other.id, source: file })).toBe(7)
    const scenes = await officer.rpc.wall.scenes.query({ wall: other.id })
    expect(scenes.every(({ isInternal, acts }) => !isInternal && acts.length === 0)).toBe(true)
    const small = await wallOf(officer, { columns: 1 })
    await expect(officer.rpc.wall.importScenes.mutate({ wall: small.id, source: file })).rejects.toEqual(refused('SCENE_FILE_INVALID'))
    expect(await officer.rpc.wall.scenes.query({ wall: small.id })).toEqual([])
    await officer.rpc.wall.arrangeScenes.mutate({ wall: other.id, order: [scenes[3]!.id] })
    expect((await officer.rpc.wall.scenes.query({ wall: other.id }))[0]?.name).toBe('救援处置')
    await expect(sceneOf(officer, small.id, '过宽')).rejects.toEqual(refused('INVALID_INPUT'))
  })

  test('the station asks nobody on behalf of a scene: saved, brought in by a file, looked at, shown on a screen, no line is begun', async () => {
    // The station stands in this process: whoever it would ask is seen before a name is resolved. A web tile may not lead to loopback.
    const host = 'decoy.example'
    const begun = vi.spyOn(Socket.prototype, 'connect')
    const asked = () => begun.mock.calls.filter((call) => inspect(call).includes(host)).length
    try {
      const address = `http://${host}/`
      const officer = await app.as('duty-officer')
      const { id, screens } = await wallOf(officer)
      const tiles = [
        WallTile.parse({ id: newId(), kind: 'web', address, frame }),
        WallTile.parse({ id: newId(), kind: 'banner', text: address, frame }),
        WallTile.parse({ id: newId(), kind: 'picture', file: null, name: address, frame }),
        WallTile.parse({ id: newId(), kind: 'camera', cameras: [newId()], frame }),
      ]
      const scene = await sceneOf(officer, id, address, { tiles })
      await officer.rpc.wall.importScenes.mutate({ wall: id, source: await officer.rpc.wall.exportScenes.query({ wall: id }) })
      for (const tile of tiles) await officer.rpc.wall.preview.query({ tile, isInternal: false })
      const browser = await browserOf(officer, screens[0]!)
      await officer.rpc.wall.switch.mutate({ wall: id, scene })
      await expect.poll(() => browser.shown).toEqual([address])
      const screen = screens[0]!
      for (const { id: tile, kind } of tiles)
        await (kind === 'camera' ? browser.rpc.wall.screen.cameras : browser.rpc.wall.screen.board).query({ screen, tile })
      expect(asked()).toBe(0)
      // It would have been seen.
      await fetch(address).catch(() => undefined)
      expect(asked()).toBeGreaterThan(0)
      browser.close()
    } finally {
      begun.mockRestore()
    }
  })

  test('are offered when an incident of their type is in their phase, and never switched by themselves', async () => {
    const officer = await app.as('duty-officer')
    const { id } = await wallOf(officer)
    await officer.rpc.wall.addShipped.mutate({ wall: id })
    const offered = async () => (await officer.rpc.wall.offers.query()).filter(({ wall, incident }) => wall === id && incident === report.id)
    const report = intake()
    expect(await offered()).toEqual([])
    await officer.rpc.incidents.report.mutate(report)
    expect(await offered()).toMatchObject([{ sceneName: '事件接报', incident: report.id, phase: 'received', wall: id }])
    expect((await standingOf(officer, id)).shown).toBeNull()
  })
})

describe('screens', () => {
  test('a code typed wrong ten times is void', async () => {
    const officer = await app.as('duty-officer')
    const { screens } = await wallOf(officer)
    const begun = await (await app.stranger()).rpc.wall.screen.begin.mutate({ screen: screens[0]! })
    for (let time = 0; time < 10; time += 1) await expect(officer.rpc.wall.pair.mutate({ code: 'WRONG' })).rejects.toEqual(refused('PAIRING_REFUSED'))
    await expect(officer.rpc.wall.pair.mutate({ code: begun.isPaired ? '' : begun.code })).rejects.toEqual(refused('PAIRING_REFUSED'))
    // The next code is good, though somebody mistypes it once.
    const next = await (await app.stranger()).rpc.wall.screen.begin.mutate({ screen: screens[0]! })
    await expect(officer.rpc.wall.pair.mutate({ code: 'WRONG' })).rejects.toEqual(refused('PAIRING_REFUSED'))
    expect(await officer.rpc.wall.pair.mutate({ code: next.isPaired ? '' : next.code })).toMatchObject({ id: screens[0] })
  })

  test('are paired by a code, remembered over a restart, revoked; a stranger sees nothing', async () => {
    const officer = await app.as('duty-officer')
    const { screens } = await wallOf(officer)
    const stranger = await app.stranger()
    const screen = screens[0]!
    await expect(stranger.rpc.wall.screen.board.query({ screen, tile: newId() })).rejects.toEqual(refused('SCREEN_UNPAIRED'))
    await expect(stranger.rpc.wall.standing.query()).rejects.toEqual(refused('UNAUTHENTICATED'))
    await expect(officer.rpc.wall.pair.mutate({ code: 'AAAAAA' })).rejects.toEqual(refused('PAIRING_REFUSED'))
    const browser = await browserOf(officer, screen)
    expect(browser.events[0]).toMatchObject({ kind: 'state', content: null, wallName: '指挥大厅', screenName: '1-1' })
    // Paired as one screen is not paired as another.
    await expect(
      browser.rpc.wall.screen.report.mutate({ screen: screens[1]!, phase: 'pulse', switch: null, paintedAt: null, faults: [], thumbnail: null }),
    ).rejects.toEqual(refused('SCREEN_UNPAIRED'))
    browser.close()
    await app.stop()
    app = await openTestApp({ directory: app.directory })
    const again = app.client(browser.token)
    expect(await again.wall.screen.begin.mutate({ screen })).toEqual({ isPaired: true })
    await app.client(officer.token).wall.revoke.mutate({ screen })
    expect(await again.wall.screen.begin.mutate({ screen })).toMatchObject({ isPaired: false })
  })
})
