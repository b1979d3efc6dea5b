// Which scope an act falls into: who will receive it.
import type { Scope, ScopeKind } from '../contract/index.ts'

/** @param unit the centre's unit, e.g. its area code: part of every scope but `self` and `shared` */
export function scopeOf(kind: ScopeKind, unit: string): Scope {
  switch (kind) {
    case 'self':
    case 'shared':
      return kind
    case 'centre':
    case 'up':
    case 'down':
      return `${kind}:${unit}`
    default:
      return kind satisfies never
  }
}

/** Whether a text is a scope of journal.md. */
export function isScope(text: string): text is Scope {
  return /^(self|shared|(centre|up|down):[^/\s]{1,64})$/.test(text)
}
