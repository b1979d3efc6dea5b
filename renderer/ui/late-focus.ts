/**
 * For what is filled from the station before it takes the caret: not from a field or a dialog that somebody has come to meanwhile, or the words typed
 * there would end in the form behind it.
 */
export function focusLate(field: HTMLElement | null | undefined): void {
  const isTyping = document.activeElement?.matches('input, textarea, select, [contenteditable]') === true
  const isAsked = [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility())
  if (!isTyping && !isAsked) field?.focus()
}
