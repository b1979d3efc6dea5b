// The page may talk to its own station and to nothing else.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Asked } from './web-tiles.ts'
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

  function isCancelled(url: string, more: Partial<Asked> = {}): Promise<boolean> {
    return new Promise((resolve) => electron.session.onRequest({ url, resourceType: 'xhr', ...more }, ({ cancel }) => resolve(cancel)))
  }
  test.each([`${own}/`, 'ws://127.0.0.1:4711/rpc', 'blob:http://127.0.0.1:4711/1', 'data:image/png;base64,AA'])('lets %s pass', async (url) => {
    expect(await isCancelled(url)).toBe(false)
  })
  test.each([
    'https://tiles.example/1.png',
    'http://127.0.0.1:4712/',
    'http://localhost:4711/',
    'wss://127.0.0.1:4711/rpc',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
  ])('cancels %s', async (url) => {
    expect(await isCancelled(url)).toBe(true)
  })

  test('a web page on the wall fetches from the network, not from this machine nor through a name for it; the wall page itself goes nowhere', async () => {
    const top = { url: `${own}/wall/018f0000-0000-7000-8000-000000000001` }
    const frame = { url: 'https://weather.example/', parent: top, top }
    Object.assign(electron.session.names, { 'weather.example': ['203.0.113.9'], 'rebound.example': ['203.0.113.9', '127.0.0.1'] })
    expect(await isCancelled('https://weather.example/', { resourceType: 'subFrame', frame: { ...frame, url: 'about:blank' } })).toBe(false)
    expect(await isCancelled('https://weather.example/map.png', { frame })).toBe(false)
    for (const url of [`${own}/health`, 'ws://127.0.0.1:4711/rpc', 'http://rebound.example/', 'http://unknown.example/', 'file:///etc/passwd'])
      expect([url, await isCancelled(url, { frame })]).toEqual([url, true])
    expect(await isCancelled('https://weather.example/', { frame: { ...top, parent: null, top } })).toBe(true)
    // The same frame within the console's own page.
    expect(await isCancelled('https://weather.example/', { resourceType: 'subFrame', frame: { ...frame, top: { url: `${own}/wall-desk` } } })).toBe(
      true,
    )
  })

  function isGranted(permission: string, requestingUrl: string): boolean {
    let isGranted = false
    electron.session.onPermission(null, permission, (granted) => (isGranted = granted), { requestingUrl })
    expect(electron.session.onPermissionCheck(null, permission, requestingUrl)).toBe(isGranted)
    return isGranted
  }
  test('grants what is on the list, to its own station alone', () => {
    expect(isGranted('fullscreen', `${own}/wall`)).toBe(true)
    expect(isGranted('fullscreen', 'https://other.example/')).toBe(false)
    expect(isGranted('display-capture', own)).toBe(true)
    expect(isGranted('display-capture', 'https://other.example/')).toBe(false)
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
    electron.session.onHeaders({ url: own, responseHeaders: { 'content-type': ['text/html'] } }, ({ responseHeaders }) =>
      answers.push(responseHeaders),
    )
    electron.session.onHeaders({ url: own, responseHeaders: { 'content-security-policy': ["default-src 'none'"] } }, ({ responseHeaders }) =>
      answers.push(responseHeaders),
    )
    expect(answers[0]?.['Content-Security-Policy']?.[0]).toContain("default-src 'self'")
    expect(answers[1]).toEqual({ 'content-security-policy': ["default-src 'none'"] })
    electron.session.onHeaders({ url: 'https://weather.example/', responseHeaders: {} }, ({ responseHeaders }) => answers.push(responseHeaders))
    expect(answers[2]).toEqual({})
  })
})

test('before the station is ready nothing goes out and nothing is granted', async () => {
  security.lockSession(electron.session as never, () => null)
  const cancelled = vi.fn()
  electron.session.onRequest({ url: 'http://127.0.0.1:80/', resourceType: 'xhr' }, cancelled)
  await vi.waitFor(() => expect(cancelled).toHaveBeenCalledWith({ cancel: true }))
  expect(electron.session.onPermissionCheck(null, 'fullscreen', own)).toBe(false)
})

describe('every page that is made', () => {
  const screen = `${own}/wall/018f0000-0000-7000-8000-000000000001`
  const onScreen = vi.fn()
  let contents: FakeContents
  beforeEach(() => {
    onScreen.mockReset()
    contents = new FakeContents()
    security.lockAllContents({ origin: () => own, onScreen })
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
    contents.url = own
    for (const url of [own, 'javascript:alert(1)', `${own}/wall/../health`, `https://other.example/wall/018f0000-0000-7000-8000-000000000001`])
      expect(contents.openHandler({ url, features: '' })).toEqual({ action: 'deny' })
    expect(electron.openExternal).not.toHaveBeenCalled()
    expect(onScreen).not.toHaveBeenCalled()
  })
  test('asks the shell for a screen of the wall, where it is our own page', () => {
    contents.url = own
    expect(contents.openHandler({ url: screen, features: 'left=1920,top=0' })).toEqual({ action: 'deny' })
    expect(onScreen).toHaveBeenCalledWith({ url: screen, features: 'left=1920,top=0', by: contents })
    const conference = `${own}/conference-screen/018f0000-0000-7000-8000-000000000001/gallery`
    contents.openHandler({ url: conference, features: '' })
    expect(onScreen).toHaveBeenLastCalledWith({ url: conference, features: '', by: contents })
    contents.url = 'https://other.example/'
    contents.openHandler({ url: screen, features: '' })
    expect(onScreen).toHaveBeenCalledTimes(2)
  })
  test('a web page on the wall may go on to another one within its frame, the wall page itself may not', () => {
    contents.url = screen
    const preventDefault = vi.fn()
    contents.emit('will-frame-navigate', { url: 'https://other.example/', isMainFrame: false, preventDefault })
    expect(preventDefault).not.toHaveBeenCalled()
    for (const [url, isMainFrame] of [
      ['file:///etc/passwd', false],
      ['https://other.example/', true],
    ])
      contents.emit('will-frame-navigate', { url, isMainFrame, preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(2)
  })
  test('a telephone number is handed to the system, a web address is not', () => {
    contents.emit('will-navigate', { url: 'tel:09130100001', preventDefault: vi.fn() })
    contents.openHandler({ url: 'https://other.example/', features: '' })
    expect(electron.openExternal.mock.calls).toEqual([['tel:09130100001']])
  })
  test('holds no embedded page', () => {
    const event = { preventDefault: vi.fn() }
    contents.emit('will-attach-webview', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })
})
