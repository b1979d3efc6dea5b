// The pure parts of the frame: ranking of 待办, order of the palette, back-off of the line, what an error becomes.
import { TRPCClientError } from '@trpc/client'
import { describe, expect, it, vi } from 'vitest'
import { WanglouError } from '../../native/contract/index.ts'
import { retryDelayMs } from './back-off.ts'
import type { TodoItem } from './feature.ts'
import { pageError } from './page-error.ts'
import { matches, orderItems, searchAll } from './palette.ts'
import { rankTodos } from './todo-rank.ts'

const now = 1_800_000_000_000
const todo = (id: string, urgency: TodoItem['urgency'], sinceAgo: number, dueIn: number | null = null): TodoItem => ({
  id,
  urgency,
  title: id,
  since: now - sinceAgo,
  dueAt: dueIn === null ? null : now + dueIn,
  to: '/',
})

describe('待办', () => {
  it('ranks overdue, urgency, the sooner due, the longer waiting', () => {
    const items = [
      todo('open', 'open', 900),
      todo('due-old', 'due', 800),
      todo('late', 'open', 5, -1),
      todo('due-soon', 'due', 1, 60_000),
      todo('urgent', 'urgent', 1),
      todo('due-new', 'due', 700),
    ]
    expect(rankTodos(items, now).map((item) => item.id)).toEqual(['late', 'urgent', 'due-soon', 'due-old', 'due-new', 'open'])
  })
})

describe('待办 of the leader', () => {
  it('begins with what only he can do, behind nobody’s overdue matters', () => {
    const items = [todo('late', 'urgent', 5, -60_000), todo('read', 'due', 3), { ...todo('sign', 'urgent', 1), isMineAlone: true }]
    expect(rankTodos(items, now).map((item) => item.id)).toEqual(['sign', 'late', 'read'])
    const signatures = [
      { ...todo('countersign', 'due', 9), isMineAlone: true },
      { ...todo('sign', 'urgent', 1), isMineAlone: true },
    ]
    expect(rankTodos(signatures, now).map((item) => item.id)).toEqual(['sign', 'countersign'])
  })
})

describe('palette', () => {
  it('matches every word whatever the case and the width', () => {
    expect(matches('ＦＩＲＥ 渭南', '渭南 Fire station')).toBe(true)
    expect(matches('渭南 医院', '渭南 Fire station')).toBe(false)
    expect(matches('', 'anything')).toBe(true)
  })
  it('shows what answers and names what fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const answers: string[] = []
    const sources = [
      { feature: 'plans', search: async () => [{ id: 'a', kind: 'plan' as const, title: 'A' }] },
      { feature: 'broken', search: () => Promise.reject(new Error('down')) },
    ]
    await searchAll(sources, 'x', ({ items, failed }) => answers.push(`${items.map((item) => item.key).join()}|${failed.join()}`))
    expect(answers.at(-1)).toBe('plans/a|broken')
    expect(warn).toHaveBeenCalledOnce()
  })
  it('puts pages before incidents before places', () => {
    const item = (kind: 'page' | 'incident' | 'place', rank = 0) => ({ id: kind, key: `${kind}${rank}`, kind, title: kind, rank })
    expect(orderItems([item('place'), item('incident', 1), item('incident', 2), item('page')]).map((found) => found.key)).toEqual([
      'page0',
      'incident2',
      'incident1',
      'place0',
    ])
  })
})

describe('the line', () => {
  it('backs off from a quarter second to five, never together', () => {
    expect([0, 1, 4, 9].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([250, 500, 4_000, 5_000])
    expect(retryDelayMs(9, 0)).toBeLessThan(retryDelayMs(9, 1))
  })
})

describe('an error', () => {
  it('keeps its code and parameters through the door', () => {
    const error = new TRPCClientError('FORBIDDEN', {
      result: { error: { code: -32_000, message: 'FORBIDDEN', data: { code: 'FORBIDDEN', params: { permission: 'packs.write' } } } },
    })
    expect(pageError(error)).toEqual({ code: 'FORBIDDEN', params: { permission: 'packs.write' } })
    expect(pageError(new WanglouError('DISK_FULL'))).toEqual({ code: 'DISK_FULL', params: {} })
    expect(pageError(new TRPCClientError('WebSocket closed')).code).toBe('UNREACHABLE')
    expect(pageError(new TypeError('x is not a function')).code).toBe('INTERNAL')
  })
})
