// The shell as a whole, with `electron` faked: one instance, station, windows, orderly end.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FakeElectron, fakeElectron } from './testing/fake-electron.ts'

const argv = process.argv
let electron: FakeElectron

beforeEach(() => {
  vi.resetModules()
  electron = fakeElectron()
  vi.doMock('electron', () => electron.module)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterEach(() => {
  process.argv = argv
  vi.restoreAllMocks()
})

async function launched(...args: string[]) {
  process.argv = ['electron', '/app', ...args]
  await import('./main.ts')
  return electron
}

async function ready() {
  await launched('--data', '/d', '--port', '0')
  await vi.waitFor(() => expect(electron.processes).toHaveLength(1))
  electron.processes[0]?.stdout.write('wanglou ready http://127.0.0.1:4711/?token=a\n')
  await vi.waitFor(() => expect(electron.windows).toHaveLength(1))
}

test('starts the station, relays its ready line once, opens its window on it', async () => {
  await ready()
  expect(electron.processes[0]?.script).toMatch(/station-host\.js$/)
  expect(electron.processes[0]?.args).toEqual(['--data', '/d', '--port', '0'])
  expect(electron.windows[0]?.loads).toEqual(['http://127.0.0.1:4711/?token=a'])
  const lines = vi.mocked(process.stdout.write).mock.calls.filter(([line]) => String(line).startsWith('wanglou ready '))
  expect(lines).toHaveLength(1)
})

test('its pages may ask for a screen to share; who is in no window gets none', async () => {
  await ready()
  const answer = vi.fn()
  electron.session.onDisplayMedia({ frame: null, securityOrigin: 'http://127.0.0.1:4711' }, answer)
  expect(answer).toHaveBeenCalledWith(null)
})

test('each data directory is a program of its own', async () => {
  await launched('--data', '/d')
  expect(electron.app.setPath).toHaveBeenCalledWith('userData', join('/d', 'shell'))
})

test('a second instance ends with 3 and starts nothing', async () => {
  electron.app.isFirst = false
  await launched()
  expect(electron.app.exit).toHaveBeenCalledWith(3)
  expect(electron.processes).toEqual([])
})

test('the first instance comes forward when a second is started', async () => {
  await ready()
  electron.app.emit('second-instance')
  expect(electron.windows[0]?.focus).toHaveBeenCalledOnce()
})

test('quitting waits for the station, then quits', async () => {
  await ready()
  const event = { preventDefault: vi.fn() }
  electron.app.emit('before-quit', event)
  expect(event.preventDefault).toHaveBeenCalledOnce()
  expect(electron.app.quit).not.toHaveBeenCalled()
  electron.processes[0]?.emit('exit', 0)
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledOnce())
  electron.app.emit('before-quit', event)
  expect(event.preventDefault).toHaveBeenCalledOnce()
})

test('a station that runs already is shown, none is started', async () => {
  await launched('--station', 'http://127.0.0.1:4711/?token=a')
  await vi.waitFor(() => expect(electron.windows[0]?.loads).toEqual(['http://127.0.0.1:4711/?token=a']))
  expect(electron.processes).toEqual([])
})

test('a data directory in use is said in words and ends with 3', async () => {
  await launched()
  await vi.waitFor(() => expect(electron.processes).toHaveLength(1))
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  electron.processes[0]?.stderr.write('望楼已在此数据目录上运行\n')
  await vi.waitFor(() => expect(process.stderr.write).toHaveBeenCalled())
  electron.processes[0]?.emit('exit', 3)
  expect(electron.showErrorBox.mock.calls[0]?.[1]).toBe('望楼已在此数据目录上运行')
  expect(electron.app.exit).toHaveBeenCalledWith(3)
})

test('the preload script gives the page two versions and nothing that acts', async () => {
  await import('./preload.ts')
  expect(Object.keys(electron.exposed)).toEqual(['wanglouShell'])
  expect(Object.values(electron.exposed.wanglouShell as object).every((value) => typeof value === 'string')).toBe(true)
  expect(readFileSync(new URL('preload.ts', import.meta.url), 'utf8').split('\n').length).toBeLessThanOrEqual(60)
})
