// Units on the globe, and the order form: what is drawn is what was reported or told, what is sent names who said it.
import { describe, expect, test } from 'vitest'
import type { IncidentFacts, Task } from '../../../native/contract/index.ts'
import { orderFaults, orderForm, orderInput } from './order-form.ts'
import { unitMarkers } from './tasks.globe.ts'

const now = Date.UTC(2026, 2, 1, 6, 30)
const task = (over: Partial<Task>): Task => ({
  id: 'a',
  incident: 'i',
  kind: 'instruction',
  inNameOf: '',
  unit: '样例救援队',
  resource: null,
  contact: '',
  phone: '',
  task: '堵漏',
  place: '',
  position: null,
  deadline: null,
  dueState: 'arrived',
  signWithinMinutes: 10,
  state: 'departed',
  stateAt: { at: now, precision: 'exact', source: '' },
  isOpen: true,
  nextStates: [],
  overdue: null,
  lateMs: null,
  replaces: null,
  replacedBy: null,
  unitPosition: { position: [109.5, 34.5], basis: 'told', at: now - 600_000 },
  states: [],
  isSample: false,
  ...over,
})
const t = (key: string, params: Record<string, unknown> = {}) => `${key}${Object.values(params).join('')}`

describe('units on the globe', () => {
  test('a unit that has not reported is drawn where it was told to be, marked without position, grey', () => {
    const [marker] = unitMarkers([task({})], now, t)
    expect(marker).toMatchObject({ position: [109.5, 34.5], isStale: true })
    expect(marker?.label).toContain('tasks.position.none')
  })
  test('one that reported stands there, and closed orders are not drawn', () => {
    const reported = task({ unitPosition: { position: [109.4, 34.4], basis: 'reported', at: now - 60_000 } })
    expect(unitMarkers([reported, task({ id: 'b', isOpen: false }), task({ id: 'c', unitPosition: null })], now, t)).toMatchObject([
      { id: 'a', position: [109.4, 34.4], isStale: false },
    ])
  })
  test('units told to one place are given that place: the sheet sets them apart in pixels, the map never lies', () => {
    const units = unitMarkers([task({}), task({ id: 'b' })], now, t)
    expect(units.map(({ position }) => position)).toEqual([
      [109.5, 34.5],
      [109.5, 34.5],
    ])
  })
})

describe('order form', () => {
  const incident = { id: 'i', position: [109.5, 34.5] } as unknown as IncidentFacts
  test('asks for unit, task, who said it and, by telephone, the number', () => {
    expect(orderFaults(orderForm({}, now))).toEqual(['unit', 'task', 'who', 'number'])
    const form = { ...orderForm({ unit: '样例救援队', contact: '样例队长', phone: '0913-0100002' }, now), task: '堵漏' }
    expect(orderFaults(form)).toEqual([])
    expect(orderInput('o', incident, form, now)).toMatchObject({
      position: [109.5, 34.5],
      signWithinMinutes: 10,
      happenedAt: { at: now, source: '样例队长' },
      evidence: { number: '0913-0100002' },
    })
    expect(orderInput('o', incident, { ...form, signWithinMinutes: '' }, now).signWithinMinutes).toBeNull()
  })
})
