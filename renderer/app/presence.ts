// What this page has open and edits, told to the others; who else is editing the record that is open here (the soft lock).
import { computed, type ComputedRef, type MaybeRefOrGetter, onScopeDispose, shallowReactive, toValue, watch } from 'vue'
import type { ConsolePresence, ShowPresenceInput } from '../../native/contract/index.ts'
import { editingElsewhere, type EditingElsewhere } from './editing-elsewhere.ts'
import { link } from './link.ts'
import { useLinkStatus } from './link-status.ts'
import { rpc } from './rpc.ts'
import { useSession } from './session.ts'

/** Others count a page as gone after 30 s of silence. */
const everyMs = 10_000
/** Which window of this session speaks. No identity that anybody keeps. */
const page = Math.random().toString(36).slice(2)
type Open = NonNullable<ShowPresenceInput['open']>
type Editing = NonNullable<ShowPresenceInput['editing']>

/** The newest of each is what the others are shown. */
const opened = shallowReactive<MaybeRefOrGetter<Open | null>[]>([])
const edited = shallowReactive<MaybeRefOrGetter<Editing | null>[]>([])

function newest<T>(stack: readonly MaybeRefOrGetter<T | null>[]): T | null {
  return stack.map((one) => toValue(one)).findLast((one) => one !== null) ?? null
}

function stand<T>(stack: MaybeRefOrGetter<T | null>[], one: MaybeRefOrGetter<T | null>): void {
  stack.push(one)
  onScopeDispose(() => stack.splice(stack.indexOf(one), 1))
}

/** Shows the others that this record is open here, for as long as the component lives. */
export function useShownRecord(record: MaybeRefOrGetter<Open | null>): void {
  stand(opened, record)
}

/** Shows the others that this field is being edited here; null = it is not. */
export function useShownEditing(editing: MaybeRefOrGetter<Editing | null>): void {
  stand(edited, editing)
}

/** Who else is editing the record now, and which fields; empty = nobody. */
export function useEditingElsewhere(dataset: MaybeRefOrGetter<string>, row: MaybeRefOrGetter<string>): ComputedRef<EditingElsewhere[]> {
  const status = useLinkStatus()
  const consoles = computed<readonly ConsolePresence[]>(() => status.data.value?.consoles ?? [])
  return computed(() => editingElsewhere(consoles.value, { dataset: toValue(dataset), row: toValue(row) }))
}

/** Tells the station at each change and every 10 s; once in the frame. Silent while locked or cut off: nobody is at it, nothing would arrive. */
export function usePresenceBeat(): void {
  const session = useSession()
  const presence = computed<ShowPresenceInput>(() => ({ open: newest(opened), editing: newest(edited) }))
  const tell = () => {
    if (session.isLocked || link.state !== 'open') return
    // The next beat says it again; what is lost is ten seconds of a hint.
    rpc.link.show.mutate({ page, ...presence.value }).catch((error: unknown) => console.warn('presence not told', error))
  }
  watch([() => JSON.stringify(presence.value), () => link.state, () => session.isLocked], tell, { immediate: true })
  const timer = setInterval(tell, everyMs)
  onScopeDispose(() => clearInterval(timer))
}
