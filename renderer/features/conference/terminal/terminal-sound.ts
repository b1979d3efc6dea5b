// What a conference terminal gets to hear: everybody but itself.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { rpc } from '../../../app/rpc.ts'
import type { CallSound } from '../call/call.ts'

/** @param output of this machine, by the browser's id; null = none is wanted */
export function useTerminalSound(output: string | null): CallSound | null {
  const isWanted = output !== null
  const consoles = useQuery({
    queryKey: ['cameras', 'consoles'],
    queryFn: () => rpc.cameraCapture.consoles.query(),
    enabled: isWanted,
  })
  /** null = not known yet: then no camera is heard, one of them may be the terminal. */
  const own = computed(() => (consoles.data.value === undefined ? null : new Set(consoles.data.value.cameras)))
  return isWanted ? { output, isHeard: ({ camera }) => camera === null || own.value?.has(camera) === false } : null
}
