// Words typed beside matters and not yet kept as an act: by matter, on the station at each pause of typing.
import { type MaybeRefOrGetter, reactive, toValue } from 'vue'
import { useKeptForm } from '../../app/kept-form.ts'

/** @param handover its id when the page was opened; a new handover begins with nothing typed */
export function useMatterWords(handover: MaybeRefOrGetter<string>) {
  const kept = reactive<{ typed: Record<string, string | undefined> }>({ typed: {} })
  useKeptForm(`duty.handover ${toValue(handover)}`, kept)
  return kept
}
