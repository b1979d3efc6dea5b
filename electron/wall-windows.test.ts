// Screens of the wall on this console's displays: placed, remembered, following the plugs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { display, type FakeContents, type FakeElectron, fakeElectron } from './testing/fake-electron.ts'
import type { WallWindows } from './wall-windows.ts'

const origin = 'http://127.0.0.1:4711'
const [first, second] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'].map((id) => `/wall/${id}`) as [
  string,
  string,
]
let electron: FakeElectron
let directory: string
let file: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wanglou-shell-'))
  file = join(directory, 'wall-windows.json')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(directory, { recursive: true })
})

/** A shell on a desk of three displays, as after a start. */
async function started(displays = [display(1, 0), display(2, 1920), display(3, 3840)]) {
  vi.resetModules()
  electron = fakeElectron()
  electron.screen.displays = displays
  vi.doMock('electron', () => electron.module)
  const { WallWindows: Class } = await import('./wall-windows.ts')
  const wall = new Class({ folder: '/app', file })
  wall.show(origin)
  return wall
}
const ask = (wall: WallWindows, path: string, left: number) =>
  wall.open({ url: origin + path, features: `popup,left=${left},top=0,width=1920,height=1080`, by: {} as FakeContents as never })
/** What is open: address and left edge. */
const open = () => electron.windows.filter(({ isGone }) => !isGone).map(({ loads, options }) => [loads.at(-1)?.slice(origin.length), options.x])

test('opened as a kiosk on the display that was named; the next start opens it there again', async () => {
  const wall = await started()
  ask(wall, first, 1920)
  ask(wall, second, 3840)
  expect(electron.windows[0]?.options).toMatchObject({ kiosk: true, x: 1920, y: 0, width: 1920, height: 1080 })
  wall.end()
  for (const window of electron.windows) window.close()
  await started()
  expect(open()).toEqual([
    [first, 1920],
    [second, 3840],
  ])
})

test('a display that is unplugged takes its window along and brings it back, also under another number', async () => {
  const wall = await started()
  ask(wall, first, 1920)
  const [one, , three] = electron.screen.displays
  electron.screen.displays = [one!, three!]
  electron.screen.emit('display-removed')
  expect(open()).toEqual([])
  electron.screen.displays = [one!, display(77, 1920), three!]
  electron.screen.emit('display-added')
  expect(open()).toEqual([[first, 1920]])
})

test('a screen moves to another display; a display shows one screen', async () => {
  const wall = await started()
  ask(wall, first, 1920)
  ask(wall, first, 3840)
  expect(open()).toEqual([[first, 3840]])
  ask(wall, second, 3840)
  expect(open()).toEqual([[second, 3840]])
})

test('what a person closes stays closed', async () => {
  const wall = await started()
  ask(wall, first, 1920)
  electron.windows[0]?.close()
  electron.screen.emit('display-metrics-changed')
  expect(open()).toEqual([])
  await started()
  expect(open()).toEqual([])
})

test('a station that came back elsewhere is loaded; a page that dies comes again', async () => {
  const wall = await started()
  ask(wall, first, 1920)
  wall.show('http://127.0.0.1:4999')
  expect(electron.windows[0]?.loads.at(-1)).toBe(`http://127.0.0.1:4999${first}`)
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  electron.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'oom' })
  vi.advanceTimersByTime(1000)
  vi.useRealTimers()
  expect(electron.windows[0]?.loads).toHaveLength(3)
})

test.each(['{', '{"path":1}', '[{"path":"/accounts","display":1,"bounds":{"x":0,"y":0,"width":1,"height":1}}, null, 3]'])(
  'a file that is not ours opens nothing: %s',
  async (text) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    writeFileSync(file, text)
    await started()
    expect(open()).toEqual([])
  },
)
