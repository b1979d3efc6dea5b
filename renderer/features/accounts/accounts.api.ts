// What the accounts' pages ask of the station.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { AccountRow, InitialPassword, NewMember, Role, SessionState } from '../../../native/contract/index.ts'
import { router } from '../../app/router.ts'
import { rpc } from '../../app/rpc.ts'
import { useSession } from '../../app/session.ts'
import { forget, hold } from './one-time.ts'

export function useAccounts() {
  return useQuery({ queryKey: ['accounts', 'list'], queryFn: (): Promise<AccountRow[]> => rpc.accounts.list.query() })
}

/** Names behind account ids, for every line that says who did it. */
export function useNames() {
  return useQuery({ queryKey: ['accounts', 'names'], queryFn: () => rpc.accounts.names.query() })
}

/** A change of accounts by this page; the lists are asked again. */
export function useAccountAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }) })
}

export const accountActs = {
  create: (member: Omit<NewMember, 'roles'>): Promise<InitialPassword> => rpc.accounts.create.mutate(member),
  addTeam: (members: NewMember[]): Promise<InitialPassword[]> => rpc.accounts.addTeam.mutate({ members }),
  update: (input: { account: string; name: string; telephone: string | null; unit: string | null }) => rpc.accounts.update.mutate(input),
  setDisabled: (input: { account: string; isDisabled: boolean }) => rpc.accounts.setDisabled.mutate(input),
  resetPassword: (account: string): Promise<InitialPassword> => rpc.accounts.resetPassword.mutate({ account }),
  unlock: (account: string) => rpc.accounts.unlockAccount.mutate({ account }),
  grant: (input: { account: string; role: Role; unit: string | null }) => rpc.accounts.grant.mutate(input),
  revoke: (grant: string) => rpc.accounts.revoke.mutate({ grant }),
}

/** After a sign-in or a set-up: to the page that was asked for, or where the station sends this person next. */
export async function enter(state: SessionState): Promise<void> {
  const session = useSession()
  session.accept(state)
  const { next } = router.currentRoute.value.query
  const wanted = typeof next === 'string' && next.startsWith('/') && !next.startsWith('//') ? next : '/'
  // Where the person before stood may be no place for this one.
  const { permission } = router.resolve(wanted).meta
  await router.push(permission === undefined || session.can(permission) ? wanted : '/')
}

/** By name and password; a one-time password need not be typed again for the change that follows. */
export async function signIn(login: string, password: string): Promise<void> {
  const state = await rpc.accounts.signIn.mutate({ login, password })
  if (state.person?.mustChangePassword === true) hold(login, password)
  await enter(state)
}

export async function lockNow(): Promise<void> {
  await rpc.accounts.lock.mutate()
}

export async function signOut(): Promise<void> {
  forget()
  await rpc.accounts.signOut.mutate()
  await useSession().refresh()
  await router.push({ name: 'sign-in' })
}
