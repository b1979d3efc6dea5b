// The sound of the clocks: one for "five minutes left", one for "run out", each once when it happens and the second again while nobody was told.
import { useStorage } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import { type Clock, clockPhase, type EpochMs } from '../../../native/contract/index.ts'
import { toneOf } from './clock-words.ts'

/** A mute ends by itself. */
const muteMs = 15 * 60_000
const againMs = 2 * 60_000

const tones = { close: [660, 660], late: [880, 740, 880] } as const

let context: AudioContext | null = null

/** Short tones made here: nothing is loaded. Without a sound device, or before the first key of the day, it stays silent. */
async function play(frequencies: readonly number[]): Promise<void> {
  context ??= new AudioContext()
  await context.resume()
  const lastsS = 0.18
  for (const [index, frequency] of frequencies.entries()) {
    const begin = context.currentTime + index * (lastsS + 0.08)
    const oscillator = new OscillatorNode(context, { frequency, type: 'triangle' })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(0.25, begin + 0.02)
    gain.gain.linearRampToValueAtTime(0, begin + lastsS)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(begin)
    oscillator.stop(begin + lastsS)
  }
}

export function useRing(clocks: { readonly value: readonly Clock[] }, now: { readonly value: EpochMs }) {
  const mutedUntil = useStorage('wanglou.clocks.mutedUntil', 0)
  const isMuted = computed(() => mutedUntil.value > now.value)
  const rings = computed(() =>
    clocks.value
      .filter((clock) => !clock.isSample)
      .flatMap((clock) => {
        const phase = clockPhase(clock, now.value)
        return phase === 'close' || (phase === 'late' && toneOf(clock, phase) === 'alarm') ? [{ key: `${clock.id}/${phase}`, phase }] : []
      }),
  )
  let heard: Set<string> | null = null
  let lastAt = 0
  const stop = watch(
    [rings, now],
    () => {
      const keys = new Set(rings.value.map(({ key }) => key))
      const fresh = rings.value.filter(({ key }) => heard?.has(key) !== true)
      const isLate = rings.value.some(({ phase }) => phase === 'late')
      // What was ringing before this page was opened is shown; it rings again in its turn.
      const isFresh = heard !== null && fresh.length > 0
      const isAgain = isLate && now.value - lastAt >= againMs
      heard = keys
      if (!isFresh && !isAgain) return
      lastAt = now.value
      if (isMuted.value || !navigator.userActivation.hasBeenActive) return
      play(isLate ? tones.late : tones.close).catch((error: unknown) => console.warn('the clocks could not be heard', error))
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return { isMuted, isRinging: computed(() => rings.value.length > 0), mute: () => (mutedUntil.value = now.value + muteMs) }
}
