// The keys under which devices push: made here, long enough that nobody guesses one, compared in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const keyBytes = 15

/** Letters and digits that a person can copy from a screen into a device. */
export function newPushKey(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from(randomBytes(keyBytes + 9), (byte) => letters[byte % letters.length]).join('')
}

export class PushKeys {
  readonly #read: () => Promise<{ camera: string; key: string }[]>

  constructor(read: () => Promise<{ camera: string; key: string }[]>) {
    this.#read = read
  }

  /** null = nobody's. */
  async cameraOf(pushed: string): Promise<string | null> {
    const sum = digest(pushed)
    let found: string | null = null
    for (const { camera, key } of await this.#read()) if (timingSafeEqual(digest(key), sum)) found = camera
    return found
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
