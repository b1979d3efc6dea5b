// The page may talk to its own station and to nothing else.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeContents, type FakeElectron, fakeElectron } from './testing/fake-electron.ts'

const own = 'http://127.0.0.1:4711'
let electron: FakeElectron
let security: typeof import('./security.ts')

beforeEach(async () => {
  vi.resetModules()
  electron = fakeElectron()
  vi.doMock('electron', () => electron.module)
  security = await import('./security.ts')
})

describe('a session', () => {
  beforeEach(() => security.lockSession(electron.session as never, () => own))

  function isCancelled(url: string): boolean {
    let isCancelled = false
    electron.session.onRequest({ url }, (response) => (isCancelled = response.cancel))
    return isCancelled
  }
  test.each([`${own}/`, 'ws://127.0.0.1:4711/rpc', 'blob:http://127.0.0.1:4711/1', 'data:image/png;base64,AA'])('lets %s pass', (url) => {
    expect(isCancelled(url)).toBe(false)
  })
  test.each(['https://tiles.example/1.png', 'http://127.0.0.1:4712/', 'http://localhost:4711/', 'wss://127.0.0.1:4711/rpc', 'ftp://127.0.0.1/'])(
    'cancels %s',
    (url) => {
      expect(isCancelled(url)).toBe(true)
    },
  )

  function isGranted(permission: string, requestingUrl: string): boolean {
    let isGranted = false
    electron.session.onPermission(null, permission, (granted) => (isGranted = granted), { requestingUrl })
    expect(electron.session.onPermissionCheck(null, permission, requestingUrl)).toBe(isGranted)
    return isGranted
  }
  test('grants what is on the list, to its own station alone', () => {
    expect(isGranted('fullscreen', `${own}/wall`)).toBe(true)
    expect(isGranted('fullscreen', 'https://other.example/')).toBe(false)
  })
  test.each(['geolocation', 'midi', 'hid', 'openExternal', 'clipboard-read', 'idle-detection', 'unknown'])('refuses %s', (permission) => {
    expect(isGranted(permission, own)).toBe(false)
  })
  test('no devices, no spelling dictionary to fetch', () => {
    expect(electron.session.onDevice()).toBe(false)
    expect(electron.session.hasSpellChecker).toBe(false)
  })
  test('adds a policy where there is none and keeps the stricter one of the station', () => {
    const answers: Record<string, string[]>[] = []
    electron.session.onHeaders({ responseHeaders: { 'content-type': ['text/html'] } }, ({ responseHeaders }) => answers.push(responseHeaders))
    electron.session.onHeaders({ responseHeaders: { 'content-security-policy': ["default-src 'none'"] } }, ({ responseHeaders }) =>
      answers.push(responseHeaders),
    )
    expect(answers[0]?.['Content-Security-Policy']?.[0]).toContain("default-src 'self'")
    expect(answers[1]).toEqual({ 'content-security-policy': ["default-src 'none'"] })
  })
})

test('before the station is ready nothing goes out and nothing is granted', () => {
  security.lockSession(electron.session as never, () => null)
  const cancelled = vi.fn()
  electron.session.onRequest({ url: 'http://127.0.0.1:80/' }, cancelled)
  expect(cancelled).toHaveBeenCalledWith({ cancel: true })
  expect(electron.session.onPermissionCheck(null, 'fullscreen', own)).toBe(false)
})

describe('every page that is made', () => {
  let contents: FakeContents
  beforeEach(() => {
    contents = new FakeContents()
    security.lockAllContents(() => own)
    electron.app.emit('web-contents-created', {}, contents)
  })

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s stays with the station', (event) => {
    const preventDefault = vi.fn()
    contents.emit(event, { url: `${own}/incidents`, preventDefault })
    expect(preventDefault).not.toHaveBeenCalled()
    contents.emit(event, { url: 'https://other.example/', preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(electron.openExternal).not.toHaveBeenCalled()
  })
  test('opens no window', () => {
    expect(contents.openHandler({ url: own })).toEqual({ action: 'deny' })
    expect(contents.openHandler({ url: 'javascript:alert(1)' })).toEqual({ action: 'deny' })
    expect(electron.openExternal).not.toHaveBeenCalled()
  })
  test('a telephone number is handed to the system, a web address is not', () => {
    contents.emit('will-navigate', { url: 'tel:09130100001', preventDefault: vi.fn() })
    contents.openHandler({ url: 'https://other.example/' })
    expect(electron.openExternal.mock.calls).toEqual([['tel:09130100001']])
  })
  test('holds no embedded page', () => {
    const event = { preventDefault: vi.fn() }
    contents.emit('will-attach-webview', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })
})
