// The pure parts: what each screen draws, what is hidden, what is due, what a file may bring.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWithinWall, movingOf, tilesOfScreen, wallCanvasOf, WallTile, type WallSchedule } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { masked } from './mask.ts'
import { readSceneFile } from './scenes.service.ts'
import { dueSchedules } from './schedules.ts'
import { ScreenDesk } from './screen-desk.ts'
import { phaseOf } from './sources.ts'
import { shippedScenes } from './shipped-scenes.ts'

const seed = Date.now() % 2_147_483_647
console.log(`wall: fast-check seed ${seed}`)
const clock = (frame: { x: number; y: number; width: number; height: number }): WallTile => ({ id: newId(), kind: 'clock', frame })

test('a tile over four screens: each draws its part, and what stands behind the bezel is drawn by none', () => {
  const shape = { rows: 2, columns: 2, bezelX: 100, bezelY: 0 }
  const tile = clock({ x: 0, y: 0, width: 2.1, height: 2 })
  const at = (row: number, column: number) => tilesOfScreen([tile], shape, { row, column })[0]
  expect(at(0, 0)).toMatchObject({ left: 0, top: 0, width: 2.1, height: 2 })
  expect(at(1, 1)).toMatchObject({ left: -1.1, top: -1, width: 2.1, height: 2 })
  expect(tilesOfScreen([clock({ x: 1.02, y: 0, width: 0.05, height: 1 })], shape, { row: 0, column: 0 })).toEqual([])
})

test('whatever the wall and the tile: every point of a tile that is on a screen is drawn by that screen, at its place', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 200 }),
      fc.tuple(share, share, share, share, share, share),
      (rows, columns, bezel, [a, b, c, d, u, v]) => {
        const shape = { rows, columns, bezelX: bezel, bezelY: bezel }
        const canvas = wallCanvasOf(shape)
        const frame = {
          x: a * canvas.width * 0.9,
          y: b * canvas.height * 0.9,
          width: 0.05 + c * canvas.width * 0.1,
          height: 0.05 + d * canvas.height * 0.1,
        }
        const [x, y] = [frame.x + u * frame.width, frame.y + v * frame.height]
        for (let row = 0; row < rows; row += 1)
          for (let column = 0; column < columns; column += 1) {
            const [inX, inY] = [x - column * (1 + bezel / 1000), y - row * (1 + bezel / 1000)]
            if (inX <= 0 || inX >= 1 || inY <= 0 || inY >= 1) continue
            const [part] = tilesOfScreen([clock(frame)], shape, { row, column })
            expect(part).toBeDefined()
            expect(part!.left + u * part!.width).toBeCloseTo(inX, 6)
            expect(part!.top + v * part!.height).toBeCloseTo(inY, 6)
          }
      },
    ),
    { seed, numRuns: 200 },
  )
})

test('the scenes that come with the program fit every wall', () => {
  for (const shape of [
    { rows: 1, columns: 1, bezelX: 0, bezelY: 0 },
    { rows: 2, columns: 4, bezelX: 20, bezelY: 15 },
    { rows: 4, columns: 16, bezelX: 200, bezelY: 200 },
  ]) {
    const scenes = shippedScenes(shape)
    expect(scenes.map(({ name }) => name)).toEqual(['日常值守', '事件接报', '指挥会商', '救援处置', '新闻发布', '演练'])
    for (const { tiles } of scenes)
      for (const tile of tiles) expect([isWithinWall(tile.frame, shape), WallTile.safeParse(tile).success]).toEqual([true, true])
  }
})

describe('the budget', () => {
  const one = { rows: 1, columns: 1, bezelX: 0, bezelY: 0 }
  const whole = { x: 0, y: 0, width: 1, height: 1 }
  const tile = (kind: string, set: object = {}) => WallTile.parse({ id: newId(), kind, frame: whole, ...set })
  const cameras = (n: number, set: object = {}) => tile('camera', { cameras: Array.from({ length: n }, newId), ...set })
  const film = (set: object = {}) => tile('video', { file: null, name: '', ...set })
  const moving = (tiles: readonly WallTile[], shape = one) => tiles.map(({ id }) => movingOf(tiles, shape).get(id) ?? null)

  test('counts pictures, not tiles: of a grid of nine the first six move, and nothing is left for the film behind', () => {
    expect(moving([cameras(9)])).toEqual([6])
    const half = { x: 0, y: 0, width: 0.5, height: 0.5 }
    expect(moving([cameras(4, { frame: half }), cameras(4, { frame: half }), film({ frame: half }), tile('clock')])).toEqual([4, 2, 0, null])
  })

  test('of globes one moves; of what covers the screen no more than twice its pixels', () => {
    const part = { x: 0, y: 0, width: 0.3, height: 0.3 }
    expect(moving([tile('globe', { frame: part }), tile('globe', { frame: part })])).toEqual([1, 0])
    expect(moving([film(), film(), film()])).toEqual([1, 1, 0])
  })

  test('what spans screens moves on all of them or on none, and takes from each', () => {
    const two = { ...one, columns: 2 }
    const right = { x: 1, y: 0, width: 0.4, height: 0.4 }
    const over = { x: 0.5, y: 0, width: 1, height: 0.5 }
    expect(moving([cameras(6, { frame: right }), film({ frame: over }), film({ frame: { ...right, x: 0 } })], two)).toEqual([6, 0, 1])
  })

  test('whatever stands on a wall: no screen has more than it can, and every screen of a tile is told the same number', () => {
    const kind = fc.constantFrom('video', 'camera', 'conference', 'globe', 'clock')
    const made = fc.record({
      kind,
      n: fc.nat({ max: 16 }),
      x: fc.double({ min: 0, max: 2, noNaN: true }),
      width: fc.double({ min: 0.05, max: 1, noNaN: true }),
    })
    const shape = { rows: 1, columns: 3, bezelX: 20, bezelY: 0 }
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), (all) => {
        const tiles = all.map(({ kind, n, x, width }) => {
          const frame = { x, y: 0, width, height: 1 }
          return kind === 'camera' ? cameras(n, { frame }) : kind === 'video' ? film({ frame }) : tile(kind, { frame, conference: null })
        })
        const told = new Map<string, number>()
        for (let column = 0; column < 3; column += 1) {
          const here = tilesOfScreen(tiles, shape, { row: 0, column })
          const sum = (of: typeof here) => of.reduce((all, { moving }) => all + moving, 0)
          expect(sum(here.filter(({ tile }) => tile.kind !== 'globe'))).toBeLessThanOrEqual(6)
          expect(sum(here.filter(({ tile }) => tile.kind === 'globe'))).toBeLessThanOrEqual(1)
          for (const { tile, moving } of here) expect(told.get(tile.id) ?? moving).toBe(moving)
          for (const { tile, moving } of here) told.set(tile.id, moving)
        }
      }),
      { seed },
    )
  })
})

test('telephones and identity numbers are hidden, figures are not', () => {
  expect(masked('张某 13812345678，0913-2345678，029 88886666，+86 138 1234 5678')).toBe('张某 138****56**，0913-****，029-****，138****56**')
  expect(masked('１３８１２３４５６７８')).toBe('138****56**')
  expect(masked('610502199001011234 61050219900101123X 610502900101123')).toBe('610502************ 610502************ 610502************')
  for (const kept of ['死亡 3 人，受伤 12 人', '2026-11-27 14:30', '水位 1234.5 m', 'G30 K1023+500', '投入 1200 人 45 车'])
    expect(masked(kept)).toBe(kept)
})

test('a name that is known, or that the words give away, is shown nowhere; digits of people neither; whatever stands around them', () => {
  const surname = fc.constantFrom(...'王李张刘陈杨赵黄周吴')
  const given = fc
    .array(fc.constantFrom(...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚'), { minLength: 1, maxLength: 2 })
    .map((letters) => letters.join(''))
  const name = fc.tuple(surname, given).map(([first, rest]) => first + rest)
  const around = fc.constantFrom('', '。', '，现场', '（男，45岁）', '送医', ' 等3人 ', '\n', '据报')
  const mobile = fc.integer({ min: 0, max: 99_999_999 }).map((number) => `138${String(number).padStart(8, '0')}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(around, name, around), { minLength: 1, maxLength: 6 }), mobile, (parts, number) => {
      const text = parts.map(([before, who, after]) => before + who + after).join('') + number
      const hidden = masked(
        text,
        parts.map(([, who]) => who),
      )
      for (const [, who] of parts) expect(hidden).not.toContain(who)
      expect(hidden).not.toContain(number)
      // Nothing else of it is lost.
      expect(hidden).toHaveLength(text.length)
    }),
    { seed },
  )
  expect(masked('死者王建国，男，52岁；伤员李四送县医院')).toBe('死者王某某，男，52岁；伤员李某送县医院')
  expect(masked('赵班长带队到场')).toBe('赵班长带队到场')
})

test('schedules are due once, on their days, by the clock of Shanghai', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)
  const schedule = (days: string, minute = 480, isOn = true): WallSchedule => ({
    id: newId(),
    wall: newId(),
    name: '',
    scene: null,
    acts: [],
    minute,
    days,
    isOn,
  })
  // 2026-11-27 is a Friday.
  const due = (one: WallSchedule, from: string, to: string) => dueSchedules([one], { from: at(from), to: at(to) }).length
  expect(due(schedule('1111100'), '2026-11-27T07:59:50', '2026-11-27T08:00:05')).toBe(1)
  expect(due(schedule('1111100'), '2026-11-27T08:00:00', '2026-11-27T08:00:15')).toBe(0)
  expect(due(schedule('0000011'), '2026-11-27T07:59:50', '2026-11-27T08:00:05')).toBe(0)
  expect(due(schedule('1111111', 480, false), '2026-11-27T07:59:50', '2026-11-27T08:00:05')).toBe(0)
  expect(due(schedule('0000010', 0), '2026-11-27T23:59:55', '2026-11-28T00:00:05')).toBe(1)
})

test.each([
  'http://127.0.0.1/',
  'http://localhost:46000',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://127.1',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.1.1',
  'http://a:b@example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://x.localhost./',
  'http://017700000001/',
])('a web tile never leads to this machine: %s', (address) =>
  expect(WallTile.safeParse({ id: newId(), kind: 'web', address, frame: { x: 0, y: 0, width: 1, height: 1 } }).success).toBe(false),
)

test('a web tile may lead elsewhere', () => {
  for (const address of ['https://www.weather.com.cn/', 'http://10.1.2.3:8080/map?x=1', 'https://[2001:db8::1]/'])
    expect(WallTile.safeParse({ id: newId(), kind: 'web', address, frame: { x: 0, y: 0, width: 1, height: 1 } }).success, address).toBe(true)
})

test('a hostile scene file is refused: not JSON, too large, unknown members, acts on devices, a thousand tiles', () => {
  const tile = clock({ x: 0, y: 0, width: 1, height: 1 })
  const scene = { name: '样例', isInternal: true, tiles: [tile], incidentType: null, phase: null }
  const file = (scenes: unknown) => JSON.stringify({ kind: 'wanglou-scenes', version: 1, scenes })
  expect(readSceneFile(file([scene])).scenes).toHaveLength(1)
  for (const source of [
    '',
    'PK\u0003\u0004',
    '[]',
    file([]),
    file([{ ...scene, acts: [] }]),
    file([{ ...scene, tiles: Array.from({ length: 65 }, () => tile) }]),
    file([{ ...scene, tiles: [{ ...tile, kind: 'script' }] }]),
    file([{ ...scene, tiles: [{ ...tile, frame: { x: -1, y: 0, width: 1, height: 1 } }] }]),
    file([{ ...scene, name: 'x\0' }]),
    `{"kind":"wanglou-scenes","version":1,"scenes":[],"__proto__":{"a":1}}`,
    file([{ ...scene, name: 'x'.repeat(1_000_001) }]),
    file([{ ...scene, tiles: Array.from({ length: 10_000 }, () => tile) }]),
    file([{ ...scene, tiles: [{ ...tile, frame: { x: 0, y: 0, width: null, height: 1 } }] }]),
    file([scene]).replace('"width":1', '"width":NaN'),
    file([scene]).replace('"width":1', '"width":1e999'),
    file([{ ...scene, tiles: [{ ...tile, kind: 'banner', text: '字'.repeat(501) }] }]),
    ...['javascript:alert(1)', 'file:///etc/passwd', 'http://127.0.0.1:46000/', 'http://[::1]/', 'data:text/html,<script>1</script>'].map((address) =>
      file([{ ...scene, tiles: [{ ...tile, kind: 'web', address }] }]),
    ),
    file([{ ...scene, tiles: [{ ...tile, kind: 'picture', file: '../../secret', name: '' }] }]),
    file([{ ...scene, tiles: [{ ...tile, kind: 'camera', cameras: ['rtsp://admin:1@10.0.0.1/'] }] }]),
  ])
    expect(() => readSceneFile(source)).toThrow('SCENE_FILE_INVALID')
})

test('接报 until it is verified, 响应 from its approval, 处置 once something of it is done', () => {
  const summary = (more: { approvedAt?: number; endedAt?: number } = {}) => ({ approvedAt: null, endedAt: null, ...more })
  const phase = (state: 'received' | 'verified', of: ReturnType<typeof summary>, done: 'open' | 'done' = 'open') =>
    phaseOf(state, { summary: of, items: [{ state: done }] } as Parameters<typeof phaseOf>[1])
  expect(phase('received', summary())).toBe('received')
  expect(phase('verified', summary())).toBe('handling')
  expect(phase('received', summary({ approvedAt: 1 }))).toBe('response')
  expect(phase('verified', summary({ approvedAt: 1 }), 'done')).toBe('handling')
  expect(phase('verified', summary({ approvedAt: 1, endedAt: 2 }))).toBe('handling')
})

test('when a screen painted is said once; a pulse or a reload that says nothing of it unsays nothing', () => {
  const desk = new ScreenDesk(() => 1_000)
  const [screen, first, second] = [newId(), newId(), newId()]
  const say = (phase: 'ready' | 'shown' | 'pulse', of: string, paintedAt: number | null) => {
    desk.take({ screen, phase, switch: of, paintedAt, faults: [], thumbnail: null })
    return desk.report(screen)
  }
  say('shown', first, 900)
  expect(say('pulse', first, null)).toMatchObject({ switch: first, paintedAt: 900 })
  expect(say('ready', second, null)).toMatchObject({ switch: first, paintedAt: 900 })
  expect(say('pulse', second, null)).toMatchObject({ switch: second, paintedAt: null })
})
