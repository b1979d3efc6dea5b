// A form whose words are kept on the station at each pause of typing: there again after the page, the browser or the station was killed.
import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, type Ref, ref, watch } from 'vue'
import type { EpochMs, JsonValue } from '../../native/contract/index.ts'
import { isPassing } from './page-error.ts'
import { queryClient } from './queries.ts'
import { rpc } from './rpc.ts'

/** Nobody notices, and little is lost. */
const pauseMs = 400
const againMs = 2_000

export interface KeptForm {
  /** A former draft was put back into the form. */
  isRestored: Readonly<Ref<boolean>>
  /** When what stands in the form was last kept; null = something was typed since, or nothing yet. */
  keptAt: Readonly<Ref<EpochMs | null>>
  /** The form was sent or thrown away: nothing is kept of it. */
  forget(): Promise<void>
}

/**
 * @param name `<feature>.<form>` and what it is about
 * @param form reactive and plain JSON; what is kept is put into it as soon as it has been read, unless somebody typed meanwhile
 * @param isTyped where a form is filled by more than typing: whether somebody typed
 */
export function useKeptForm<T extends object>(name: string, form: T, isTyped?: () => boolean): KeptForm {
  const isRestored = ref(false)
  const keptAt = ref<EpochMs | null>(null)
  const blank = JSON.stringify(form)
  let kept = blank
  let isOver = false
  let retry: ReturnType<typeof setTimeout> | null = null

  const wasTyped = () => isTyped?.() ?? JSON.stringify(form) !== blank

  async function keep(): Promise<void> {
    const body = JSON.stringify(form)
    // Filled from its record alone it is nobody's words, and must not be kept over some.
    if (isOver || body === kept || (kept === blank && !wasTyped())) return
    try {
      await rpc.drafts.save.mutate({ form: name, body: JSON.parse(body) as JsonValue })
      kept = body
      if (JSON.stringify(form) === body) keptAt.value = Date.now()
    } catch (error) {
      console.warn('draft was not kept', name, error)
      // The words are still in the form; a lost line comes back.
      if (isPassing(error)) retry = setTimeout(() => void keep(), againMs)
    }
  }
  const keepLater = useDebounceFn(keep, pauseMs)
  watch(
    () => form,
    () => {
      if (JSON.stringify(form) !== kept) keptAt.value = null
      void keepLater()
    },
    { deep: true },
  )
  onScopeDispose(() => {
    if (retry !== null) clearTimeout(retry)
    void keep()
  })

  async function restore(): Promise<void> {
    const draft = await queryClient.fetchQuery({
      queryKey: ['drafts', name],
      queryFn: () => rpc.drafts.read.query({ form: name }),
      staleTime: 0,
      gcTime: 0,
      retry: (count, error) => count < 5 && isPassing(error),
    })
    if (draft === null || typeof draft !== 'object' || isOver || wasTyped()) return
    Object.assign(form, draft)
    kept = JSON.stringify(form)
    isRestored.value = true
  }
  restore().catch((error: unknown) => console.warn('draft was not read', name, error))

  return {
    isRestored,
    keptAt,
    async forget() {
      isOver = true
      await rpc.drafts.remove.mutate({ form: name }).catch((error: unknown) => console.warn('draft was not removed', name, error))
    },
  }
}
