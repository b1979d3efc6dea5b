// Talking to a camera from the page: as long as the key is held the microphone is open and the station hears that it goes on; let go by everything that lets go of a turn.
import { v7 as newId } from 'uuid'
import { ref } from 'vue'
import { talkRenewMs } from '../../../native/contract/index.ts'
import { type DeviceTrouble, troubleOf } from '../../app/devices.ts'
import { useLetGo } from './let-go.ts'

export type TalkState = 'off' | 'opening' | 'talking'

/** What the page speaks through, so that a test can hold the key without a microphone. */
export interface TalkPort {
  openMicrophone(): Promise<MediaStreamTrack>
  /** Begins at the camera and sends the track. @returns how to send no more */
  send(at: { id: string; talk: string }, options: { track: MediaStreamTrack; onLost: () => void }): Promise<() => void>
  renew(at: { id: string; talk: string }): Promise<unknown>
  end(at: { id: string; talk: string }): Promise<unknown>
}

export function useTalk(id: string, port: TalkPort) {
  const state = ref<TalkState>('off')
  const error = ref<unknown>(null)
  /** The browser does not give a microphone. */
  const trouble = ref<DeviceTrouble | null>(null)
  let current: { talk: string; stop: (() => void)[] } | null = null

  async function press(): Promise<void> {
    if (current !== null) return
    const mine = { talk: newId(), stop: [] as (() => void)[] }
    const at = { id, talk: mine.talk }
    const isOver = () => current !== mine
    current = mine
    state.value = 'opening'
    error.value = null
    trouble.value = null
    try {
      const track = await port.openMicrophone()
      mine.stop.push(() => track.stop())
      if (isOver()) return track.stop()
      let hasBegun = false
      // It is heard of while it is being opened too: a page that is gone by then holds nothing up.
      const timer = setInterval(() => {
        port.renew(at).catch((caught: unknown) => hasBegun && !isOver() && fail(caught))
      }, talkRenewMs)
      mine.stop.push(() => clearInterval(timer))
      const hangUp = await port.send(at, { track, onLost: () => !isOver() && release() })
      hasBegun = true
      if (isOver()) return hangUp()
      mine.stop.push(hangUp)
      state.value = 'talking'
    } catch (caught) {
      // Let go while it was being opened: what comes of it is nobody's matter any more.
      if (!isOver()) fail(caught)
    }
  }
  function fail(caught: unknown): void {
    if (caught instanceof DOMException) trouble.value = troubleOf(caught)
    else error.value = caught
    release()
  }
  function release(): void {
    const mine = current
    if (mine === null) return
    current = null
    state.value = 'off'
    for (const stop of mine.stop) stop()
    port.end({ id, talk: mine.talk }).catch((caught: unknown) => console.warn('the station ends it by itself', caught))
  }
  useLetGo(release)
  return { state, error, trouble, press, release }
}
