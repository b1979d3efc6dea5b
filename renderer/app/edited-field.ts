// Which field of a form is being edited: the one the focus is in, and after something was typed until it is sent, wherever the focus is.
import { type Ref, ref } from 'vue'

/** What the other consoles are told at most. */
const longest = 60

export interface EditedField {
  /** By what the form calls it, '' = a field without a name; null = none is edited. */
  field: Readonly<Ref<string | null>>
  entered(target: Element): void
  typed(target: Element): void
  /** The focus went out of a field. @param isOutside out of the form, not to another field of it */
  left(isOutside: boolean): void
  /** Sent, saved, or another record. */
  end(): void
}

/** @param isKept the form is always open and keeps by itself: only what is typed counts, not that somebody reads there */
export function useEditedField(isKept: () => boolean): EditedField {
  const field = ref<string | null>(null)
  let isTyped = false
  return {
    field,
    entered(target) {
      if (!isKept() || isTyped) field.value = fieldOf(target) ?? field.value
    },
    typed(target) {
      isTyped = true
      field.value = fieldOf(target) ?? field.value
    },
    left(isOutside) {
      if (isOutside && !isTyped) field.value = null
    },
    end() {
      isTyped = false
      field.value = null
    },
  }
}

/** @returns null for a button, which changes nothing by itself */
function fieldOf(target: Element): string | null {
  if (target.closest('button, a') !== null) return null
  const label = target.closest('[data-label]')?.getAttribute('data-label') ?? target.getAttribute('aria-label') ?? ''
  return label.slice(0, longest)
}
