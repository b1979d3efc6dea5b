// A line's health record: nothing without a configured link; cut is down, slow or a refusal of what came is degraded, narrow is as it was set.
import { expect, test } from 'vitest'
import type { LinkView } from '../../contract/index.ts'
import { linkHealth } from './link-health.ts'

const line = (state: LinkView['state'], reason: LinkView['reason'] = null, kind: LinkView['kind'] = 'above'): LinkView => ({
  kind,
  unit: '61',
  name: '省厅',
  state,
  since: 1,
  lastHeardAt: 2,
  roundTripMs: 210,
  waiting: 3,
  waitingByLane: {},
  budgetBytesPerS: null,
  reason,
})

test.each([
  [line('online'), 'ok', 'link.online', null, 'report-up'],
  [line('narrow'), 'ok', 'link.narrow', null, 'report-up'],
  [line('slow'), 'degraded', 'link.slow', 'link.slow.next', 'report-up'],
  [line('offline', null, 'below'), 'down', 'link.offline', 'link.offline.next', null],
  [line('refused', 'credentials'), 'down', 'link.credentials', 'link.credentials.next', 'report-up'],
  [line('online', 'fork'), 'degraded', 'link.fork', 'link.fork.next', 'report-up'],
] as const)('%o', (view, state, reason, nextStep, capability) => {
  expect(linkHealth({ isConfigured: true, links: [view], consoles: [], joining: null })).toEqual([
    { subject: 'link:61', state, since: 1, lastEvidenceAt: 2, reason, params: { name: '省厅', waiting: 3, lastHeardAt: 2 }, nextStep, capability },
  ])
})

test('nothing for a station by itself', () => {
  expect(linkHealth({ isConfigured: false, links: [line('offline')], consoles: [], joining: null })).toEqual([])
})
