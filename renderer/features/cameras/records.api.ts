// Recordings of a platform: which there are of a day, and the one that is watched.
import { useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, ref, toValue } from 'vue'
import type { CameraPlaybackView, CameraRecord, PlaybackAct } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

export interface Span {
  startTime: string
  endTime: string
}

/** Tiles that show a recording instead of the live picture: camera → which. */
export const playing = ref<Readonly<Record<string, Span>>>({})

/** @param span null = the live picture again */
export function playRecord(camera: string, span: Span | null): void {
  const { [camera]: _before, ...others } = playing.value
  playing.value = span === null ? others : { ...others, [camera]: span }
}

/** @param day `YYYY-MM-DD`, as the platform counts days */
export function useRecords(id: string, day: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'records', id, toValue(day)]),
    queryFn: (): Promise<CameraRecord[]> =>
      rpc.cameraControl.records.query({ id, startTime: `${toValue(day)} 00:00:00`, endTime: `${toValue(day)} 23:59:59` }),
  })
}

export function usePlayback(id: string, { startTime, endTime }: Span) {
  return useQuery({
    queryKey: ['cameras', 'playback', id, startTime, endTime],
    queryFn: (): Promise<CameraPlaybackView> => rpc.cameraControl.playback.query({ id, startTime, endTime }),
    refetchInterval: 1_000,
  })
}

export function actOnPlayback(id: string, { startTime, endTime }: Span, act: PlaybackAct): Promise<void> {
  return rpc.cameraControl.actOnPlayback.mutate({ id, startTime, endTime, act })
}

/** `01:02:03` */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
