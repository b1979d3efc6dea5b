// Queries and acts of the 通讯录; units, contacts and calls show each other's rows, so each refreshes what it is shown in.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type {
  AddContactInput,
  AddUnitInput,
  AmendCallInput,
  ChangeContactInput,
  ChangeUnitInput,
  Id,
  NumberRef,
  RecordCallInput,
} from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const shownTogether = ['units', 'settings']
onChange((change) => {
  if (shownTogether.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['contacts'] })
})

export function useTree() {
  return useQuery({ queryKey: ['contacts', 'tree'], queryFn: () => rpc.contacts.tree.query() })
}

export function useContactsOf(unit: MaybeRefOrGetter<Id | null>) {
  return useQuery({ queryKey: computed(() => ['contacts', 'of', toValue(unit)]), queryFn: () => rpc.contacts.of.query({ unit: toValue(unit) }) })
}

export function useDirectory(unit: MaybeRefOrGetter<Id | null>) {
  return useQuery({
    queryKey: computed(() => ['contacts', 'directory', toValue(unit)]),
    queryFn: () => rpc.contacts.directory.query({ unit: toValue(unit) }),
  })
}

export function useSearch(query: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['contacts', 'search', toValue(query)]),
    queryFn: () => rpc.contacts.search.query({ query: toValue(query), limit: 100 }),
    enabled: computed(() => toValue(query) !== ''),
    placeholderData: (former) => former,
  })
}

export function useWrongNumbers() {
  return useQuery({ queryKey: ['contacts', 'wrong'], queryFn: () => rpc.contacts.wrongNumbers.query() })
}

export function useRecipientsAbove() {
  return useQuery({ queryKey: ['contacts', 'above'], queryFn: () => rpc.contacts.recipientsAbove.query() })
}

export function useCalls(of: MaybeRefOrGetter<{ unit: Id | null; incident: Id | null; limit: number }>) {
  return useQuery({ queryKey: computed(() => ['calls', toValue(of)]), queryFn: () => rpc.contacts.calls.query(toValue(of)) })
}

const refresh = () => queryClient.invalidateQueries({ queryKey: ['contacts'] })
const refreshCalls = () => queryClient.invalidateQueries({ queryKey: ['calls'] })

export function useAddUnit() {
  return useMutation({ mutationFn: (input: AddUnitInput) => rpc.contacts.addUnit.mutate(input), onSettled: refresh })
}
export function useChangeUnit() {
  return useMutation({ mutationFn: (input: ChangeUnitInput) => rpc.contacts.changeUnit.mutate(input), onSettled: refresh })
}
export function useAddContact() {
  return useMutation({ mutationFn: (input: AddContactInput) => rpc.contacts.add.mutate(input), onSettled: refresh })
}
export function useChangeContact() {
  return useMutation({ mutationFn: (input: ChangeContactInput) => rpc.contacts.change.mutate(input), onSettled: refresh })
}
export async function removeUnit(id: Id): Promise<void> {
  await rpc.contacts.removeUnit.mutate({ id })
  await refresh()
}
export async function removeContact(id: Id): Promise<void> {
  await rpc.contacts.remove.mutate({ id })
  await refresh()
}
export function useMark() {
  return useMutation({
    async mutationFn({ which, mark }: { which: NumberRef; mark: 'verify' | 'wrong' | 'clear' }) {
      if (mark === 'verify') await rpc.contacts.verify.mutate(which)
      else if (mark === 'clear') await rpc.contacts.clearWrong.mutate(which)
      else await rpc.contacts.reportWrong.mutate({ which, words: '' })
    },
    onSettled: refresh,
  })
}
export function useRecordCall() {
  return useMutation({ mutationFn: (input: RecordCallInput) => rpc.contacts.recordCall.mutate(input), onSettled: refreshCalls })
}
export function useAmendCall() {
  return useMutation({ mutationFn: (input: AmendCallInput) => rpc.contacts.amendCall.mutate(input), onSettled: refreshCalls })
}
