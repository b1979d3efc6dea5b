// Who sits here: the session as the station tells it, and what the person may do.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Permission, SessionState } from '../../native/contract/index.ts'
import { linkHeard } from './link.ts'
import { followChanges, queryClient } from './queries.ts'
import { rpc } from './rpc.ts'

export const useSession = defineStore('session', () => {
  const state = ref<SessionState | null>(null)
  const person = computed(() => state.value?.person ?? null)
  const isLocked = computed(() => state.value?.isLocked ?? false)
  let isFollowing = false
  let unfollowChanges: (() => void) | null = null

  function can(permission: Permission): boolean {
    return person.value?.permissions.includes(permission) ?? false
  }

  /** Takes the state that a sign-in, an unlock or a set-up answered with, so that the page goes on at once. */
  function accept(next: SessionState): SessionState {
    // Nothing of the former person stays on the page.
    if (next.person?.account !== state.value?.person?.account) queryClient.clear()
    const isUnlocked = state.value?.isLocked === true && !next.isLocked
    state.value = next
    // While locked most questions were refused.
    if (isUnlocked) void queryClient.invalidateQueries()
    // A locked session still hears the feed: nothing that rings is hidden.
    if (next.person === null) {
      unfollowChanges?.()
      unfollowChanges = null
    } else unfollowChanges ??= followChanges()
    return next
  }

  /** Locks, unlocks and sign-outs done elsewhere arrive by themselves. */
  function follow(): void {
    if (isFollowing) return
    isFollowing = true
    rpc.accounts.watch.subscribe(undefined, {
      onData(next) {
        linkHeard()
        accept(next)
      },
      onError() {
        isFollowing = false
      },
    })
  }

  /** Asks the station who is signed in. */
  async function refresh(): Promise<SessionState> {
    const next = accept(await rpc.accounts.session.query())
    follow()
    return next
  }

  return { state, person, isLocked, can, accept, refresh }
})
