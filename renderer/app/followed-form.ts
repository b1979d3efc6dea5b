// A form of a record that arrives late and that others change: what was typed stays, every other field goes along, and what both changed is decided.
import { computed, type ComputedRef, nextTick, reactive, type Ref, watch } from 'vue'

const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const plain = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** For a `FormField`: what another console wrote there, in words, and the decision. */
export interface FieldNote {
  theirs: string | null
  onTake: (whose: 'mine' | 'theirs') => void
}

export interface SharedForm<Form extends object, Blank extends Form | null = Form> {
  form: Ref<Form | Blank>
  /** Reactive, plain JSON: with it `useKeptForm` keeps what was typed and over what, so that what is put back later undoes nobody's change. */
  state: FormState<Form, Blank>
  isTyped(): boolean
  /** Fields typed here that another changed meanwhile, with what stands there now: until somebody decides. */
  theirs: ComputedRef<Partial<Form>>
  take(field: keyof Form, whose: 'mine' | 'theirs'): void
  note(field: keyof Form, words?: (value: never) => string): FieldNote
  /** @param within an element of the form @returns whether something is still to be decided; the first of it then has the caret */
  isHeld(within: Element | null): boolean
}

export interface FormState<Form extends object, Blank extends Form | null = Form> {
  form: Form | Blank
  /** The record as the form last took it in. */
  seen: Form | Blank
  undecided: (keyof Form)[]
}

/**
 * A form filled from a record, field by field. A field in which nobody typed follows the record; a typed one keeps its words whatever arrives, until
 * the record says the same, as after saving. Where another changed a typed field, whose it shall be is for the person to say before she saves.
 * @param record the form as the record fills it, plain JSON; null = not read yet
 * @param blank the form before that
 * @param key which record it is; another one fills the form anew
 */
export function useSharedForm<Form extends object, Blank extends Form | null>(
  record: () => Form | null,
  blank: Blank,
  key: () => unknown = () => null,
): SharedForm<Form, Blank> {
  const anew = (): FormState<Form, Blank> => ({ form: copy<Form | Blank>(blank), seen: copy<Form | Blank>(blank), undecided: [] })
  const state = reactive(anew()) as FormState<Form, Blank>
  watch(
    // A form that was kept is put back with what it had seen: then the record is taken in once more.
    [key, record, () => state.seen] as const,
    ([which, now], [former]) => {
      if (which !== former) Object.assign(state, anew())
      if (now !== null && !isSame(now, state.seen)) Object.assign(state, merged(state, now))
    },
    { immediate: true, deep: true },
  )
  const theirs = computed(() => {
    const { form, seen, undecided } = state
    if (form === null || seen === null) return {} as Partial<Form>
    return Object.fromEntries(undecided.filter((field) => !isSame(form[field], seen[field])).map((field) => [field, seen[field]])) as Partial<Form>
  })
  const form = computed({ get: () => state.form, set: (value) => void (state.form = value) })
  function take(field: keyof Form, whose: 'mine' | 'theirs'): void {
    const { form: typed, seen, undecided } = state
    state.undecided = undecided.filter((one) => one !== field)
    if (whose === 'theirs' && typed !== null && seen !== null) typed[field] = copy(seen[field])
  }
  return {
    form,
    state,
    isTyped: () => typedFields(state).length > 0,
    theirs,
    take,
    note: (field, words = plain) => ({
      theirs: field in theirs.value ? words(theirs.value[field] as never) : null,
      onTake: (whose) => take(field, whose),
    }),
    isHeld(within) {
      if (Object.keys(theirs.value).length === 0) return false
      void nextTick(() => within?.querySelector<HTMLElement>('[data-theirs] button')?.focus())
      return true
    },
  }
}

/** For a form of which what another changed meanwhile is simply written over. */
export function useFollowedForm<Form extends object, Blank extends Form | null>(
  ...of: Parameters<typeof useSharedForm<Form, Blank>>
): Ref<Form | Blank> {
  return useSharedForm(...of).form
}

/** Field by field: the order in which a record names them is nobody's typing. */
function typedFields<Form extends object, Blank extends Form | null>({ form, seen }: FormState<Form, Blank>): (keyof Form)[] {
  return form === null || seen === null ? [] : (Object.keys(form) as (keyof Form)[]).filter((field) => !isSame(form[field], seen[field]))
}

function merged<Form extends object, Blank extends Form | null>(state: FormState<Form, Blank>, now: Form): FormState<Form, Blank> {
  const { form: typed, seen, undecided } = state
  if (typed === null || seen === null) return { form: copy(now), seen: copy(now), undecided: [] }
  const fields = [...new Set([...Object.keys(typed), ...Object.keys(now)])] as (keyof Form)[]
  const isTyped = (field: keyof Form) => !isSame(typed[field], seen[field])
  return {
    form: copy(Object.fromEntries(fields.map((field) => [field, isTyped(field) ? typed[field] : now[field]])) as Form),
    seen: copy(now),
    undecided: fields.filter(
      (field) => isTyped(field) && !isSame(typed[field], now[field]) && (undecided.includes(field) || !isSame(seen[field], now[field])),
    ),
  }
}
