// 视频平台: kept as acts with sealed logins; their directory of devices and channels, from which cameras are taken into our list.
import { type CameraPlatformRow, type PlatformChannel, type PlatformDevice, DELETED, StreamError, WanglouError } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { type WvpChannelPath, WvpPlatform } from '../../protocols/wvp/platform.ts'
import type { CertificateTrust } from '../../protocols/tls-trust.ts'
import type { CamerasRepository } from './cameras.repository.ts'
import { parted } from './cameras.service.ts'

export interface PlatformSave {
  id: string | null
  name: string
  address: string
  login?: { username: string; password: string } | undefined
}

const answerMs = 8_000

export class PlatformsService {
  readonly #journal: Journal
  readonly #repository: CamerasRepository
  readonly #trust: CertificateTrust
  /** Each with its token; made anew when address or login are others. */
  readonly #platforms = new Map<string, { address: string; made: WvpPlatform }>()

  constructor(options: { journal: Journal; repository: CamerasRepository; trust: CertificateTrust }) {
    this.#journal = options.journal
    this.#trust = options.trust
    this.#repository = options.repository
  }

  async list(): Promise<CameraPlatformRow[]> {
    const rows = await this.#repository.platforms()
    return Promise.all(
      rows.map(async ({ id, name, address }) => {
        const login = await this.#repository.login(id)
        const hasLogin = login?.isFor(address) === true
        return { id, name, address, hasLogin, isLoginElsewhere: login !== null && !hasLogin, username: login?.username ?? null }
      }),
    )
  }

  async save({ id: known, name, address, login }: PlatformSave, actor: string): Promise<{ id: string }> {
    const id = known ?? newId()
    const clean = parted(address)
    await this.#journal.write({
      actor,
      action: 'cameras.savePlatform',
      subject: { dataset: 'cameraPlatforms', row: id },
      rows: [{ dataset: 'cameraPlatforms', row: id, set: { name: name.trim(), address: clean.address } }],
    })
    const written = login ?? clean.login
    if (written !== undefined) await this.#repository.setLogin(id, written, [clean.address])
    this.#platforms.delete(id)
    return { id }
  }

  async remove(id: string, actor: string): Promise<void> {
    await this.#journal.write({
      actor,
      action: 'cameras.removePlatform',
      subject: { dataset: 'cameraPlatforms', row: id },
      rows: [{ dataset: 'cameraPlatforms', row: id, set: { [DELETED]: true } }],
    })
    await this.#repository.setLogin(id, null)
    this.#platforms.delete(id)
  }

  /** @throws StreamError no-such-stream · password-elsewhere */
  async platform(id: string): Promise<WvpPlatform> {
    const row = (await this.#repository.platforms()).find((one) => one.id === id)
    if (row === undefined) throw new StreamError('no-such-stream').of('platform')
    const { address } = row
    const known = this.#platforms.get(id)
    // Another console may have changed it.
    if (known?.address === address) return known.made
    const credentials = await this.#repository.loginFor(id, address).catch((error: unknown) => {
      throw error instanceof StreamError ? error.of('platform') : error
    })
    const made = new WvpPlatform({ address, credentials, trust: this.#trust, timeoutMs: answerMs })
    this.#platforms.set(id, { address, made })
    return made
  }

  async devices(id: string): Promise<PlatformDevice[]> {
    return (await this.platform(id)).devices()
  }

  async channels(id: string, device: string): Promise<PlatformChannel[]> {
    const known = new Set((await this.#repository.list()).map(({ address }) => address))
    const channels = await (await this.platform(id)).channels(device)
    return channels.map((channel) => ({ ...channel, isKnown: known.has(addressOf(id, { device, channel: channel.id })) }))
  }

  /** One act for all; those that are in the list already are left as they are. */
  async adopt({ id, device, channels }: { id: string; device: string; channels: readonly string[] }, actor: string): Promise<{ added: number }> {
    const name = (await this.devices(id)).find((one) => one.id === device)?.name ?? device
    const wanted = (await this.channels(id, device)).filter((channel) => channels.includes(channel.id) && !channel.isKnown)
    if (wanted.length === 0) return { added: 0 }
    const owner = (await this.list()).find((one) => one.id === id)?.name ?? ''
    await this.#journal.write({
      actor,
      action: 'cameras.adopt',
      subject: { dataset: 'cameraPlatforms', row: id },
      rows: wanted.map((channel) => ({
        dataset: 'cameras',
        row: newId(),
        set: {
          name: channel.name === '' ? channel.id : channel.name,
          owner,
          device: name,
          channel: channel.id,
          lon: channel.position?.[0] ?? null,
          lat: channel.position?.[1] ?? null,
          hasPtz: channel.hasPtz,
          sourceKind: 'gb28181',
          address: addressOf(id, { device, channel: channel.id }),
          transport: 'auto',
          note: '',
        },
      })),
    })
    return { added: wanted.length }
  }
}

function addressOf(platform: string, { device, channel }: WvpChannelPath): string {
  return `gb28181:${platform}/${device}/${channel}`
}

/** @throws WanglouError INVALID_INPUT */
export function readPlatformAddress(address: string): { platform: string; path: WvpChannelPath } {
  const [platform, device, channel] = address.replace(/^gb28181:/i, '').split('/')
  if (!platform || !device || !channel) throw new WanglouError('INVALID_INPUT', { field: 'address' })
  return { platform, path: { device, channel } }
}
