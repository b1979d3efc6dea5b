import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CameraAlarm, type CameraRow, faultHops, faultParties, streamHops, streamStates } from '../../../native/contract/index.ts'
import { alarmRings } from './alarm-rings.ts'
import { inOrder, treeLines } from './camera-tree.ts'
import messages from './cameras.messages.ts'
import { codecName } from './codecs.ts'
import { askDecoding, budgetOf, costOf, planTiles } from './decode-budget.ts'
import { within, zoomed } from './digital-zoom.ts'
import { viewRing } from './field-of-view.ts'
import { moversOf, useGone } from './gone.ts'

const seed = Date.now() % 2_147_483_647
console.log(`cameras page: fast-check seed ${seed}`)

const size = fc.record({ widthPx: fc.integer({ min: 320, max: 7680 }), heightPx: fc.integer({ min: 240, max: 4320 }) })
const wish = fc.record({
  id: fc.uuid(),
  hasSub: fc.boolean(),
  mainCodec: fc.option(fc.constant('H.265')),
  isGone: fc.boolean(),
  sizes: fc.record({ main: size, sub: size }, { requiredKeys: [] }),
})
const decodings = fc.option(fc.record({ smooth: fc.boolean(), powerEfficient: fc.boolean() }))

test('no grid asks for more than the machine decodes, each stream weighed by its real size, and a tile that could play does', () => {
  fc.assert(
    fc.property(
      fc.array(wish, { maxLength: 25 }),
      fc.integer({ min: 100, max: 2000 }),
      fc.integer({ min: 1, max: 32 }),
      decodings,
      (wishes, tileWidthPx, cores, decoding) => {
        const budget = budgetOf(cores, decoding)
        const plan = planTiles(wishes, { tileWidthPx, budget })
        const cost = (index: number, quality: 'main' | 'sub') => (wishes[index]!.isGone ? 0 : costOf(quality, wishes[index]!.sizes[quality]))
        const spent = plan.reduce((sum, { show }, index) => sum + (show === 'still' ? 0 : cost(index, show)), 0)
        expect(spent).toBeLessThanOrEqual(budget + 1e-9)
        expect(plan.map(({ id }) => id)).toEqual(wishes.map(({ id }) => id))
        for (const [index, { show, insteadOf }] of plan.entries()) {
          const { hasSub, mainCodec } = wishes[index]!
          if (show === 'still') expect(budget - spent).toBeLessThan(cost(index, hasSub ? 'sub' : 'main'))
          if (show === 'sub') expect(hasSub).toBe(true)
          if (insteadOf !== null) expect([show, mainCodec]).toEqual(['sub', insteadOf])
          if (show === 'main' && hasSub) expect(mainCodec).toBeNull()
        }
      },
    ),
    { seed },
  )
})

const plain = { hasSub: true, mainCodec: null, isGone: false, sizes: {} }
test('one large tile takes the main stream, sixteen small ones their sub-streams', () => {
  expect(planTiles([{ id: 'a', ...plain }], { tileWidthPx: 1500, budget: 4 })).toEqual([{ id: 'a', show: 'main', insteadOf: null }])
  const sixteen = Array.from({ length: 16 }, (_, index) => ({ ...plain, id: String(index), hasSub: index < 14 }))
  const shown = planTiles(sixteen, { tileWidthPx: 350, budget: 4 }).map(({ show }) => show)
  expect(shown.filter((one) => one === 'sub').length).toBe(14)
  expect(shown.slice(14)).toEqual(['still', 'still'])
})

test('a camera that gives no picture for half a minute makes room for the next, and takes its place again with its picture', () => {
  const { gone, saw } = useGone()
  const show = () =>
    planTiles(
      ['a', 'b'].map((id) => ({ ...plain, id, hasSub: false, isGone: gone.value.has(id) })),
      { tileWidthPx: 500, budget: 1 },
    ).map((one) => one.show)
  saw('a', 'connecting', 0)
  saw('a', 'failed', 20_000)
  saw('a', 'connecting', 30_000)
  expect(show()).toEqual(['main', 'still'])
  saw('a', 'failed', 31_000)
  expect(show()).toEqual(['main', 'main'])
  saw('a', 'connecting', 40_000)
  expect(show()).toEqual(['main', 'main'])
  saw('a', 'live', 41_000)
  expect(show()).toEqual(['main', 'still'])
  saw('a', 'reconnecting', 42_000)
  saw('a', 'live', 80_000)
  saw('a', 'stalled', 81_000)
  expect([...gone.value]).toEqual([])
})

test('on a wall, too, the turn of a camera without a picture goes to the next', () => {
  const [cameras, most] = [['a', 'b', 'c', 'd'], 2]
  expect([...moversOf(cameras, { most, gone: new Set() })]).toEqual(['a', 'b'])
  expect([...moversOf(cameras, { most, gone: new Set(['a']) })]).toEqual(['a', 'b', 'c'])
  expect([...moversOf(cameras, { most, gone: new Set(['a', 'b', 'c']) })]).toEqual(cameras)
})

test('a 4K stream weighs four times what 1080p does; a main stream that cannot be played gives way to the sub-stream, said in a large tile only', () => {
  expect(costOf('main', { widthPx: 3840, heightPx: 2160 })).toBe(4)
  const two = [
    { id: 'a', ...plain, hasSub: false, sizes: { main: { widthPx: 3840, heightPx: 2160 } } },
    { id: 'b', ...plain, hasSub: false },
  ]
  expect(planTiles(two, { tileWidthPx: 1000, budget: 4 }).map(({ show }) => show)).toEqual(['main', 'still'])
  const coded = [{ id: 'a', ...plain, mainCodec: 'H.265' }]
  expect(planTiles(coded, { tileWidthPx: 1000, budget: 4 })).toEqual([{ id: 'a', show: 'sub', insteadOf: 'H.265' }])
  expect(planTiles(coded, { tileWidthPx: 500, budget: 4 })).toEqual([{ id: 'a', show: 'sub', insteadOf: null }])
  // Without a sub-stream nothing else can be asked for: its tile says what to do.
  expect(planTiles([{ ...coded[0]!, hasSub: false }], { tileWidthPx: 1000, budget: 4 })[0]?.show).toBe('main')
})

test('what the machine decodes: by its processor, halved where even one picture is not smooth, more where the graphics card does it', async () => {
  expect([budgetOf(4, null), budgetOf(4, { smooth: true, powerEfficient: false }), budgetOf(4, { smooth: false, powerEfficient: true })]).toEqual([
    8, 8, 4,
  ])
  expect([budgetOf(4, { smooth: true, powerEfficient: true }), budgetOf(16, { smooth: true, powerEfficient: true })]).toEqual([16, 32])
  const answer = (told: Partial<MediaCapabilitiesDecodingInfo>) => ({ decodingInfo: async () => told as MediaCapabilitiesDecodingInfo })
  expect(await askDecoding(answer({ supported: true, smooth: false, powerEfficient: false }))).toMatchObject({ smooth: false })
  expect(await askDecoding(answer({ supported: false, smooth: false, powerEfficient: false }))).toBeNull()
  expect(await askDecoding(undefined)).toBeNull()
  expect(await askDecoding({ decodingInfo: () => Promise.reject(new TypeError('not known')) })).toBeNull()
})

test('a codec is named as people know it, whatever called it', () => {
  const said = [
    'H265',
    'hvc1.1.6.L93.B0',
    'video/mp4;codecs=hev1.1.6',
    '["hvc1.2.4.L153.B0"]',
    'avc1.640028',
    'av01.0.08M.08',
    'FLV 9',
    '',
    undefined,
  ]
  expect(said.map(codecName)).toEqual(['H.265', 'H.265', 'H.265', 'H.265', 'H.264', 'AV1', 'FLV 9', '?', '?'])
})

test('the tree: every camera once while nothing is closed, levels that say nothing left out', () => {
  const camera = (id: string, areaName: string | null, owner: string, device: string) => ({ id, areaName, owner, device }) as CameraRow
  const cameras = [camera('1', '临渭区', '公安局', 'NVR 1'), camera('2', '临渭区', '公安局', ''), camera('3', null, '', '')]
  const lines = treeLines(cameras, new Set())
  expect(lines.map(({ branch, camera: one, depth }) => `${depth} ${branch?.name ?? one?.id}`)).toEqual([
    '0 临渭区',
    '1 公安局',
    '2 NVR 1',
    '3 1',
    '2 2',
    '0 3',
  ])
  expect(lines[0]?.branch?.count).toBe(2)
  expect(treeLines(cameras, new Set(['/临渭区'])).length).toBe(2)
})

test('the list is in order as people count, area by area', () => {
  const camera = (name: string, area: string | null, channel = '') => ({ name, area, owner: '公安局', device: '', channel }) as CameraRow
  const cameras = [
    camera('路口 10', '610502'),
    camera('路口 9', '610502'),
    camera('路口 1', '610503'),
    camera('门', '610502', '2'),
    camera('无区划', null),
  ]
  expect(inOrder(cameras).map(({ name }) => name)).toEqual(['无区划', '路口 9', '路口 10', '门', '路口 1'])
})

test('every fault has its sentence and a next step, every hop and state its word, in both languages', () => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const words = messages[locale] as {
      fault: Record<string, { what: string; next: string }>
      faultOf: Record<string, Record<string, { what: string; next: string }>>
      hop: Record<string, string>
      state: Record<string, string>
    }
    for (const code of Object.keys(faultHops)) {
      expect(words.fault[code]?.what, `${locale} ${code}`).toBeTruthy()
      expect(words.fault[code]?.next, `${locale} ${code}`).toBeTruthy()
    }
    expect(Object.keys(words.fault).length).toBe(Object.keys(faultHops).length)
    expect(Object.keys(words.faultOf).sort()).toEqual([...faultParties].sort())
    for (const codes of Object.values(words.faultOf))
      for (const [code, { what, next }] of Object.entries(codes)) expect([code in faultHops, what !== '', next !== '']).toEqual([true, true, true])
    for (const hop of streamHops) expect(words.hop[hop], hop).toBeTruthy()
    for (const state of streamStates) expect(words.state[state], state).toBeTruthy()
  }
})

test('alarms of samples call nobody; real ones ring, and again while they are fresh', () => {
  const alarm = (id: string, isSample: boolean, lastAt: number) => ({ id, isSample, lastAt }) as CameraAlarm
  const rings = alarmRings([alarm('a', true, 1_000_000), alarm('b', false, 1_000_000), alarm('c', false, 0)], 2_000_000)
  expect(rings.map(({ key, isRepeated }) => [key, isRepeated])).toEqual([
    ['b', true],
    ['c', false],
  ])
})

test('digital zoom: no edge of the picture comes into the tile, and what lies under the pointer stays there', () => {
  const share = fc.double({ min: -0.5, max: 0.5, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.record({ x: share, y: share, isIn: fc.boolean() }), { maxLength: 30 }), (turns) => {
      let zoom = { scale: 1, x: 0, y: 0 }
      for (const { x, y, isIn } of turns) {
        const before = zoom
        zoom = zoomed(zoom, { at: { x, y }, isIn })
        expect(zoom).toEqual(within(zoom))
        expect(zoom.scale).toBeGreaterThanOrEqual(1)
        if (isIn) expect((x - zoom.x) / zoom.scale).toBeCloseTo((x - before.x) / before.scale)
      }
    }),
    { seed },
  )
})

test('what a camera sees: a closed sector of its range around its direction, a circle, or nothing where it is not said', () => {
  const camera = { position: [109, 34] as [number, number], azimuthDeg: 0, viewDeg: 90, rangeM: 1000 }
  const ring = viewRing(camera)!
  expect([ring[0], ring.at(-1)]).toEqual([camera.position, camera.position])
  // 1 km north of it, and 707 m to each side.
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)]
  expect(Math.max(...lats)).toBeCloseTo(34 + 1 / 111.2, 4)
  expect(Math.min(...lats)).toBe(34)
  expect(Math.max(...lons) - 109).toBeCloseTo(109 - Math.min(...lons), 6)
  expect(viewRing({ ...camera, azimuthDeg: null })).toBeNull()
  expect(viewRing({ ...camera, azimuthDeg: null, viewDeg: 360 })!.length).toBeGreaterThan(50)
})
