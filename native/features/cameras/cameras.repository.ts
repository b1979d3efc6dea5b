// Cameras and their sealed logins, as SQL.
import { type CameraSourceKind, type CameraTransport, StreamError } from '../../contract/index.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import { originOf } from '../../protocols/origin.ts'
import type { Store } from '../../store/types.ts'

export interface StoredCamera {
  id: string
  name: string
  area: string | null
  areaName: string | null
  owner: string
  device: string
  channel: string
  lon: number | null
  lat: number | null
  heightM: number | null
  azimuthDeg: number | null
  viewDeg: number | null
  rangeM: number | null
  hasPtz: number | null
  /** JSON. */
  ptzCalibration: string | null
  sourceKind: CameraSourceKind
  address: string
  subAddress: string | null
  transport: CameraTransport
  note: string | null
  isSample: number | null
  hasLogin: number
}

export interface CameraLogin {
  username: string
  password: string
}

export interface KeptLogin extends CameraLogin {
  /** It was entered for this host. */
  isFor: (address: string) => boolean
}

const columns = `c.*, (SELECT a.name FROM areas a WHERE a.code = c.area AND a._deleted = 0 LIMIT 1) AS areaName, s.camera IS NOT NULL AS hasLogin
  FROM cameras c LEFT JOIN secret_cameras s ON s.camera = c.id WHERE c._deleted = 0`

export class CamerasRepository {
  readonly #store: Store
  readonly #machineKey: MachineKey

  constructor(options: { store: Store; machineKey: MachineKey }) {
    this.#store = options.store
    this.#machineKey = options.machineKey
  }

  list(): Promise<StoredCamera[]> {
    return this.#store.all<StoredCamera>(`SELECT ${columns} ORDER BY c.area, c.owner, c.device, c.channel, c.name, c.key`)
  }

  /** In no order. */
  some(ids: readonly string[]): Promise<StoredCamera[]> {
    return this.#store.all<StoredCamera>(`SELECT ${columns} AND c.id IN (SELECT value FROM json_each(?))`, [JSON.stringify(ids)])
  }

  get(id: string): Promise<StoredCamera | null> {
    return this.#store.get<StoredCamera>(`SELECT ${columns} AND c.id = ?`, [id])
  }

  /** null = none is kept, or it was sealed on another machine. */
  async login(camera: string): Promise<KeptLogin | null> {
    const row = await this.#store.get<{ sealed: string; addresses: string | null }>('SELECT sealed, addresses FROM secret_cameras WHERE camera = ?', [
      camera,
    ])
    const open = row === null ? null : this.#machineKey.unseal(row.sealed, `camera:${camera}`)
    if (row === null || open === null) return null
    const addresses = JSON.parse(row.addresses ?? '[]') as (string | null)[]
    const origins = new Set(addresses.map((address) => originOf(address ?? '')).filter((origin) => origin !== null))
    return { ...(JSON.parse(open) as CameraLogin), isFor: (address) => origins.has(originOf(address) ?? '') }
  }

  /**
   * For whoever asks at this address. Addresses come from every console of the centre, passwords do not: one that was entered for another host stays here.
   * @throws StreamError password-elsewhere
   */
  async loginFor(camera: string, address: string): Promise<CameraLogin | null> {
    const login = originOf(address) === null ? null : await this.login(camera)
    if (login === null) return null
    if (!login.isFor(address)) throw new StreamError('password-elsewhere', { host: new URL(address).host })
    return { username: login.username, password: login.password }
  }

  platforms(): Promise<{ id: string; name: string; address: string }[]> {
    return this.#store.all('SELECT id, name, address FROM cameraPlatforms WHERE _deleted = 0 ORDER BY name, key')
  }

  /** The keys under which devices push. */
  async pushLogins(): Promise<{ camera: string; key: string }[]> {
    const rows = await this.#store.all<{ id: string }>("SELECT id FROM cameras WHERE sourceKind = 'rtmp' AND _deleted = 0")
    const logins = await Promise.all(rows.map(async ({ id }) => ({ camera: id, key: (await this.login(id))?.password ?? '' })))
    return logins.filter(({ key }) => key !== '')
  }

  /** @param addresses whom it may be given to; none for a key that only comes to us */
  async setLogin(camera: string, login: CameraLogin | null, addresses: readonly (string | null)[] = []): Promise<void> {
    await this.#store.write(async (tx) => {
      await tx.run('DELETE FROM secret_cameras WHERE camera = ?', [camera])
      if (login === null) return
      const sealed = this.#machineKey.seal(JSON.stringify({ username: login.username, password: login.password }), `camera:${camera}`)
      await tx.run('INSERT INTO secret_cameras (camera, sealed, addresses) VALUES (?, ?, ?)', [camera, sealed, JSON.stringify(addresses)])
    })
  }
}
