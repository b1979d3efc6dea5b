// A form of a record that arrives late and that others change: what was typed stays, every other field goes along.
import { ref, type Ref, watch } from 'vue'

const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/**
 * A form filled from a record, field by field. A field in which nobody typed follows the record; a typed one keeps its words whatever arrives, until
 * the record says the same, as after saving.
 * @param record the form as the record fills it, plain JSON; null = not read yet
 * @param blank the form before that
 * @param key which record it is; another one fills the form anew
 */
export function useFollowedForm<Form extends object, Blank extends Form | null>(
  record: () => Form | null,
  blank: Blank,
  key: () => unknown = () => null,
): Ref<Form | Blank> {
  const form = ref(copy<Form | Blank>(blank)) as Ref<Form | Blank>
  let seen = copy<Form | Blank>(blank)
  watch(
    [key, record] as const,
    ([which, now], [former]) => {
      if (which !== former) {
        form.value = copy<Form | Blank>(blank)
        seen = copy<Form | Blank>(blank)
      }
      if (now === null || isSame(now, seen)) return
      form.value = copy(form.value === null || seen === null ? now : merged(form.value, seen, now))
      seen = copy(now)
    },
    { immediate: true, deep: true },
  )
  return form
}

function merged<Form extends object>(typed: Form, seen: Form, now: Form): Form {
  const fields = new Set([...Object.keys(typed), ...Object.keys(now)]) as Set<keyof Form>
  return Object.fromEntries([...fields].map((field) => [field, isSame(typed[field], seen[field]) ? now[field] : typed[field]])) as Form
}
