/** For `@open-auto-focus` of a dialog: the first field has the focus from its first frame, not when the animation ends; who types at once loses no letter. */
export function focusAtOnce(field: { focus: () => void } | null): void {
  // The dialog focuses itself in the same turn, after this event.
  setTimeout(() => field?.focus())
}
