// The wall as the console asks for it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { DeviceInput, DisplayAct, SceneInput, WallInput, WallScene, WallSchedule, WallStanding } from '../../../native/contract/index.ts'
import { onChange } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const standingEveryMs = 2_000
/** An incident's phase moves by what others do. */
const offersEveryMs = 15_000

export function useStanding() {
  return useQuery({
    queryKey: ['walls', 'standing'],
    queryFn: (): Promise<WallStanding[]> => rpc.wall.standing.query(),
    refetchInterval: standingEveryMs,
  })
}

/** Where screens on other machines open their page; null = the station has no door for them. */
export function useScreensAt() {
  return useQuery({ queryKey: ['walls', 'screensAt'], queryFn: () => rpc.wall.screensAt.query(), staleTime: Infinity })
}

export function useScenes(wall: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ['wallScenes', toValue(wall)]),
    queryFn: (): Promise<WallScene[]> => rpc.wall.scenes.query({ wall: toValue(wall) }),
    enabled: computed(() => toValue(wall) !== null),
  })
}

export function useHistory(wall: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => ['walls', 'history', toValue(wall)]), queryFn: () => rpc.wall.history.query({ wall: toValue(wall) }) })
}

export function useShownAt(wall: MaybeRefOrGetter<string>, at: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => ['walls', 'shownAt', toValue(wall), toValue(at)]),
    queryFn: () => rpc.wall.shownAt.query({ wall: toValue(wall), at: toValue(at) }),
  })
}

export function useSchedules() {
  return useQuery({ queryKey: ['wallSchedules'], queryFn: () => rpc.wall.schedules.query() })
}

/** Asked again when something on a wall or of an incident changed. */
export function useOffers(isAllowed: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: ['walls', 'offers'],
    queryFn: () => rpc.wall.offers.query(),
    enabled: () => toValue(isAllowed),
    refetchInterval: offersEveryMs,
  })
}

export type DeviceRow = Awaited<ReturnType<typeof rpc.wall.devices.list.query>>[number]

export function useDevices() {
  return useQuery({ queryKey: ['displayDevices'], queryFn: () => rpc.wall.devices.list.query(), refetchInterval: standingEveryMs })
}

export function useTemplates() {
  return useQuery({ queryKey: ['deviceTemplates'], queryFn: () => rpc.wall.devices.templates.query() })
}

export function useWallActs() {
  const client = useQueryClient()
  const onSuccess = () =>
    Promise.all(
      ['walls', 'wallScenes', 'wallSchedules', 'displayDevices', 'deviceTemplates'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    )
  const act = <Input, Output>(mutationFn: (input: Input) => Promise<Output>) => useMutation({ mutationFn, onSuccess })
  return {
    removeWall: act((wall: string) => rpc.wall.removeWall.mutate({ id: wall })),
    saveWall: act((input: WallInput) => rpc.wall.saveWall.mutate(input)),
    pair: act((input: { code: string; screen?: string }) => rpc.wall.pair.mutate(input)),
    revoke: act((screen: string) => rpc.wall.revoke.mutate({ screen })),
    hold: act((input: { wall: string; isTakeOver: boolean }) => rpc.wall.hold.mutate(input)),
    release: act((wall: string) => rpc.wall.release.mutate({ wall })),
    saveScene: act((input: SceneInput) => rpc.wall.saveScene.mutate(input)),
    removeScene: act((id: string) => rpc.wall.removeScene.mutate({ id })),
    arrangeScenes: act((input: { wall: string; order: string[] }) => rpc.wall.arrangeScenes.mutate(input)),
    addShipped: act((wall: string) => rpc.wall.addShipped.mutate({ wall })),
    importScenes: act((input: { wall: string; source: string }) => rpc.wall.importScenes.mutate(input)),
    switchTo: act((input: { wall: string; scene: string }) => rpc.wall.switch.mutate(input)),
    rollBack: act((wall: string) => rpc.wall.rollBack.mutate({ wall })),
    showAnyway: act((screen: string) => rpc.wall.showAnyway.mutate({ screen })),
    switchGroup: act((input: { scene: string; group: string }) => rpc.wall.switchGroup.mutate(input)),
    emergency: act((scene: string) => rpc.wall.emergency.mutate({ scene })),
    saveSchedule: act((input: WallSchedule) => rpc.wall.saveSchedule.mutate(input)),
    runSchedule: act((id: string) => rpc.wall.runSchedule.mutate({ id })),
    letScheduleBe: act((id: string) => rpc.wall.letScheduleBe.mutate({ id })),
    removeSchedule: act((id: string) => rpc.wall.removeSchedule.mutate({ id })),
    saveDevice: act((input: DeviceInput) => rpc.wall.devices.save.mutate(input)),
    removeDevice: act((id: string) => rpc.wall.devices.remove.mutate({ id })),
    refreshDevice: act((id: string) => rpc.wall.devices.refresh.mutate({ id })),
    actOnDevice: act((input: { id: string; act: DisplayAct }) => rpc.wall.devices.act.mutate(input)),
    searchDevices: act((_: undefined) => rpc.wall.devices.search.mutate()),
    removeTemplate: act((id: string) => rpc.wall.devices.removeTemplate.mutate({ id })),
    tryTemplate: act((input: { id: string; source: string; act: DisplayAct }) => rpc.wall.devices.tryTemplate.mutate(input)),
    saveTemplate: act((input: { id: string; source: string }) => rpc.wall.devices.saveTemplate.mutate(input)),
  }
}

/** Calls back when the station says that anything a board shows has changed. */
export function onBoardChange(listener: () => void): () => void {
  return onChange(listener)
}
