// Cameras that are spoken to by more than a stream: ONVIF devices and channels of a platform — how each is asked for its picture, and turned.
import { type LonLat, presetNumbers, type PtzCalibration, StreamError, WanglouError } from '../../contract/index.ts'
import type { PullSource } from '../../media/pull/flv-sources.ts'
import { OnvifDevice } from '../../protocols/onvif/device.ts'
import type { CertificateTrust } from '../../protocols/tls-trust.ts'
import { aimAt, panTiltOf } from './aim.ts'
import type { CameraLogin, StoredCamera } from './cameras.repository.ts'
import { Playbacks, type Span } from './playbacks.ts'
import { type PlatformsService, readPlatformAddress } from './platforms.service.ts'
import { onvifTurner, wvpTurner } from './turners.ts'
import type { Turner } from './turning.ts'

const answerMs = 5_000

export interface ControlOptions {
  platforms: PlatformsService
  /** @throws WanglouError NOT_FOUND */
  camera: (id: string) => Promise<StoredCamera>
  /** @throws StreamError password-elsewhere */
  login: (id: string, address: string) => Promise<CameraLogin | null>
  trust: CertificateTrust
}

export class Control {
  readonly #options: ControlOptions
  readonly playbacks = new Playbacks()
  /** Streams that a platform was asked to begin. */
  readonly #playing = new Map<string, { channel: string; stop: () => Promise<void> }>()
  /** Kept while the camera is asked for in the same way: each knows its clock and services. */
  readonly #devices = new Map<string, { address: string; device: OnvifDevice }>()

  constructor(options: ControlOptions) {
    this.#options = options
  }

  /** The camera is asked for in another way now. */
  forget(id: string): void {
    this.#devices.delete(id)
  }

  /** @param options.key the stream that is asked for @param options.address of the main or the sub-stream @returns what RTSP is asked with */
  async rtsp(id: string, { key, address }: { key: string; address: string }): Promise<PullSource> {
    const { trust } = this.#options
    if (/^gb28181:/i.test(address)) {
      const { platform, path } = readPlatformAddress(address)
      const asked = await this.#options.platforms.platform(platform)
      this.#playing.set(key, { channel: `${platform}/${path.device}/${path.channel}`, stop: () => asked.stop(path) })
      return { address: await asked.play(path), credentials: null, trust }
    }
    const { device, profile } = await this.#onvif(id, address)
    return { address: await device.streamAddress(profile), credentials: await this.#options.login(id, address), trust }
  }

  /** @throws WanglouError NOT_FOUND for a camera that cannot be turned from here */
  async turner(id: string): Promise<Turner> {
    const { sourceKind, address } = await this.#options.camera(id)
    if (sourceKind === 'gb28181') {
      const { platform, path } = readPlatformAddress(address)
      return wvpTurner(await this.#options.platforms.platform(platform), path)
    }
    if (sourceKind !== 'onvif') throw new WanglouError('NOT_FOUND', { camera: id })
    const { device, profile } = await this.#onvif(id, address)
    return onvifTurner(device, profile)
  }

  /** @throws StreamError not-offered · WanglouError CAMERA_NOT_CALIBRATED, CAMERA_OUT_OF_REACH */
  async pointAt(id: string, point: LonLat): Promise<void> {
    const { sourceKind, address, lon, lat, heightM, ptzCalibration } = await this.#options.camera(id)
    // GB/T 28181 has no way to say where a mount should stand.
    if (sourceKind !== 'onvif') throw new StreamError('not-offered')
    if (lon === null || lat === null || heightM === null || ptzCalibration === null) throw new WanglouError('CAMERA_NOT_CALIBRATED')
    const aim = aimAt(point, { position: [lon, lat], heightM })
    const told = panTiltOf(aim, JSON.parse(ptzCalibration) as PtzCalibration)
    if (told === null) throw new WanglouError('CAMERA_OUT_OF_REACH')
    const { device, profile } = await this.#onvif(id, address)
    await device.moveTo(profile, told)
  }

  async presets(id: string): Promise<{ id: string; name: string }[]> {
    const { sourceKind, address } = await this.#options.camera(id)
    if (sourceKind === 'gb28181') {
      const { platform, path } = readPlatformAddress(address)
      return (await this.#options.platforms.platform(platform)).presets(path)
    }
    if (sourceKind !== 'onvif') return []
    const { device, profile } = await this.#onvif(id, address)
    return (await device.presets(profile)).map(({ token, name }) => ({ id: token, name }))
  }

  /** Goes to a preset, or forgets it. @throws StreamError not-offered, and what the camera answers */
  async preset(id: string, { act, preset }: { act: 'call' | 'delete'; preset: string }): Promise<void> {
    const { sourceKind, address } = await this.#options.camera(id)
    if (sourceKind === 'gb28181') {
      const { platform, path } = readPlatformAddress(address)
      return (await this.#options.platforms.platform(platform)).preset(path, { act, id: preset })
    }
    if (sourceKind !== 'onvif') throw new StreamError('not-offered')
    const { device, profile } = await this.#onvif(id, address)
    return act === 'call' ? device.goToPreset(profile, preset) : device.removePreset(profile, preset)
  }

  /** Keeps where it looks now. @throws StreamError not-offered · WanglouError INVALID_INPUT for what is no number of GB/T 28181 */
  async keepPreset(id: string, { preset, overwrites }: { preset: string; overwrites: string | null }): Promise<void> {
    const { sourceKind, address } = await this.#options.camera(id)
    if (sourceKind === 'gb28181') {
      const isNumber = /^\d{1,3}$/.test(preset) && Number(preset) >= presetNumbers.first && Number(preset) <= presetNumbers.last
      if (!isNumber) throw new WanglouError('INVALID_INPUT', { field: 'preset' })
      const { platform, path } = readPlatformAddress(address)
      return (await this.#options.platforms.platform(platform)).preset(path, { act: 'add', id: preset })
    }
    if (sourceKind !== 'onvif') throw new StreamError('not-offered')
    const { device, profile } = await this.#onvif(id, address)
    return device.setPreset(profile, { name: preset, preset: overwrites })
  }

  async records(id: string, span: { startTime: string; endTime: string }): Promise<{ name: string; startTime: string; endTime: string }[]> {
    const { sourceKind, address } = await this.#options.camera(id)
    if (sourceKind !== 'gb28181') return []
    const { platform, path } = readPlatformAddress(address)
    return (await this.#options.platforms.platform(platform)).records(path, span)
  }

  /** A recording, asked for as the stream of that key. */
  async playback(id: string, { key, span }: { key: string; span: Span }): Promise<string> {
    const { address } = await this.#options.camera(id)
    const { platform, path } = readPlatformAddress(address)
    return this.playbacks.begin(key, { platform: await this.#options.platforms.platform(platform), path, span })
  }

  /** The last viewer of a stream has gone: the platform is told, so that the camera and its line are free at once. */
  async ended(key: string): Promise<void> {
    const playing = this.#playing.get(key)
    this.#playing.delete(key)
    try {
      await this.playbacks.end(key)
      // Another row of ours may show the same channel.
      if (playing !== undefined && ![...this.#playing.values()].some(({ channel }) => channel === playing.channel)) await playing.stop()
    } catch (error) {
      // A platform that does not answer closes an unwatched stream by itself.
      if (!(error instanceof StreamError)) throw error
    }
  }

  async #newDevice(id: string, address: string): Promise<OnvifDevice> {
    const { login, trust } = this.#options
    return new OnvifDevice({ address, credentials: await login(id, address), trust, timeoutMs: answerMs })
  }

  /** `http://host/onvif/device_service#profile`; without a profile its first one is meant. */
  async #onvif(id: string, address: string): Promise<{ device: OnvifDevice; profile: string }> {
    const url = new URL(address)
    const named = decodeURIComponent(url.hash.slice(1))
    url.hash = ''
    const known = this.#devices.get(id)
    // Another console may have changed it.
    const device = known?.address === url.href ? known.device : await this.#newDevice(id, url.href)
    this.#devices.set(id, { address: url.href, device })
    try {
      const profile = named === '' ? (await device.profiles())[0]?.token : named
      if (profile === undefined) throw new StreamError('no-video')
      return { device, profile }
    } catch (error) {
      // Its clock may have been set since.
      this.#devices.delete(id)
      throw error
    }
  }
}
