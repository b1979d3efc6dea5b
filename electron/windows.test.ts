// One window for each chosen display, as displays come and go and pages die.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DisplayChoice } from './displays.ts'
import { display, type FakeElectron, fakeElectron } from './testing/fake-electron.ts'

const origin = 'http://127.0.0.1:4711'
let electron: FakeElectron
let WindowsClass: typeof import('./windows.ts').Windows

beforeEach(async () => {
  vi.resetModules()
  electron = fakeElectron()
  vi.doMock('electron', () => electron.module)
  WindowsClass = (await import('./windows.ts')).Windows
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function windows(choice: DisplayChoice = 'all', isKiosk = false) {
  return new WindowsClass({ choice, isKiosk, folder: '/app/dist/electron' })
}
const loads = () => electron.windows.map((window) => window.loads)

test('the first window exchanges the token, the others follow with the cookie', async () => {
  electron.screen.displays = [display(1, 0), display(2, 1920)]
  const shown = windows()
  await shown.show(`${origin}/?token=a`)
  expect(loads()).toEqual([[`${origin}/?token=a`], [origin]])
  expect(electron.windows.map((window) => window.options.x)).toEqual([0, 1920])
  expect(shown.origin).toBe(origin)
})

test('every window is sandboxed, isolated and without Node', async () => {
  await windows('primary', true).show(`${origin}/?token=a`)
  expect(electron.windows[0]?.options.kiosk).toBe(true)
  expect(electron.windows[0]?.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    webviewTag: false,
    webSecurity: true,
    preload: '/app/dist/electron/preload.cjs',
  })
})

test('a restarted station: the token is exchanged, no page is reloaded under the hands of its user', async () => {
  const shown = windows()
  await shown.show(`${origin}/?token=a`)
  await shown.show(`${origin}/?token=b`)
  expect(electron.session.fetch.mock.calls).toEqual([[`${origin}/?token=b`, { credentials: 'include' }]])
  expect(loads()).toEqual([[`${origin}/?token=a`]])
})

test('a station that came back elsewhere is loaded', async () => {
  const shown = windows()
  await shown.show(`${origin}/?token=a`)
  await shown.show('http://127.0.0.1:4999/?token=b')
  expect(loads()).toEqual([[`${origin}/?token=a`, 'http://127.0.0.1:4999']])
})

test('a display that is plugged in gets its window, one that is pulled loses it', async () => {
  await windows().show(`${origin}/?token=a`)
  electron.screen.displays.push(display(2, 1920))
  electron.screen.emit('display-added')
  expect(loads()[1]).toEqual([origin])
  electron.screen.displays.pop()
  electron.screen.emit('display-removed')
  expect(electron.windows.map((window) => window.isGone)).toEqual([false, true])
})

test('when the chosen display is pulled, the primary one is opened before the window closes', async () => {
  electron.screen.displays = [display(1, 0), display(2, 1920)]
  await windows([2]).show(`${origin}/?token=a`)
  const openAtClose: number[] = []
  electron.windows[0]?.once('closed', () => openAtClose.push(electron.windows.filter((window) => !window.isGone).length))
  electron.screen.displays.pop()
  electron.screen.emit('display-removed')
  expect(electron.windows[0]?.isGone).toBe(true)
  expect(openAtClose).toEqual([1])
})

test('before the station is ready a new display opens nothing', () => {
  windows()
  electron.screen.emit('display-added')
  expect(electron.windows).toEqual([])
})

test('a page that died is loaded again; one that failed to load is tried again until it comes', async () => {
  await windows('primary').show(`${origin}/?token=a`)
  vi.useFakeTimers()
  const [window] = electron.windows
  window?.webContents.emit('render-process-gone', {}, { reason: 'oom' })
  vi.advanceTimersByTime(1000)
  expect(loads()).toEqual([[`${origin}/?token=a`, origin]])
  electron.load.answer = () => new Error('ERR_CONNECTION_REFUSED')
  window?.webContents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', origin, true)
  vi.advanceTimersByTime(1000)
  expect(loads()[0]).toHaveLength(3)
})

test('what was broken off on purpose, or in a frame, is left alone', async () => {
  await windows('primary').show(`${origin}/?token=a`)
  vi.useFakeTimers()
  const contents = electron.windows[0]?.webContents
  contents?.emit('did-fail-load', {}, -3, 'ERR_ABORTED', origin, true)
  contents?.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', origin, false)
  contents?.emit('render-process-gone', {}, { reason: 'clean-exit' })
  vi.advanceTimersByTime(60_000)
  expect(loads()[0]).toHaveLength(1)
})

test('a second start brings the window forward', async () => {
  const shown = windows('primary')
  shown.focus()
  await shown.show(`${origin}/?token=a`)
  shown.focus()
  expect(electron.windows[0]?.restore).toHaveBeenCalledOnce()
  expect(electron.windows[0]?.focus).toHaveBeenCalledOnce()
})
