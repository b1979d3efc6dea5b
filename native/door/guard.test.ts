// Host, Origin and the ranges, without a server.
import { describe, expect, it } from 'vitest'
import { allowedHosts, bearerOf, cookieOf, isNavigation, isOurs } from './guard.ts'
import { readRange } from './ranges.ts'

const ask = (headers: Record<string, string>, more: { isUpgrade?: boolean; hasBearer?: boolean } = {}) =>
  isOurs({ headers: { host: '127.0.0.1:8000', ...headers }, hosts: allowedHosts(8000), isUpgrade: false, hasBearer: false, ...more })

describe('who may knock', () => {
  it('answers to its own names only', () => {
    expect(ask({})).toBe(true)
    expect(ask({ host: 'localhost:8000' })).toBe(true)
    for (const host of ['evil.example', '127.0.0.1', '127.0.0.1:8001', '127.0.0.1:8000.evil.example', '', '[::1]:8000'])
      expect(ask({ host }), host).toBe(false)
  })
  it('refuses what another page sends, also from another port of this machine', () => {
    expect(ask({ origin: 'http://127.0.0.1:8000' })).toBe(true)
    for (const origin of ['http://127.0.0.1:9000', 'https://127.0.0.1:8000', 'http://localhost:8000', 'null', 'http://evil.example'])
      expect(ask({ origin }), origin).toBe(false)
    expect(ask({ 'sec-fetch-site': 'same-site' })).toBe(false)
    expect(ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBe(false)
    expect(ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(false)
  })
  it('answers behind a proxy that speaks TLS for it, under that name and no other', () => {
    const behind = (headers: Record<string, string>) =>
      isOurs({ headers, hosts: allowedHosts(8000), proxied: ['wall.example'], isUpgrade: false, hasBearer: false })
    expect(behind({ host: 'wall.example', origin: 'https://wall.example' })).toBe(true)
    expect(behind({ host: 'wall.example', origin: 'http://wall.example' })).toBe(false)
    expect(behind({ host: 'evil.example', origin: 'https://evil.example' })).toBe(false)
    expect(behind({ host: '127.0.0.1:8000', origin: 'https://127.0.0.1:8000' })).toBe(false)
  })
  it('knows an address that is opened, also over plain HTTP, where browsers send less', () => {
    expect(isNavigation({ 'sec-fetch-mode': 'navigate' })).toBe(true)
    expect(isNavigation({ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).toBe(true)
    expect(isNavigation({ 'sec-fetch-mode': 'cors', accept: 'text/html' })).toBe(false)
    expect(isNavigation({ accept: '*/*' })).toBe(false)
    expect(isNavigation({})).toBe(false)
  })
  it('lets its own address be opened from a link', () => {
    expect(ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(true)
    expect(ask({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(true)
  })
  it('wants an Origin or a bearer token for a WebSocket', () => {
    expect(ask({}, { isUpgrade: true })).toBe(false)
    expect(ask({}, { isUpgrade: true, hasBearer: true })).toBe(true)
    expect(ask({ origin: 'http://127.0.0.1:8000' }, { isUpgrade: true })).toBe(true)
    expect(ask({ origin: 'http://evil.example' }, { isUpgrade: true, hasBearer: true })).toBe(false)
  })
  it('reads one cookie among others and only whole bearer tokens', () => {
    expect(cookieOf('a=1; wanglou-x=secret; b=2', 'wanglou-x')).toBe('secret')
    expect(cookieOf('not-wanglou-x=1', 'wanglou-x')).toBeNull()
    expect(cookieOf(undefined, 'wanglou-x')).toBeNull()
    expect(bearerOf(`Bearer ${'a'.repeat(43)}`)).toBe('a'.repeat(43))
    for (const header of ['Bearer short', `Basic ${'a'.repeat(43)}`, `Bearer ${'a'.repeat(43)} x`, undefined]) expect(bearerOf(header)).toBeNull()
  })
})

describe('ranges of bytes', () => {
  it('follows RFC 9110', () => {
    expect(readRange(undefined, 100)).toEqual({ kind: 'whole' })
    expect(readRange('bytes=0-0', 100)).toEqual({ kind: 'part', start: 0, end: 0 })
    expect(readRange('bytes=10-', 100)).toEqual({ kind: 'part', start: 10, end: 99 })
    expect(readRange('bytes=-10', 100)).toEqual({ kind: 'part', start: 90, end: 99 })
    expect(readRange('bytes=-1000', 100)).toEqual({ kind: 'part', start: 0, end: 99 })
    expect(readRange('bytes=90-1000', 100)).toEqual({ kind: 'part', start: 90, end: 99 })
    for (const header of ['bytes=100-', 'bytes=100-200', 'bytes=-0']) expect(readRange(header, 100), header).toEqual({ kind: 'unsatisfiable' })
    for (const header of ['bytes=5-1', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes=0-1,3-4'])
      expect(readRange(header, 100), header).toEqual({ kind: 'whole' })
    expect(readRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
  })
})
