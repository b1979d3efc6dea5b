// A form whose words are kept on the station at each pause of typing: there again after the page, the browser or the station was killed.
import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, type Ref, ref, watch } from 'vue'
import type { JsonValue } from '../../native/contract/index.ts'
import { rpc } from './rpc.ts'

/** Nobody notices, and little is lost. */
const pauseMs = 400

export interface KeptForm {
  /** A former draft was put back into the form. */
  isRestored: Readonly<Ref<boolean>>
  /** The form was sent or thrown away: nothing is kept of it. */
  forget(): Promise<void>
}

/**
 * @param name `<feature>.<form>` and what it is about
 * @param form reactive and plain JSON; what is kept is put into it as soon as it has been read, unless somebody typed meanwhile
 */
export function useKeptForm<T extends object>(name: string, form: T): KeptForm {
  const isRestored = ref(false)
  const blank = JSON.stringify(form)
  let kept = blank
  let isOver = false
  const keep = async () => {
    const body = JSON.stringify(form)
    if (isOver || body === kept) return
    kept = body
    // A lost line or a locked station: it is tried again at the next pause, and the words are still in the form.
    await rpc.drafts.save.mutate({ form: name, body: JSON.parse(body) as JsonValue }).catch((error: unknown) => {
      kept = ''
      console.warn('draft was not kept', name, error)
    })
  }
  const keepLater = useDebounceFn(keep, pauseMs)
  watch(
    () => form,
    () => void keepLater(),
    { deep: true },
  )
  onScopeDispose(() => void keep())

  rpc.drafts.read.query({ form: name }).then(
    (draft) => {
      if (draft === null || typeof draft !== 'object' || isOver || JSON.stringify(form) !== blank) return
      Object.assign(form, draft)
      kept = JSON.stringify(form)
      isRestored.value = true
    },
    (error: unknown) => console.warn('draft was not read', name, error),
  )
  return {
    isRestored,
    async forget() {
      isOver = true
      await rpc.drafts.remove.mutate({ form: name }).catch((error: unknown) => console.warn('draft was not removed', name, error))
    },
  }
}
