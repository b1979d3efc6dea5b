// Only what was changed in a form goes to the station, with what stood there before: another's change meanwhile is noticed, not overwritten.

/** @returns null = nothing was changed */
export function changedFields<T extends object>(fields: T, seen: T): { set: Partial<T>; seen: Partial<T> } | null {
  const before = new Map<string, unknown>(Object.entries(seen))
  const changed = Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name) ?? null))
  if (changed.length === 0) return null
  const set = Object.fromEntries(changed) as Partial<T>
  return { set, seen: Object.fromEntries(changed.map(([name]) => [name, before.get(name)])) as Partial<T> }
}
