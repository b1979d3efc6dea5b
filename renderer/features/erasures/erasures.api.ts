// Finding and erasing personal data, and what was erased.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import type { ErasePersonal, ErasureState, FoundPersonal, PersonalRow } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'

/** While files are being blanked the list is asked again, in milliseconds. */
const againMs = 2_000

export type Sought = { kind: 'words'; words: string } | { kind: 'record'; dataset: string; row: string } | null

export function useFound(sought: Ref<Sought>) {
  return useQuery({
    queryKey: computed(() => ['erasures', 'found', sought.value]),
    queryFn: async (): Promise<FoundPersonal> => {
      const asked = sought.value
      if (asked === null) return { rows: [], hasMore: false }
      if (asked.kind === 'words') return rpc.erasures.find.query({ words: asked.words })
      const { record, rows, hasMore } = await rpc.erasures.about.query({ dataset: asked.dataset, row: asked.row })
      return { rows: [record, ...rows], hasMore }
    },
    enabled: computed(() => sought.value !== null),
    // A name is looked for when somebody asks, never from memory.
    gcTime: 0,
  })
}

export function useErasureState() {
  return useQuery({
    queryKey: ['erasures', 'state'],
    queryFn: (): Promise<ErasureState> => rpc.erasures.state.query(),
    refetchInterval: ({ state }) => (state.data?.isBlanking === true ? againMs : false),
  })
}

export function useErase() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ErasePersonal) => rpc.erasures.erase.mutate(input),
    onSettled: () => client.invalidateQueries({ queryKey: ['erasures'] }),
  })
}

export function keyOf(row: Pick<PersonalRow, 'dataset' | 'row'>): string {
  return `${row.dataset}/${row.row}`
}
