// The key of 对讲: whatever lets go of it closes the microphone and ends the talk, also while the camera is still being asked.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { linkLost, linkOpen } from '../../app/link.ts'
import { useTalk } from './talk.ts'

const page = { window: new EventTarget(), document: new EventTarget() }
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', page.window)
  vi.stubGlobal('document', page.document)
  linkOpen()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function key(options: { microphone?: () => Promise<unknown>; send?: () => Promise<void>; renew?: () => Promise<unknown> } = {}) {
  const told: string[] = []
  const say = (word: string) => void told.push(word)
  const track = { stop: () => say('microphone off') } as unknown as MediaStreamTrack
  const line = { lost: () => undefined as void }
  const scope = effectScope()
  const handle = scope.run(() =>
    useTalk('camera', {
      openMicrophone: async () => {
        await options.microphone?.()
        return track
      },
      send: async (_at, { onLost }) => {
        line.lost = onLost
        await options.send?.()
        say('sends')
        return () => say('hung up')
      },
      renew: async () => {
        say('goes on')
        return options.renew?.()
      },
      end: async () => say('end'),
    }),
  )!
  return { told, scope, line, ...handle }
}

test.each([
  ['the key is let go', ({ release }: ReturnType<typeof key>) => release()],
  ['the page loses the focus', () => void page.window.dispatchEvent(new Event('blur'))],
  ['the page is hidden', () => void page.document.dispatchEvent(new Event('visibilitychange'))],
  ['the station is lost', () => linkLost()],
  ['the sound does not get through', ({ line }: ReturnType<typeof key>) => line.lost()],
  ['the tile goes', ({ scope }: ReturnType<typeof key>) => scope.stop()],
])('%s: microphone closed, told once', async (_why, letGo) => {
  const talk = key()
  await talk.press()
  expect(talk.state.value).toBe('talking')
  await vi.advanceTimersByTimeAsync(700)
  expect(talk.told).toEqual(['sends', 'goes on', 'goes on'])
  letGo(talk)
  await vi.advanceTimersByTimeAsync(1000)
  talk.release()
  expect(talk.state.value).toBe('off')
  expect(talk.told.slice(3)).toEqual(['microphone off', 'hung up', 'end'])
})

test('let go while the camera is being asked: what opens later is closed at once', async () => {
  const asked = Promise.withResolvers<void>()
  const talk = key({ send: () => asked.promise })
  const pressing = talk.press()
  await vi.advanceTimersByTimeAsync(10)
  expect(talk.state.value).toBe('opening')
  talk.release()
  asked.resolve()
  await pressing
  expect(talk.told).toEqual(['microphone off', 'end', 'sends', 'hung up'])
  expect(talk.state.value).toBe('off')
})

test('refused by the browser, or ended by the station: said, and nothing goes on', async () => {
  const refused = key({ microphone: () => Promise.reject(new DOMException('', 'NotAllowedError')) })
  await refused.press()
  expect([refused.trouble.value, refused.state.value, refused.told]).toEqual(['denied', 'off', ['end']])
  const gone = new Error('NOT_FOUND')
  const over = key({ renew: () => Promise.reject(gone) })
  await over.press()
  await vi.advanceTimersByTimeAsync(400)
  expect([over.error.value, over.state.value, over.told.at(-1)]).toEqual([gone, 'off', 'end'])
})
