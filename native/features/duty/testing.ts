// A station with a watch, a clock that tests set, and inputs that a test only needs to vary.
import type { Beside, OpenMatter, RosterPerson, SignIncomingInput } from '../../contract/index.ts'
import { shippedShifts, WanglouError } from '../../contract/index.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStationOptions } from '../../testing/station.ts'
import { Duty, type DutyOptions } from './duty.feature.ts'
import type { z } from 'zod'

export const outgoing = { account: '018f0000-0000-7000-8000-000000000011', name: '样例交班员' }
export const incoming = { account: '018f0000-0000-7000-8000-000000000012', name: '样例接班员' }
export const allDay = shippedShifts[0]!.id
export const day = '2026-11-26'
/** 2026-11-26 08:00 in Shanghai. */
export const eight = Date.UTC(2026, 10, 26, 0, 0)
export const hourMs = 3_600_000

export async function openDuty(options: Partial<DutyOptions> & { station?: TestStationOptions } = {}) {
  const clock = { now: eight }
  const { station: stationOptions, ...rest } = options
  const station = await openTestStation({ isQuick: true, now: () => clock.now, ...stationOptions })
  const room: { open: OpenMatter[] } = { open: [] }
  const duty = new Duty({
    ...station,
    team: () => [outgoing, incoming].map((member) => ({ ...member, telephone: '0913-0100011' })),
    prove: (beside: Beside) =>
      'password' in beside.proof && beside.proof.password === 'right'
        ? Promise.resolve(incoming)
        : Promise.reject(new WanglouError('WRONG_PASSWORD', { remaining: 4 })),
    may: () => true,
    rooms: [() => Promise.resolve(room.open)],
    incidents: () => Promise.resolve([]),
    instructions: () => Promise.resolve([]),
    wording: { figure: ({ metric }) => ({ words: metric, sources: [] }), moment: ({ at }) => new Date(at).toISOString() },
    hasReport: () => Promise.resolve(false),
    readTable: () => Promise.resolve([]),
    fillDocument: () => Promise.resolve(new Uint8Array()),
    unit: () => Promise.resolve('样例市应急管理局'),
    onError: () => undefined,
    now: () => clock.now,
    ...rest,
  })
  return { ...station, duty, clock, room }
}

export function person(name: string): RosterPerson {
  return { name, telephone: '' }
}

export function matter(id: string, over: Partial<OpenMatter> = {}): OpenMatter {
  return { id, kind: 'incident', title: `事项 ${id}`, detail: '', since: eight - hourMs, dueAt: null, to: { name: 'incident', params: {} }, ...over }
}

export function nextWatch(onDay: string = day): z.infer<typeof SignIncomingInput>['next'] {
  return { day: onDay, shift: allDay, people: { watchLeaders: [person('样例甲')], shiftLeaders: [], officers: [person(incoming.name)] } }
}

export function swapOf(from: [string, string], to: [string, string]) {
  const place = ([onDay, name]: [string, string]) => ({ day: onDay, shift: allDay, post: 'officers' as const, person: name })
  return { id: newId(), from: place(from), to: place(to), reason: '外出培训', agreedBy: '样例甲' }
}
