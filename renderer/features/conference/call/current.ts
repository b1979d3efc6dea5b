// The one call of this page: it goes on while the officer looks at something else.
import { shallowRef } from 'vue'
import { v7 as newId } from 'uuid'
import type { Id } from '../../../../native/contract/index.ts'
import { rpc } from '../../../app/rpc.ts'
import { Call } from './call.ts'
import { signallingOf } from './signalling.ts'

const touchEveryMs = 60_000

export const currentCall = shallowRef<Call | null>(null)
let tidy: () => void = () => undefined

export interface JoinOptions {
  conference: Id
  camera: MediaStreamTrack | null
  microphone: MediaStreamTrack | null
  /** Where the others are heard from, by the browser's id; '' = the system's own. */
  output: string
}

/** Joins, leaving the call before if there is one. */
export async function joinCall({ output, ...options }: JoinOptions): Promise<void> {
  await leaveCall()
  const participant = newId()
  const signalling = signallingOf({ conference: options.conference, participant })
  const call = new Call({
    ...options,
    participant,
    signalling,
    sound: { output, isHeard: () => true },
    onError: (error) => console.warn('conference', error),
  })
  currentCall.value = call
  const changed = () => call.networkChanged()
  window.addEventListener('online', changed)
  // Whoever speaks or is seen in a conference sits at this desk: it does not lock meanwhile.
  const timer = setInterval(() => {
    if (call.state.phase === 'in' && (call.state.isMicrophoneOn || call.state.isCameraOn)) void rpc.accounts.touch.mutate().catch(() => undefined)
  }, touchEveryMs)
  tidy = () => {
    window.removeEventListener('online', changed)
    clearInterval(timer)
  }
  call.join()
}

/** Leaves, and forgets a call that has ended. */
export async function leaveCall(): Promise<void> {
  const call = currentCall.value
  tidy()
  tidy = () => undefined
  currentCall.value = null
  await call?.leave()
}
