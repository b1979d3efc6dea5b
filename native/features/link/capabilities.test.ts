// What an officer can do now, by table of the evidence.
import { describe, expect, test } from 'vitest'
import { type Capability, type CapabilityName, capabilityNames, type LinkView } from '../../contract/index.ts'
import { capabilities, type CapabilityEvidence, registerOldAfterMs } from './capabilities.ts'

const now = 1_800_000_000_000
const minute = 60_000
const calm: CapabilityEvidence = {
  now,
  map: { packs: 1, answering: 0, silent: 0, cachedAt: null },
  plans: { count: 12, newestAt: now - 30 * minute },
  resources: { count: 500, newestAt: now - 60 * minute },
  cameras: 3,
  hasSfu: true,
  links: [],
}
const line = (kind: LinkView['kind'], state: LinkView['state'], rest: Partial<LinkView> = {}): LinkView => ({
  kind,
  unit: kind,
  name: kind === 'above' ? '省厅' : kind === 'centre' ? '本中心' : '样例县',
  state,
  since: now - 12 * minute,
  lastHeardAt: now - 12 * minute,
  roundTripMs: null,
  waiting: 34,
  waitingByLane: {},
  budgetBytesPerS: null,
  reason: null,
  ...rest,
})
function of(name: CapabilityName, evidence: Partial<CapabilityEvidence>): Pick<Capability, 'state' | 'reason' | 'asOf' | 'nextStep'> {
  const found = capabilities({ ...calm, ...evidence }).find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  const { state, reason, asOf, nextStep } = found
  return { state, reason, asOf, nextStep }
}

test('all nine, always, in the order of the contract', () => {
  expect(capabilities(calm).map((one) => one.name)).toEqual([...capabilityNames])
})

test('a station by itself warns of nothing that is built', () => {
  const built = capabilities(calm).filter((one) => !one.reason.endsWith('.notBuilt'))
  expect(built.map(({ name, state, nextStep }) => [name, state, nextStep])).toEqual([
    ['map', 'works', null],
    ['plans', 'works', null],
    ['resources', 'works', null],
    ['report-up', 'works', null],
    ['conference-local', 'works', null],
    ['cameras', 'works', null],
  ])
})

test('what this release does not do fails, each with what does it meanwhile', () => {
  const missing = capabilities(calm).filter((one) => one.reason.endsWith('.notBuilt'))
  expect(missing.map((one) => [one.name, one.state, one.nextStep])).toEqual(
    ['conference-up', 'publish', 'wall'].map((name) => [name, 'fails', `${name}.instead`]),
  )
})

test('pictures need the SFU, and cameras somebody who enters them', () => {
  expect(of('cameras', { cameras: 0 })).toMatchObject({ state: 'fails', reason: 'cameras.none', nextStep: 'cameras.add' })
  expect(of('cameras', { hasSfu: false })).toMatchObject({ state: 'fails', reason: 'cameras.noSfu', nextStep: 'cameras.setUp' })
  expect(of('conference-local', { hasSfu: false })).toMatchObject({
    state: 'fails',
    reason: 'conference-local.noSfu',
    nextStep: 'conference-local.setUp',
  })
})

describe('the map', () => {
  test.each([
    ['a pack on this machine', { packs: 2, answering: 0, silent: 0, cachedAt: null }, 'works', 'map.packs', null, null],
    ['a pack, the online layers silent', { packs: 2, answering: 0, silent: 1, cachedAt: null }, 'works', 'map.packsOnly', null, null],
    ['only online, answering', { packs: 0, answering: 1, silent: 1, cachedAt: now }, 'works', 'map.online', null, null],
    [
      'only online, silent, tiles kept',
      { packs: 0, answering: 0, silent: 1, cachedAt: now - minute },
      'old',
      'map.cached',
      now - minute,
      'map.addPack',
    ],
    ['only online, silent, nothing kept', { packs: 0, answering: 0, silent: 1, cachedAt: null }, 'works', 'map.builtInOnly', null, 'map.addPack'],
    ['no layer at all', { packs: 0, answering: 0, silent: 0, cachedAt: null }, 'works', 'map.builtIn', null, 'map.addPack'],
  ] as const)('%s', (_words, map, state, reason, asOf, nextStep) => expect(of('map', { map })).toEqual({ state, reason, asOf, nextStep }))
})

describe('plans and resources', () => {
  test('none at all', () => {
    const nothing = { count: 0, newestAt: null }
    expect(of('plans', { plans: nothing })).toEqual({ state: 'fails', reason: 'plans.none', asOf: null, nextStep: 'plans.import' })
    expect(of('resources', { resources: nothing })).toEqual({ state: 'fails', reason: 'resources.none', asOf: null, nextStep: 'resources.import' })
  })
  test.each([
    ['every line stands', [line('centre', 'online'), line('above', 'slow'), line('below', 'narrow')], 'works', 'here', null],
    ['only one below is cut: ours do not age with it', [line('below', 'offline')], 'works', 'here', null],
    ['the line up is cut', [line('centre', 'online'), line('above', 'offline')], 'old', 'cut', now - 12 * minute],
    ['the line to the other consoles is refused', [line('centre', 'refused'), line('above', 'online')], 'old', 'cutCentre', now - 12 * minute],
    [
      'both: the longer silence counts',
      [line('centre', 'offline', { lastHeardAt: now - 3 * minute }), line('above', 'offline', { lastHeardAt: now - 99 * minute })],
      'old',
      'cut',
      now - 99 * minute,
    ],
    ['never heard: as of what stands here', [line('above', 'offline', { lastHeardAt: null })], 'old', 'cut', now - 30 * minute],
  ] as const)('%s', (_words, links, state, reason, asOf) => {
    expect(of('plans', { links })).toMatchObject({ state, reason: `plans.${reason}`, asOf })
    expect(of('resources', { links })).toMatchObject({ state, reason: `resources.${reason}` })
  })
  test('a register nobody has touched for half a year is old without any line', () => {
    const at = (ageMs: number) => of('resources', { resources: { count: 5, newestAt: now - ageMs } })
    expect(at(registerOldAfterMs - 1)).toMatchObject({ state: 'works', asOf: null })
    expect(at(registerOldAfterMs)).toEqual({
      state: 'old',
      reason: 'resources.untouched',
      asOf: now - registerOldAfterMs,
      nextStep: 'resources.verify',
    })
  })
})

describe('reporting upward always works, by whatever way stands', () => {
  test.each([
    ['no line', [], 'byTelephone', null],
    ['only lines below', [line('below', 'online')], 'byTelephone', null],
    ['online', [line('above', 'online')], 'byLink', null],
    ['slow', [line('above', 'slow')], 'slow', null],
    ['narrow', [line('above', 'narrow')], 'narrow', null],
    ['offline', [line('above', 'offline')], 'cut', 'report-up.telephone'],
    ['refused', [line('above', 'refused')], 'refused', 'report-up.telephone'],
    ['one of two stands', [line('above', 'offline'), line('above', 'online')], 'byLink', null],
  ] as const)('%s', (_words, links, reason, nextStep) =>
    expect(of('report-up', { links })).toEqual({ state: 'works', reason: `report-up.${reason}`, asOf: null, nextStep }),
  )
})
