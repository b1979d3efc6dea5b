// Passwords and PINs are kept only as scrypt verifiers, sealed with the machine's key.
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import type { MachineKey } from '../../kernel/machine-key.ts'

/** Cost of one guess: `N·r·128` bytes of memory, `p` times over (RFC 7914 §2). */
export interface ScryptCost {
  N: number
  r: number
  p: number
}

/** 32 MiB, three passes: OWASP's equivalent of its first recommendation, about a quarter of a second on a console. */
export const defaultCost: ScryptCost = { N: 2 ** 15, r: 8, p: 3 }

const keyLength = 32

function derive(secret: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // NFC: the same characters typed on another keyboard must open the door.
  scrypt(secret.normalize('NFC'), salt, keyLength, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) => (error ? reject(error) : resolve(key)))
  return promise
}

export class Verifiers {
  readonly #key: MachineKey
  readonly #cost: ScryptCost

  constructor(options: { key: MachineKey; cost: ScryptCost }) {
    this.#key = options.key
    this.#cost = options.cost
  }

  /** @param purpose whose and what for, e.g. `password:<account>` */
  async make(secret: string, purpose: string): Promise<string> {
    const salt = randomBytes(16)
    const key = await derive(secret, salt, this.#cost)
    const { N, r, p } = this.#cost
    return this.#key.seal(['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$'), purpose)
  }

  /** @param sealed null (no such account) takes as long as a wrong password */
  async check(secret: string, sealed: string | null, purpose: string): Promise<boolean> {
    const verifier = sealed === null ? null : this.#key.unseal(sealed, purpose)
    const [scheme, N, r, p, salt, expected] = verifier?.split('$') ?? []
    if (scheme !== 'scrypt' || salt === undefined || expected === undefined) {
      await derive(secret, randomBytes(16), this.#cost)
      return false
    }
    const key = await derive(secret, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
    return timingSafeEqual(key, Buffer.from(expected, 'base64url'))
  }
}

/** Without the characters that are mistaken for another when read out or copied from paper. */
const alphabets = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789']

/** A one-time password such as `kM7p-Rt4x-Wq9n`: 12 characters of 54 (69 bits), always of four classes. */
export function initialPassword(): string {
  const all = alphabets.join('')
  for (;;) {
    const characters = Array.from({ length: 12 }, () => all[randomInt(all.length)] ?? '')
    if (!alphabets.every((alphabet) => characters.some((character) => alphabet.includes(character)))) continue
    return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-')
  }
}
