// Cameras and how their streams stand, as the page asks for them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type {
  CameraDetail,
  CameraQuality,
  CameraRow,
  CameraSave,
  CameraStates,
  Diagnosis,
  LonLat,
  PushAddress,
  SeeingCamera,
} from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { upload } from '../../app/upload.ts'

const stateEveryMs = 1000

/** The list as a globe layer and a page ask for it. */
export function camerasQuery(query: string) {
  return { queryKey: ['cameras', 'list', query], queryFn: (): Promise<CameraRow[]> => rpc.cameras.list.query({ query }) }
}

export function useCameras(query: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'list', toValue(query)]),
    queryFn: (): Promise<CameraRow[]> => rpc.cameras.list.query({ query: toValue(query) }),
    placeholderData: (before: CameraRow[] | undefined) => before,
  })
}

/** Nearest and best-angled first, as many as the largest grid holds. @param position null = nothing is asked */
export function useSeeing(position: MaybeRefOrGetter<LonLat | null>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'seeing', toValue(position)]),
    queryFn: (): Promise<SeeingCamera[]> => rpc.cameras.seeing.query({ position: toValue(position) ?? [0, 0], limit: 25 }),
    enabled: computed(() => toValue(position) !== null),
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
  return useMutation({ mutationFn: (stream: { id: string; quality: CameraQuality }): Promise<Diagnosis> => rpc.cameras.diagnose.mutate(stream) })
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

export function usePresets(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['cameras', 'presets', toValue(id)]),
    queryFn: () => rpc.cameraControl.presets.query({ id: toValue(id) }),
  })
}

export function usePresetActs(id: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['cameras', 'presets', id] })
  return {
    goTo: useMutation({ mutationFn: (preset: string) => rpc.cameraControl.goToPreset.mutate({ id, preset }) }),
    keep: useMutation({
      mutationFn: (input: { preset: string; overwrites: string | null }) => rpc.cameraControl.keepPreset.mutate({ id, ...input }),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (preset: string) => rpc.cameraControl.removePreset.mutate({ id, preset }), onSuccess }),
  }
}

/** Those that a picture may go to. */
export function useOpenIncidents() {
  return useQuery({
    queryKey: ['incidents', 'list', 'open'],
    queryFn: () => rpc.incidents.list.query({ query: '', informationState: null, grade: null, area: null, isOpen: true, limit: 500 }),
  })
}

/** A file on the incident's time line. */
export async function attachToIncident(incident: string, file: File): Promise<void> {
  const { sha256, size } = await upload(file)
  await rpc.incidents.attach.mutate({ incident, id: incident, sha256, name: file.name, sizeBytes: size, mime: file.type })
}
