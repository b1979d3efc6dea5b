// What rings at this console: short tones made here, once when something comes and again while it waits; muted for a while, never for good.
import { useStorage } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import type { EpochMs } from '../../native/contract/index.ts'

/** A mute ends by itself. */
const muteMs = 15 * 60_000
const againMs = 2 * 60_000

/** One thing that rings. */
export interface Ringing {
  /** Another key rings anew. */
  key: string
  /** Hertz, one tone after the other. */
  tones: readonly number[]
  /** It rings again every two minutes for as long as it is there. */
  isRepeated: boolean
}

let context: AudioContext | null = null

/** Nothing is loaded. Without a sound device, or before the first key of the day, it stays silent. */
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

/** What must be heard now, of all that rings; pure but for what it has heard. @returns null = nothing */
export function listener(): (rings: readonly Ringing[], now: EpochMs) => readonly number[] | null {
  let heard: ReadonlySet<string> | null = null
  let lastAt = 0
  return (rings, now) => {
    const fresh = rings.filter(({ key }) => heard?.has(key) !== true)
    // What was ringing before this page was opened is shown; it rings again in its turn.
    const isFresh = heard !== null && fresh.length > 0
    const repeated = rings.find(({ isRepeated }) => isRepeated)
    heard = new Set(rings.map(({ key }) => key))
    if (!isFresh && (repeated === undefined || now - lastAt < againMs)) return null
    lastAt = now
    return (repeated ?? fresh[0])?.tones ?? null
  }
}

/** @param options.name under which this browser keeps the mute */
export function useRinging(options: { name: string; rings: { readonly value: readonly Ringing[] }; now: { readonly value: EpochMs } }) {
  const { name, rings, now } = options
  const mutedUntil = useStorage(`wanglou.${name}.mutedUntil`, 0)
  const isMuted = computed(() => mutedUntil.value > now.value)
  const hear = listener()
  const stop = watch(
    [rings, now],
    () => {
      const tones = hear(rings.value, now.value)
      if (tones === null || isMuted.value || !navigator.userActivation.hasBeenActive) return
      play(tones).catch((error: unknown) => console.warn('what rings could not be heard', error))
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return { isMuted, isRinging: computed(() => rings.value.length > 0), mute: () => (mutedUntil.value = now.value + muteMs) }
}
