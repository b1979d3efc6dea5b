// The sound of the clocks: one for "five minutes left", one for "run out", each once when it happens and the second again while nobody was told.
import { computed } from 'vue'
import { type Clock, clockPhase, type EpochMs } from '../../../native/contract/index.ts'
import { type Ringing, useRinging } from '../../app/ring.ts'
import { toneOf } from './clock-words.ts'

const tones = { close: [660, 660], late: [880, 740, 880] } as const

export function useRing(clocks: { readonly value: readonly Clock[] }, now: { readonly value: EpochMs }) {
  const rings = computed(() =>
    clocks.value
      .filter((clock) => !clock.isSample)
      .flatMap((clock): Ringing[] => {
        const phase = clockPhase(clock, now.value)
        if (phase !== 'close' && (phase !== 'late' || toneOf(clock, phase) !== 'alarm')) return []
        return [{ key: `${clock.id}/${phase}`, tones: tones[phase], isRepeated: phase === 'late' }]
      }),
  )
  return useRinging({ name: 'clocks', rings, now })
}
