// The 响应级别 of an incident, as the plans feature tells it; null = not started.
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { ResponseTier } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

export function useResponseTier(incident: Readonly<Ref<string>>): Readonly<Ref<ResponseTier | null>> {
  const response = useQuery({
    queryKey: computed(() => ['responses', 'of', incident.value]),
    queryFn: () => rpc.responses.of.query({ incident: incident.value }),
  })
  return computed(() => ResponseTier.options.find((tier) => tier === response.data.value?.state) ?? null)
}
