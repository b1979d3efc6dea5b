// Arrow keys move the focus among the items of a list; Home and End go to its ends.

/** @param selector what counts as an item inside the element that listens */
export function moveFocus(event: KeyboardEvent, selector: string): void {
  const list = event.currentTarget
  if (!(list instanceof HTMLElement)) return
  const items = [...list.querySelectorAll<HTMLElement>(selector)]
  const at = items.findIndex((item) => item === document.activeElement)
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (target === undefined) return
  event.preventDefault()
  items[Math.max(0, Math.min(items.length - 1, target))]?.focus()
}
