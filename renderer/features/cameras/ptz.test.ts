import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { directionOf, usePtz } from './ptz.ts'

/** The page's window and document, as far as turning listens to them. */
const page = { window: new EventTarget(), document: new EventTarget() }
beforeEach(() => {
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
const key = (type: string, name: string) => Object.assign(new Event(type), { key: name, repeat: false }) as unknown as KeyboardEvent

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

test('keys: a second arrow turns the move, the last one released stops it', () => {
  const { told, onKey } = ptz()
  onKey(key('keydown', 'ArrowUp'), 1)
  onKey(key('keydown', 'ArrowRight'), 1)
  onKey(key('keyup', 'ArrowUp'), 1)
  onKey(key('keyup', 'ArrowRight'), 1)
  expect(told).toEqual(['up', 'upRight', 'right', 'halt'])
})

test('the page loses its focus, is hidden, or the tile goes: stopped', () => {
  for (const leave of ['blur', 'visibilitychange', 'gone']) {
    const { told, scope, press } = ptz()
    press('zoomIn', 1)
    if (leave === 'blur') page.window.dispatchEvent(new Event('blur'))
    else if (leave === 'gone') scope.stop()
    else page.document.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(2_000)
    expect([leave, told]).toEqual([leave, ['zoomIn', 'halt']])
    scope.stop()
  }
})
