// F6 goes round the places of the console: list, globe, context, 待办, time line.

/** Puts the focus on the next (or former) visible region of the frame. */
export function focusNextRegion(frame: HTMLElement | null, step: 1 | -1): void {
  if (frame === null) return
  const regions = [...frame.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null && !region.inert)
  if (regions.length === 0) return
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  regions.at((at + step + regions.length) % regions.length)?.focus()
}
