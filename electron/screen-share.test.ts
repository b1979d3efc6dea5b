// A page of ours shows the screen or window that was picked in the list; nothing is taken unasked, nor by anybody else.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FakeContents } from './testing/fake-electron.ts'
import { type FakeElectron, fakeElectron, type FakeSource } from './testing/fake-electron.ts'

const own = 'http://127.0.0.1:4711'
const sourceOf = (id: string, name: string, isEmpty = false): FakeSource => ({ id, name, thumbnail: { isEmpty: () => isEmpty } })
const sources = [sourceOf('window:7:0', 'R&D.xlsx', true), sourceOf('screen:0:0', 'Screen 1'), sourceOf('screen:1:0', 'Screen 2')]
let electron: FakeElectron
let contents: FakeContents

beforeEach(async () => {
  vi.resetModules()
  vi.stubEnv('XDG_SESSION_TYPE', 'x11')
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  electron = fakeElectron()
  vi.doMock('electron', () => electron.module)
  electron.getSources.mockResolvedValue(sources)
  const { offerScreens } = await import('./screen-share.ts')
  offerScreens(electron.session as never, () => own)
  const Window = electron.module['BrowserWindow'] as new (options: object) => { webContents: FakeContents }
  contents = new Window({}).webContents
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

function asked(securityOrigin = own): ReturnType<typeof vi.fn> {
  const answer = vi.fn()
  electron.session.onDisplayMedia({ frame: { contents }, securityOrigin }, answer)
  return answer
}
const listed = async () => {
  await vi.waitFor(() => expect(electron.menus).toHaveLength(1))
  return electron.menus[0]!
}

test('screens stand first, then windows; what is picked is shown, though the list closes before it says so', async () => {
  const answer = asked()
  const menu = await listed()
  expect(menu.items.map(({ label, type }) => label ?? type)).toEqual(['Screen 1', 'Screen 2', 'separator', 'R&&D.xlsx'])
  expect(menu.items.map(({ icon }) => icon !== undefined)).toEqual([true, true, false, false])
  expect(answer).not.toHaveBeenCalled()
  menu.close()
  menu.items[1]?.click?.()
  await vi.waitFor(() => expect(answer).toHaveBeenCalledWith({ video: sources[2] }))
  expect(answer).toHaveBeenCalledOnce()
})

test('put away without a choice: nothing is shown and nothing is said', async () => {
  const answer = asked()
  const menu = await listed()
  menu.close()
  await vi.waitFor(() => expect(answer).toHaveBeenCalledWith(null))
  expect(electron.showMessageBox).not.toHaveBeenCalled()
})

test('on Wayland the desktop has asked already: its choice is taken', async () => {
  vi.stubEnv('XDG_SESSION_TYPE', 'wayland')
  electron.getSources.mockResolvedValue([sources[0]!])
  const answer = asked()
  await vi.waitFor(() => expect(answer).toHaveBeenCalledWith({ video: sources[0] }))
  expect(electron.menus).toEqual([])
})

test('a system that lists nothing is said with the next step', async () => {
  for (const list of [() => Promise.resolve([]), () => Promise.reject(new Error('Failed to get sources.'))]) {
    electron.getSources.mockImplementation(list)
    electron.showMessageBox.mockClear()
    const answer = asked()
    await vi.waitFor(() => expect(answer).toHaveBeenCalledWith(null))
    expect(electron.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
      message: '系统没有列出可共享的屏幕或窗口。',
      detail: expect.stringContaining('再共享一次'),
    })
  }
})

test('another page is shown no list', async () => {
  const answer = asked('https://weather.example/')
  expect(answer).toHaveBeenCalledWith(null)
  expect(electron.getSources).not.toHaveBeenCalled()
})
