import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { linkLost, linkOpen } from '../../app/link.ts'
import { isPresetName, overwritten, proposedPreset } from './presets.ts'
import { directionOf, usePtz } from './ptz.ts'

/** The page's window and document, as far as turning listens to them. */
const page = { window: new EventTarget(), document: new EventTarget() }
class FakeElement extends EventTarget {
  readonly #tag: string
  constructor(tag: string) {
    super()
    this.#tag = tag
  }
  matches = (selector: string) => selector.split(', ').includes(this.#tag)
}
beforeEach(() => {
  linkOpen()
  vi.stubGlobal('Element', FakeElement)
  vi.useFakeTimers()
  vi.stubGlobal('window', page.window)
  vi.stubGlobal('document', page.document)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function ptz() {
  const told: string[] = []
  const scope = effectScope()
  const line = { turn: async ({ move }: { move: string }) => told.push(move), halt: async () => told.push('halt') }
  const handle = scope.run(() => usePtz('camera', line))!
  return { told, scope, ...handle }
}
const key = (type: string, name: string, code = name) =>
  Object.assign(new Event(type), { key: name, code, repeat: false }) as unknown as KeyboardEvent
const keyUp = (name: string, code = name) => page.window.dispatchEvent(key('keyup', name, code))

test('two arrows make a diagonal, opposite ones nothing', () => {
  expect(directionOf(new Set(['ArrowUp', 'ArrowLeft']))).toBe('upLeft')
  expect(directionOf(new Set(['ArrowUp', 'ArrowDown']))).toBeNull()
  expect(directionOf(new Set(['ArrowUp', 'ArrowDown', 'ArrowRight']))).toBe('right')
  expect(directionOf(new Set(['+']))).toBe('zoomIn')
  expect(directionOf(new Set(['a']))).toBeNull()
})

test('a held move is said again, a released one is stopped once', () => {
  const { told, press, release } = ptz()
  press('left', 1)
  vi.advanceTimersByTime(950)
  expect(told).toEqual(['left', 'left', 'left', 'left'])
  release()
  release()
  vi.advanceTimersByTime(2_000)
  expect(told.slice(4)).toEqual(['halt'])
})

test('keys: a second arrow turns the move, the last one let go stops it, wherever on the page', () => {
  const { told, onKeyDown } = ptz()
  onKeyDown(key('keydown', 'ArrowUp'), 1)
  onKeyDown(key('keydown', 'ArrowRight'), 1)
  keyUp('ArrowUp')
  keyUp('ArrowRight')
  vi.advanceTimersByTime(2_000)
  expect(told).toEqual(['up', 'upRight', 'right', 'halt'])
})

test('Shift is let go before the plus it made: the zoom stops with the key all the same', () => {
  const { told, onKeyDown } = ptz()
  onKeyDown(key('keydown', '+', 'Equal'), 1)
  keyUp('=', 'Equal')
  vi.advanceTimersByTime(2_000)
  expect(told).toEqual(['zoomIn', 'halt'])
})

test('an arrow that moves the speed slider does not turn the camera', () => {
  const { told, onKeyDown } = ptz()
  for (const tag of ['input', 'button']) {
    const event = key('keydown', 'ArrowLeft')
    Object.defineProperty(event, 'target', { value: new FakeElement(tag) })
    onKeyDown(event, 1)
    expect(told).toEqual(tag === 'input' ? [] : ['left'])
  }
})

test('the page loses its focus, is hidden, loses the station, or the tile goes: stopped', () => {
  for (const leave of ['blur', 'visibilitychange', 'lost', 'gone']) {
    const { told, scope, press } = ptz()
    press('zoomIn', 1)
    if (leave === 'blur') page.window.dispatchEvent(new Event('blur'))
    else if (leave === 'gone') scope.stop()
    else if (leave === 'lost') linkLost()
    else page.document.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(2_000)
    expect([leave, told]).toEqual([leave, ['zoomIn', 'halt']])
    scope.stop()
    linkOpen()
  }
})

test('presets: the lowest free number is proposed, what would be set anew is found, and what the camera cannot take is not sent', () => {
  const presets = [
    { id: '1', name: '大门' },
    { id: '3', name: '' },
  ]
  expect([proposedPreset('gb28181', presets), proposedPreset('onvif', presets)]).toEqual(['2', ''])
  const full = Array.from({ length: 255 }, (_, index) => ({ id: String(index + 1), name: '' }))
  expect(proposedPreset('gb28181', full)).toBe('')
  expect(['1', '255', '0', '256', '1.5', '大门', ''].map((typed) => isPresetName('gb28181', typed))).toEqual([true, true, ...Array(5).fill(false)])
  expect(['大门', ' '].map((typed) => isPresetName('onvif', typed))).toEqual([true, false])
  expect(overwritten('gb28181', { presets, typed: '03' })?.id).toBe('3')
  expect(overwritten('onvif', { presets, typed: ' 大门 ' })?.id).toBe('1')
  expect(overwritten('onvif', { presets, typed: '岗亭' })).toBeNull()
})
