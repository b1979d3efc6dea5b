// Video platforms and ONVIF cameras as the administrator's page asks for them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { rpc } from '../../app/rpc.ts'

export function usePlatforms() {
  return useQuery({ queryKey: ['cameraPlatforms', 'list'], queryFn: () => rpc.cameraControl.platforms.query() })
}

export function usePlatformDevices(platform: Ref<string | null>) {
  return useQuery({
    queryKey: computed(() => ['cameraPlatforms', 'devices', platform.value]),
    queryFn: () => rpc.cameraControl.platformDevices.query({ id: platform.value ?? '' }),
    enabled: computed(() => platform.value !== null),
  })
}

export function usePlatformChannels(platform: Ref<string | null>, device: Ref<string | null>) {
  return useQuery({
    queryKey: computed(() => ['cameraPlatforms', 'channels', platform.value, device.value]),
    queryFn: () => rpc.cameraControl.platformChannels.query({ id: platform.value ?? '', device: device.value ?? '' }),
    enabled: computed(() => platform.value !== null && device.value !== null),
  })
}

export function usePlatformActs() {
  const client = useQueryClient()
  const onSuccess = async () => {
    await client.invalidateQueries({ queryKey: ['cameraPlatforms'] })
    await client.invalidateQueries({ queryKey: ['cameras'] })
  }
  return {
    save: useMutation({
      mutationFn: (input: Parameters<typeof rpc.cameraControl.savePlatform.mutate>[0]) => rpc.cameraControl.savePlatform.mutate(input),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => rpc.cameraControl.removePlatform.mutate({ id }), onSuccess }),
    adopt: useMutation({
      mutationFn: (input: Parameters<typeof rpc.cameraControl.adopt.mutate>[0]) => rpc.cameraControl.adopt.mutate(input),
      onSuccess,
    }),
  }
}

export function useOnvif() {
  return {
    search: useMutation({ mutationFn: () => rpc.cameraControl.discoverOnvif.mutate() }),
    profiles: useMutation({
      mutationFn: (input: Parameters<typeof rpc.cameraControl.onvifProfiles.mutate>[0]) => rpc.cameraControl.onvifProfiles.mutate(input),
    }),
  }
}
