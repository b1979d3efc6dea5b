// Passwords of a centre's server, made once and kept beside its configuration; files only their owner may read. Node 20.19 runs it.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Written whole or not at all, mode 0600 even where it existed with another. */
export function writeSecret(path, text) {
  const beside = `${path}.new`
  writeFileSync(beside, text, { mode: 0o600 })
  renameSync(beside, path)
}

/**
 * @param {string} path of secrets.json
 * @returns {{ of: (name: string) => string, note: (name: string, value: string) => boolean, save: () => void }} `of` makes 32 random bytes the first
 *   time; `note` keeps a value and says whether it was another before
 */
export function openSecrets(path) {
  /** @type {{ passwords: Record<string, string>, notes: Record<string, string> }} */
  const kept = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { passwords: {}, notes: {} }
  return {
    of: (name) => (kept.passwords[name] ??= randomBytes(32).toString('base64url')),
    note(name, value) {
      const isOther = kept.notes[name] !== undefined && kept.notes[name] !== value
      kept.notes[name] = value
      return isOther
    },
    save: () => writeSecret(path, `${JSON.stringify(kept, null, 2)}\n`),
  }
}
