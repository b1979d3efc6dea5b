// Queries and acts of 会商; people in a room come and go, so attendance and invitations refresh them too.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const parts: ReadonlySet<string> = new Set([
  'conferences',
  'conferenceInvitations',
  'conferenceAttendance',
  'conferenceHosts',
  'conferenceRecordings',
  'conferenceRollCalls',
  // What came of ringing somebody stands beside the invitation.
  'calls',
])
onChange((change) => {
  if (parts.has(change.dataset)) void refreshConferences()
})

function refreshConferences(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['conference'] })
}

/** @param incident null = every room */
export function useConferences(incident: MaybeRefOrGetter<string | null>) {
  return useQuery({
    queryKey: computed(() => ['conference', 'list', toValue(incident)]),
    queryFn: () => rpc.conference.list.query({ incident: toValue(incident) }),
    placeholderData: (answer) => answer,
    // Whether the SFU stands is no row of the journal: without a worker it is asked again, so that the page opens by itself once it is there.
    refetchInterval: ({ state }) => (state.data?.sfu.state === 'down' ? 5_000 : false),
  })
}

export function useConference(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['conference', 'one', toValue(id)]),
    queryFn: () => rpc.conference.get.query({ id: toValue(id) }),
  })
}

export function useConferenceAct<Input>(act: (input: Input) => Promise<unknown>) {
  return useMutation({ mutationFn: act, onSettled: refreshConferences })
}
