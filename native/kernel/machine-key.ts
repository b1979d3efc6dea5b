// The key of this machine: seals secrets (verifiers of passwords, keys of online layers) before they are written to the database.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const version = 'v1'

/** AES-256-GCM under a key that lies beside the database in a file of mode 0600: a copied database alone opens nothing. */
export class MachineKey {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  /** Reads the key of a data directory, or makes one where there is none. */
  static async open(directory: string): Promise<MachineKey> {
    const path = join(directory, 'machine-key')
    const created = randomBytes(32)
    try {
      await writeFile(path, created.toString('base64'), { mode: 0o600, flag: 'wx' })
      return new MachineKey(created)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const key = Buffer.from(await readFile(path, 'utf8'), 'base64')
      if (key.length !== 32) throw new Error('machine-key is damaged: 32 bytes expected', { cause: error })
      return new MachineKey(key)
    }
  }

  /** @param purpose bound to the secret, so that one sealed value cannot stand in for another */
  seal(plain: string, purpose: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(Buffer.from(purpose))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return [version, nonce.toString('base64url'), cipher.getAuthTag().toString('base64url'), sealed.toString('base64url')].join('.')
  }

  /** @returns the secret, or null where it was sealed by another machine's key, for another purpose, or is damaged */
  unseal(sealed: string, purpose: string): string | null {
    const [form, nonce, tag, body] = sealed.split('.')
    if (form !== version || nonce === undefined || tag === undefined || body === undefined) return null
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(nonce, 'base64url'))
      decipher.setAAD(Buffer.from(purpose))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
    } catch {
      // GCM says only that it does not fit; there is nothing more to know.
      return null
    }
  }
}
