// Two stations learn over an open line that each is who it says (station keys), and from then on nobody reads, changes or repeats what they say.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  verify,
} from 'node:crypto'

/** What each shows first: its name and a key for this one conversation. */
export interface Hello {
  station: string
  /** X25519, SPKI, base64. */
  key: string
}

export type Side = 'caller' | 'called'

const label = 'wanglou-host-1'

export class Opening {
  readonly hello: Hello
  readonly #private: KeyObject

  constructor(station: string) {
    const { publicKey, privateKey } = generateKeyPairSync('x25519')
    this.#private = privateKey
    this.hello = { station, key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }
  }

  /** @throws Error when the other's key is none */
  seal({ side, theirs }: { side: Side; theirs: Hello }): Seal {
    const transcript = createHash('sha256')
      .update(said(side === 'caller' ? [this.hello, theirs] : [theirs, this.hello]))
      .digest()
    const secret = diffieHellman({ privateKey: this.#private, publicKey: keyOf(theirs.key) })
    const bytes = Buffer.from(hkdfSync('sha256', secret, transcript, label, 64))
    const [calling, called] = [bytes.subarray(0, 32), bytes.subarray(32)]
    return side === 'caller' ? new Seal({ ours: calling, theirs: called }) : new Seal({ ours: called, theirs: calling })
  }
}

/** What a side signs with its station key: both keys and names, and which side it is, so that it cannot be shown to anybody else. */
export function proofBytes({ side, caller, called }: { side: Side; caller: Hello; called: Hello }): Buffer {
  return Buffer.concat([Buffer.from(`${label} ${side}\n`), said([caller, called])])
}

/** @param publicKey Ed25519, SPKI, base64 */
export function isProven({ publicKey, proof, bytes }: { publicKey: string; proof: string; bytes: Buffer }): boolean {
  return verify(null, bytes, keyOf(publicKey), Buffer.from(proof, 'base64'))
}

export class Seal {
  readonly #ours: Buffer
  readonly #theirs: Buffer
  #sent = 0n
  #heard = 0n

  constructor(keys: { ours: Buffer; theirs: Buffer }) {
    this.#ours = keys.ours
    this.#theirs = keys.theirs
  }

  close(words: string): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#ours, ivOf(this.#sent++))
    return Buffer.concat([cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }

  /** @throws Error when it was changed, comes a second time or out of order */
  open(bytes: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#theirs, ivOf(this.#heard))
    decipher.setAuthTag(bytes.subarray(-16))
    const words = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
    this.#heard += 1n
    return words
  }
}

function ivOf(count: bigint): Buffer {
  const iv = Buffer.alloc(12)
  iv.writeBigUInt64BE(count, 4)
  return iv
}

function said(hellos: readonly Hello[]): Buffer {
  return Buffer.from(JSON.stringify(hellos.map(({ station, key }) => [station, key])))
}

function keyOf(spki: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
}
