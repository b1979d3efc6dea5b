// Which field of a form the focus is in, by what the form calls it. Pure but for the document it reads.

/** What the other consoles are told at most. */
const longest = 60

/** @returns null for a button, which changes nothing by itself; '' for a field without a name */
export function fieldOf(target: Element): string | null {
  if (target.closest('button, a') !== null) return null
  const label = target.closest('[data-label]')?.getAttribute('data-label') ?? target.getAttribute('aria-label') ?? ''
  return label.slice(0, longest)
}

/** The focus has gone out of the form, not to another field of it. */
export function isLeft({ currentTarget, relatedTarget }: Pick<FocusEvent, 'currentTarget' | 'relatedTarget'>): boolean {
  return !(currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget))
}
