// Which station this is: one incarnation of one data directory, with its Ed25519 key. A restored, cloned or rolled-back directory becomes a new one.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { open, readFile, realpath, rename } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { newId } from '../kernel/ids.ts'
import type { Store } from '../store/types.ts'
import { type Mark, readMark } from './mark.ts'

export type IncarnationReason = 'created' | 'restored' | 'cloned' | 'rolled-back'

export interface Incarnation {
  station: string
  privateKey: KeyObject
  /** SPKI, base64. */
  publicKey: string
  /** Why this incarnation began, and which one it follows; null when it is not new. */
  began: { reason: IncarnationReason; former: string | null } | null
}

const keyName = 'station.key'

/** Finds the present incarnation or begins a new one. Run before anything is written. */
export async function incarnate(options: { store: Store; directory: string; now: number; machine?: string }): Promise<Incarnation> {
  const { store, directory, now } = options
  const machine = options.machine ?? machineId()
  const path = await realpath(directory)
  const last = await store.get<{ station: string; machine: string; path: string; publicKey: string }>(
    'SELECT station, machine, path, publicKey FROM journal_incarnations ORDER BY number DESC LIMIT 1',
  )
  const mark = await readMark(directory)
  const key = await readStationKey(directory)
  const reason = await newReason({ store, last, mark, machine, path, key })
  if (reason === null && last !== null && key !== null) return { station: last.station, privateKey: key, publicKey: last.publicKey, began: null }

  const privateKey = await writeKey(directory)
  const publicKey = publicKeyOf(privateKey)
  const station = newId()
  await store.write(async (tx) => {
    await tx.run('INSERT INTO journal_incarnations (station, createdAt, reason, publicKey, machine, path) VALUES (?, ?, ?, ?, ?, ?)', [
      station,
      now,
      reason ?? 'created',
      publicKey,
      machine,
      path,
    ])
    await tx.run('INSERT INTO journal_stations (station, publicKey, certifiedBy, addedAt) VALUES (?, ?, NULL, ?)', [station, publicKey, now])
  })
  return { station, privateKey, publicKey, began: { reason: reason ?? 'created', former: last?.station ?? null } }
}

async function newReason(found: {
  store: Store
  last: { station: string; machine: string; path: string; publicKey: string } | null
  mark: Mark | null
  machine: string
  path: string
  key: KeyObject | null
}): Promise<IncarnationReason | null> {
  const { store, last, mark, machine, path, key } = found
  if (last === null) return 'created'
  if (last.machine !== machine || last.path !== path) return 'cloned'
  // The key is made with the incarnation: another key beside the database means that the database is not the one it was made for.
  if (key === null || publicKeyOf(key) !== last.publicKey || (mark !== null && mark.station !== last.station)) return 'restored'
  const present = (await store.get<{ last: number | null }>('SELECT max(arrival) AS last FROM journal'))?.last ?? 0
  return mark !== null && mark.arrival > present ? 'rolled-back' : null
}

/** @returns null when there is none */
export async function readStationKey(directory: string): Promise<KeyObject | null> {
  const path = join(directory, keyName)
  return existsSync(path) ? createPrivateKey(await readFile(path)) : null
}

async function writeKey(directory: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const path = join(directory, keyName)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return privateKey
}

function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
}

/** A hash that tells this machine from another; never the machine's own id. */
function machineId(): string {
  const file = '/etc/machine-id'
  const id = existsSync(file) ? readFileSync(file, 'utf8').trim() : hostname()
  return createHash('sha256').update(`wanglou ${id}`).digest('hex').slice(0, 32)
}
