// The list of cameras: kept as acts, found by words and pinyin; logins are taken out of addresses and sealed before anything is written.
import {
  type CameraDetail,
  cameraSources,
  type CameraRow,
  type CameraSave,
  type CameraSourceKind,
  capturePlaceOf,
  DELETED,
  type LonLat,
  type PtzCalibration,
  type SeeingCamera,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { initials, syllables } from '../../kernel/pinyin.ts'
import { originOf } from '../../protocols/origin.ts'
import type { CameraLogin, CamerasRepository, StoredCamera } from './cameras.repository.ts'
import { camerasSeeing } from './seeing.ts'
import type { Stills } from './stills.ts'

export class CamerasService {
  readonly #journal: Journal
  readonly #repository: CamerasRepository
  readonly #stills: Stills
  readonly #onChanged: (camera: string) => void

  /** @param options.onChanged address, transport or login of a camera are others now */
  constructor(options: { journal: Journal; repository: CamerasRepository; stills: Stills; onChanged: (camera: string) => void }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#stills = options.stills
    this.#onChanged = options.onChanged
  }

  /** In the order of the tree. @param query words, full pinyin or initials, each of which must be found */
  async list(query: string): Promise<CameraRow[]> {
    const rows = await this.#repository.list()
    const words = folded(query).split(/\s+/).filter(Boolean)
    const found = words.length === 0 ? rows : rows.filter((row) => isFound(row, words))
    return found.map((row) => this.#row(row))
  }

  /** Those that are here, in no order: what a screen of the wall asks for every few seconds. */
  async some(ids: readonly string[]): Promise<CameraRow[]> {
    return (await this.#repository.some(ids)).map((row) => this.#row(row))
  }

  /** @throws WanglouError NOT_FOUND */
  async get(id: string): Promise<CameraDetail> {
    const row = await this.stored(id)
    const login = await this.#repository.login(id)
    return {
      ...this.#row(row),
      address: row.address,
      subAddress: row.subAddress,
      transport: row.transport,
      note: row.note ?? '',
      ptzCalibration: row.ptzCalibration === null ? null : (JSON.parse(row.ptzCalibration) as PtzCalibration),
      hasLogin: login?.isFor(row.address) === true,
      isLoginElsewhere: login !== null && originOf(row.address) !== null && !login.isFor(row.address),
      username: login?.username ?? null,
    }
  }

  /** @throws WanglouError NOT_FOUND */
  async stored(id: string): Promise<StoredCamera> {
    const row = await this.#repository.get(id)
    if (row === null) throw new WanglouError('NOT_FOUND', { camera: id })
    return row
  }

  /** @throws StreamError password-elsewhere */
  loginFor(id: string, address: string): Promise<CameraLogin | null> {
    return this.#repository.loginFor(id, address)
  }

  async hasKind(kind: CameraSourceKind): Promise<boolean> {
    return (await this.#repository.list()).some(({ sourceKind }) => sourceKind === kind)
  }

  /** Cameras whose capture card is plugged into that console. */
  async capturedAt(station: string): Promise<string[]> {
    return (await this.#repository.list()).filter(({ address }) => capturePlaceOf(address)?.station === station).map(({ id }) => id)
  }

  /** The key is sealed as a password is; the journal says only that there is another. */
  async setPushKey(id: string, { key, actor }: { key: string; actor: string }): Promise<void> {
    await this.#journal.write({ actor, action: 'cameras.renewPushKey', subject: { dataset: 'cameras', row: id }, rows: [] })
    await this.#repository.setLogin(id, { username: '', password: key })
  }

  async seeing(position: LonLat, limit: number): Promise<SeeingCamera[]> {
    return camerasSeeing(position, await this.list(''), limit)
  }

  async save(input: CameraSave, actor: string): Promise<{ id: string }> {
    const { id: known, position, login, ...set } = input
    if (known !== null) await this.stored(known)
    const id = known ?? newId()
    const [main, sub] = [parted(set.address), set.subAddress === null ? null : parted(set.subAddress)]
    await this.#journal.write({
      actor,
      action: known === null ? 'cameras.add' : 'cameras.edit',
      subject: { dataset: 'cameras', row: id },
      rows: [
        {
          dataset: 'cameras',
          row: id,
          set: {
            ...set,
            name: set.name.trim(),
            address: main.address,
            subAddress: sub?.address ?? null,
            lon: position?.[0] ?? null,
            lat: position?.[1] ?? null,
          },
        },
      ],
    })
    const written = login === undefined ? (main.login ?? sub?.login) : login
    if (written !== undefined) await this.#repository.setLogin(id, written, [main.address, sub?.address ?? null])
    this.#onChanged(id)
    return { id }
  }

  async remove(id: string, actor: string): Promise<void> {
    const { name } = await this.stored(id)
    await this.#journal.write({
      actor,
      action: 'cameras.remove',
      subject: { dataset: 'cameras', row: id },
      note: { words: name },
      rows: [{ dataset: 'cameras', row: id, set: { [DELETED]: true } }],
    })
    await this.#repository.setLogin(id, null)
    await this.#stills.forget(id)
    this.#onChanged(id)
  }

  #row(row: StoredCamera): CameraRow {
    return {
      id: row.id,
      name: row.name,
      area: row.area,
      areaName: row.areaName,
      owner: row.owner ?? '',
      device: row.device ?? '',
      channel: row.channel ?? '',
      position: row.lon === null || row.lat === null ? null : [row.lon, row.lat],
      heightM: row.heightM,
      azimuthDeg: row.azimuthDeg,
      viewDeg: row.viewDeg,
      rangeM: row.rangeM,
      hasPtz: row.hasPtz === 1,
      sourceKind: row.sourceKind,
      player: cameraSources[row.sourceKind].player,
      hasSub: row.subAddress !== null,
      isSample: row.isSample === 1,
      stillAt: this.#stills.takenAt(row.id),
    }
  }
}

/** User name and password of an address, and the address without them. */
export function parted(address: string): { address: string; login: CameraLogin | undefined } {
  if (!/^\w+:\/\//.test(address)) return { address, login: undefined }
  if (!URL.canParse(address)) throw new WanglouError('INVALID_INPUT', { field: 'address' })
  const url = new URL(address)
  if (url.username === '' && url.password === '') return { address, login: undefined }
  const login = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  url.username = ''
  url.password = ''
  return { address: url.href, login }
}

function folded(words: string): string {
  return words.normalize('NFKC').toLowerCase().trim()
}

function isFound(row: StoredCamera, words: readonly string[]): boolean {
  const names = [row.name, row.areaName, row.owner, row.device, row.channel].filter((name) => name !== null && name !== '') as string[]
  return words.every((word) =>
    names.some((name) => folded(name).includes(word) || syllables(name).join('').startsWith(word) || initials(name).includes(word)),
  )
}
