// Who sits here: the session as the station tells it, and what the person may do.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Permission, SessionState } from '../../native/contract/index.ts'
import { followChanges, queryClient } from './queries.ts'
import { reconnect, rpc } from './rpc.ts'

export const useSession = defineStore('session', () => {
  const state = ref<SessionState | null>(null)
  const person = computed(() => state.value?.person ?? null)
  const isLocked = computed(() => state.value?.isLocked ?? false)
  let unfollow: (() => void) | null = null

  function can(permission: Permission): boolean {
    return person.value?.permissions.includes(permission) ?? false
  }

  /** Asks the station who is signed in; call after a connection, an unlock, a change of password. */
  async function refresh(): Promise<SessionState> {
    const next = await rpc.accounts.session.query()
    state.value = next
    // A locked session still hears the feed: nothing that rings is hidden.
    if (next.person === null) {
      unfollow?.()
      unfollow = null
    } else unfollow ??= followChanges()
    return next
  }

  /** After sign-in, sign-out or set-up, done over HTTP: the socket is opened anew under the new cookie, nothing of the former person stays. */
  async function changed(): Promise<SessionState> {
    unfollow?.()
    unfollow = null
    queryClient.clear()
    reconnect()
    return refresh()
  }

  return { state, person, isLocked, can, refresh, changed }
})
