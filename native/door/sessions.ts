// Browsers and scripts that have shown a token: one-time tokens, cookies, the script's bearer file. Who has signed in on them is the accounts' matter.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs } from '../contract/index.ts'
import { newId } from '../kernel/ids.ts'
import type { Store } from '../store/types.ts'

export interface Session {
  id: string
  /** Who has signed in; null = nobody. */
  account: string | null
  createdAt: EpochMs
  /** The last key or pointer of a person, not the last call of the page. */
  lastActiveAt: EpochMs
  /** Since when the idle lock is on; null = open. */
  lockedAt: EpochMs | null
}

interface Row extends Session {
  tokenHash: string
}

const unusedSessionLifeMs = 30 * 24 * 3_600_000
const mintedTokenLifeMs = 10 * 60_000
/** The session of whoever holds the bearer file; nobody is signed in on it. */
export const SCRIPT_SESSION = 'script'

/** Cookies know no ports: each data directory names its own, so that two stations of one machine (live and drill) do not share one. */
export function cookieName(directory: string): string {
  return `wanglou-${hashOf(directory).slice(0, 12)}`
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export class Sessions {
  readonly #store: Store
  readonly #directory: string
  readonly #byHash = new Map<string, Session>()
  readonly #oneTime = new Map<string, { expiresAt: EpochMs }>()
  #bearerHash = Buffer.alloc(32)

  constructor(options: { store: Store; directory: string }) {
    this.#store = options.store
    this.#directory = options.directory
  }

  /** Reads the sessions of the last run (a reload or a restart signs nobody out) and writes the bearer file where it is missing. */
  async start(): Promise<void> {
    const oldest = Date.now() - unusedSessionLifeMs
    // A screen of the wall has no keys or pointer: its pairing is what keeps it.
    await this.#store.write((tx) =>
      tx.run('DELETE FROM secret_sessions WHERE lastActiveAt < ? AND id NOT IN (SELECT session FROM wall_pairings)', [oldest]),
    )
    const rows = await this.#store.all<Row>('SELECT id, tokenHash, account, createdAt, lastActiveAt, lockedAt FROM secret_sessions')
    for (const { tokenHash, ...session } of rows) this.#byHash.set(tokenHash, session)
    this.#bearerHash = createHash('sha256')
      .update(await this.#bearer())
      .digest()
  }

  /** Where a script finds its bearer token; mode 0600. */
  get bearerPath(): string {
    return join(this.#directory, 'bearer-token')
  }

  async #bearer(): Promise<string> {
    const created = secret()
    try {
      await writeFile(this.bearerPath, `${created}\n`, { mode: 0o600, flag: 'wx' })
      return created
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      return (await readFile(this.bearerPath, 'utf8')).trim()
    }
  }

  /** A token that opens the door once, for a start URL or a second browser. @param lifeMs null = until it is used */
  mint(lifeMs: number | null = mintedTokenLifeMs): string {
    for (const [hash, { expiresAt }] of this.#oneTime) if (expiresAt < Date.now()) this.#oneTime.delete(hash)
    const token = secret()
    this.#oneTime.set(hashOf(token), { expiresAt: lifeMs === null ? Number.MAX_SAFE_INTEGER : Date.now() + lifeMs })
    return token
  }

  /** @returns the cookie's value for a one-time token, or null when it was used, is too old or never was */
  async exchange(token: string): Promise<string | null> {
    const hash = hashOf(token)
    const found = this.#oneTime.get(hash)
    this.#oneTime.delete(hash)
    if (found === undefined || found.expiresAt < Date.now()) return null
    return (await this.open()).token
  }

  /** A new session on which nobody is signed in. */
  async open(): Promise<{ token: string; session: Session }> {
    const token = secret()
    const now = Date.now()
    const session: Session = { id: newId(), account: null, createdAt: now, lastActiveAt: now, lockedAt: null }
    await this.#store.write((tx) =>
      tx.run('INSERT INTO secret_sessions (id, tokenHash, account, createdAt, lastActiveAt, lockedAt) VALUES (?, ?, NULL, ?, ?, NULL)', [
        session.id,
        hashOf(token),
        now,
        now,
      ]),
    )
    this.#byHash.set(hashOf(token), session)
    return { token, session }
  }

  byCookie(token: string): Session | null {
    return this.#byHash.get(hashOf(token)) ?? null
  }

  /** The bearer file's token, or a session's own that a script got when it signed in. */
  byBearer(token: string): Session | null {
    const hash = createHash('sha256').update(token).digest()
    if (timingSafeEqual(hash, this.#bearerHash)) return { id: SCRIPT_SESSION, account: null, createdAt: 0, lastActiveAt: 0, lockedAt: null }
    return this.#byHash.get(hash.toString('hex')) ?? null
  }

  all(): Session[] {
    return [...this.#byHash.values()]
  }

  /** Writes down who is signed in and whether it is locked. */
  async save(session: Session): Promise<void> {
    await this.#store.write((tx) =>
      tx.run('UPDATE secret_sessions SET account = ?, lastActiveAt = ?, lockedAt = ? WHERE id = ?', [
        session.account,
        session.lastActiveAt,
        session.lockedAt,
        session.id,
      ]),
    )
  }
}
