// Waiting for what comes by itself.

/** Waits until something holds. @throws Error with what it was last */
export async function until<T>(read: () => Promise<T> | T, isSo: (value: T) => boolean, limitMs = 20_000): Promise<T> {
  const endsAt = Date.now() + limitMs
  for (;;) {
    const value = await read()
    if (isSo(value)) return value
    if (Date.now() > endsAt) throw new Error(`still ${JSON.stringify(value)} after ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
