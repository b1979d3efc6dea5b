// One feature hands something to another through the page, once: the giver puts it down under a key, the taker picks it up.
const waiting = new Map<string, unknown>()

/** E.g. `order:<incident>` with what an order form should begin with. */
export function handOver(key: string, value: unknown): void {
  waiting.set(key, value)
}

/** What was put down under the key, or null; a second call gets nothing. */
export function takeOver<T>(key: string): T | null {
  const value = (waiting.get(key) ?? null) as T | null
  waiting.delete(key)
  return value
}
