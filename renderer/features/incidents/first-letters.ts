// F2 and the next letter may come faster than the form: a field of the strip takes them into the draft until the form's own field stands. An input method needs a field, too.
import { shallowRef } from 'vue'

/** The field on the strip; null until the frame stands. */
const holder = shallowRef<HTMLTextAreaElement | null>(null)

export function holdLettersIn(field: HTMLTextAreaElement | null): void {
  holder.value = field
}

/** From this keystroke on the words go into the field of the strip. */
export function catchLetters(): void {
  const field = holder.value
  if (field === null) return
  field.value = ''
  field.focus({ preventScroll: true })
}

/** The form stands: the caret goes on in it, behind what was typed; a word that an input method is composing is finished first. */
export async function goOnIn(field: HTMLTextAreaElement | null): Promise<void> {
  const from = holder.value
  if (field === null) return
  if (from !== null && from === document.activeElement && from.dataset['composing'] === 'true') {
    await new Promise<void>((resolve) => {
      for (const end of ['compositionend', 'blur']) from.addEventListener(end, () => resolve(), { once: true })
    })
    // The listeners of the page write the word into the draft, and Vue into the form, before the caret moves.
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}
