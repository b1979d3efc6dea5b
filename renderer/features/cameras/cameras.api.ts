// Cameras and how their streams stand, as the page asks for them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { CameraDetail, CameraQuality, CameraRow, CameraSave, CameraStates, Diagnosis, PushAddress } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

const stateEveryMs = 1000

export function useCameras(query: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'list', toValue(query)]),
    queryFn: (): Promise<CameraRow[]> => rpc.cameras.list.query({ query: toValue(query) }),
    placeholderData: (before: CameraRow[] | undefined) => before,
  })
}

export function useCamera(id: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'one', toValue(id)]),
    queryFn: (): Promise<CameraDetail> => rpc.cameras.get.query({ id: toValue(id) ?? '' }),
    enabled: computed(() => toValue(id) !== null),
  })
}

/** Ages and figures move by themselves, so they are asked for again by time as well. */
export function useStreamStates(streams: MaybeRefOrGetter<{ id: string; quality: CameraQuality }[]>) {
  return useQuery({
    queryKey: computed(() => ['streams', toValue(streams)]),
    queryFn: (): Promise<CameraStates> => rpc.cameras.states.query({ streams: toValue(streams) }),
    enabled: computed(() => toValue(streams).length > 0),
    refetchInterval: stateEveryMs,
    placeholderData: (before: CameraStates | undefined) => before,
  })
}

export function useDiagnosis() {
  return useMutation({ mutationFn: (id: string): Promise<Diagnosis> => rpc.cameras.diagnose.mutate({ id }) })
}

/** Told once: it is kept by nobody but the device. */
export function usePushKey() {
  return useMutation({ mutationFn: (id: string): Promise<PushAddress> => rpc.cameras.renewPushKey.mutate({ id }), gcTime: 0 })
}

export function useCameraActs() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['cameras'] })
  return {
    save: useMutation({ mutationFn: (input: CameraSave) => rpc.cameras.save.mutate(input), onSuccess }),
    remove: useMutation({ mutationFn: (id: string) => rpc.cameras.remove.mutate({ id }), onSuccess }),
  }
}
