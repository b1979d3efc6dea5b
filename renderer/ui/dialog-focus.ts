import { nextTick } from 'vue'

/**
 * For `@open-auto-focus` of a dialog: the first field has the focus from its first frame, not when the animation ends; who types at once loses no letter,
 * and who has gone on to another field meanwhile stays there.
 */
export function focusAtOnce(field: { focus: () => void } | null): void {
  const held = document.activeElement
  const isField = held instanceof HTMLElement && held.matches('input, textarea, select') && held.closest('[role="dialog"]') !== null
  // After this event the dialog takes the focus itself, in the same turn: no key comes between.
  void nextTick()
    .then(() => nextTick())
    .then(() => nextTick())
    .then(() => (isField ? held : field)?.focus())
}
