// Queries and acts of 批示; feedback and photos are rows of their own, so all three datasets refresh them.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

onChange((change) => {
  if (change.dataset === 'instructionFeedback' || change.dataset === 'instructionPhotos')
    void queryClient.invalidateQueries({ queryKey: ['instructions'] })
})

export const openInstructionsQuery = {
  queryKey: ['instructions', 'open'],
  queryFn: () => rpc.instructions.list.query({ incident: null, isOpen: true }),
}

export function useInstructions(filter: MaybeRefOrGetter<{ incident: string | null; isOpen: boolean | null }>) {
  return useQuery({
    queryKey: computed(() => ['instructions', 'list', toValue(filter)]),
    queryFn: () => rpc.instructions.list.query(toValue(filter)),
    placeholderData: (rows) => rows,
  })
}
export function useInstruction(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['instructions', 'one', toValue(id)]),
    queryFn: () => rpc.instructions.get.query({ id: toValue(id) }),
  })
}

/** An act; what it touched is asked for again at once, without waiting for the feed. */
export function useInstructionAct<Input>(act: (input: Input) => Promise<unknown>) {
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: ['instructions'] }) })
}
