// An ONVIF camera (Core, Media and PTZ services): its clock, profiles, stream addresses, turning and presets, by SOAP over our own HTTP.
import { createHash, randomBytes } from 'node:crypto'
import { StreamError } from '../../contract/index.ts'
import { askHttp, readAll, statusFault } from '../http/ask.ts'
import type { Credentials } from '../rtsp/digest.ts'
import type { CertificateTrust } from '../tls-trust.ts'
import { all, escaped, first, readXml, textOf, type XmlNode } from './xml.ts'

export interface OnvifProfile {
  token: string
  name: string
  codec: string | null
  widthPx: number | null
  heightPx: number | null
  videoSource: string | null
  hasPtz: boolean
}

export interface OnvifPreset {
  token: string
  name: string
}

export interface OnvifOptions {
  /** The device service, without user and password. */
  address: string
  credentials: Credentials | null
  trust: CertificateTrust | null
  timeoutMs: number
  now?: () => number
}

/** −1…1 each. */
export interface OnvifMove {
  x: number
  y: number
  zoom: number
}

const answerLimitBytes = 1_000_000
/** From here on a refused login is the clock's fault. */
const skewToNameMs = 60_000
const space = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
  imaging: 'http://www.onvif.org/ver20/imaging/wsdl',
}
type Service = keyof typeof space
/** The camera stops by itself when nobody renews the move: we may be dead by then. */
const moveTimeout = 'PT5S'
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'

export class OnvifDevice {
  readonly #options: OnvifOptions
  readonly #now: () => number
  #skewMs: number | null = null
  #services: Map<Service, string> | null = null

  constructor(options: OnvifOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** How far the camera's clock is ahead of ours, milliseconds. @throws StreamError */
  async skewMs(): Promise<number> {
    if (this.#skewMs !== null) return this.#skewMs
    const answer = await this.#post(this.#options.address, envelope('', `<GetSystemDateAndTime xmlns="${space.device}"/>`))
    const time = first(answer, 'UTCDateTime')
    const number = (...names: string[]) => Number((time && textOf(time, ...names)) ?? NaN)
    const at = Date.UTC(number('Year'), number('Month') - 1, number('Day'), number('Hour'), number('Minute'), number('Second'))
    // Some do not say it: then it is ours.
    this.#skewMs = Number.isNaN(at) ? 0 : at - this.#now()
    return this.#skewMs
  }

  async profiles(): Promise<OnvifProfile[]> {
    const answer = await this.#call('media', '<GetProfiles/>')
    return all(answer, 'Profiles').map((profile) => {
      const encoder = first(profile, 'VideoEncoderConfiguration')
      const number = (name: string) => Number((encoder && textOf(encoder, 'Resolution', name)) ?? NaN) || null
      return {
        token: profile.attributes['token'] ?? '',
        name: textOf(profile, 'Name') ?? '',
        codec: encoder && textOf(encoder, 'Encoding'),
        widthPx: number('Width'),
        heightPx: number('Height'),
        videoSource: textOf(profile, 'VideoSourceConfiguration', 'SourceToken'),
        hasPtz: first(profile, 'PTZConfiguration') !== null,
      }
    })
  }

  /** For RTSP; its host is the one we reach the camera by. */
  async streamAddress(profile: string): Promise<string> {
    const setup = `<StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream><Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></StreamSetup>`
    const answer = await this.#call('media', `<GetStreamUri>${setup}${token('ProfileToken', profile)}</GetStreamUri>`)
    const named = textOf(answer, 'MediaUri', 'Uri')
    if (named === null || !URL.canParse(named)) throw new StreamError('no-video')
    const url = new URL(named)
    url.hostname = new URL(this.#options.address).hostname
    url.username = ''
    url.password = ''
    return url.href
  }

  async move(profile: string, { x, y, zoom }: OnvifMove): Promise<void> {
    const schema = 'xmlns="http://www.onvif.org/ver10/schema"'
    const velocity = `<Velocity><PanTilt ${schema} x="${x}" y="${y}"/><Zoom ${schema} x="${zoom}"/></Velocity>`
    await this.#call('ptz', `<ContinuousMove>${token('ProfileToken', profile)}${velocity}<Timeout>${moveTimeout}</Timeout></ContinuousMove>`)
  }

  /** Goes there and stays; −1…1 each, in the generic position space. */
  async moveTo(profile: string, { pan, tilt }: { pan: number; tilt: number }): Promise<void> {
    const where = `space="http://www.onvif.org/ver10/tptz/PanTiltSpaces/PositionGenericSpace" xmlns="http://www.onvif.org/ver10/schema"`
    const position = `<Position><PanTilt ${where} x="${pan.toFixed(5)}" y="${tilt.toFixed(5)}"/></Position>`
    await this.#call('ptz', `<AbsoluteMove>${token('ProfileToken', profile)}${position}</AbsoluteMove>`)
  }

  async stop(profile: string): Promise<void> {
    await this.#call('ptz', `<Stop>${token('ProfileToken', profile)}<PanTilt>true</PanTilt><Zoom>true</Zoom></Stop>`)
  }

  /** @param speed −1 near … 1 far; 0 = stop */
  async focus(videoSource: string, speed: number): Promise<void> {
    const move = `<Move>${token('VideoSourceToken', videoSource)}<Focus><Continuous xmlns="http://www.onvif.org/ver10/schema"><Speed>${speed}</Speed></Continuous></Focus></Move>`
    await this.#call('imaging', speed === 0 ? `<Stop>${token('VideoSourceToken', videoSource)}</Stop>` : move)
  }

  async presets(profile: string): Promise<OnvifPreset[]> {
    const answer = await this.#call('ptz', `<GetPresets>${token('ProfileToken', profile)}</GetPresets>`)
    return all(answer, 'Preset').map((preset) => ({ token: preset.attributes['token'] ?? '', name: textOf(preset, 'Name') ?? '' }))
  }

  async goToPreset(profile: string, preset: string): Promise<void> {
    await this.#call('ptz', `<GotoPreset>${token('ProfileToken', profile)}${token('PresetToken', preset)}</GotoPreset>`)
  }

  /** Where it looks now. @param preset the one that is set anew; null = another */
  async setPreset(profile: string, { name, preset }: { name: string; preset: string | null }): Promise<void> {
    const known = preset === null ? '' : token('PresetToken', preset)
    await this.#call('ptz', `<SetPreset>${token('ProfileToken', profile)}${token('PresetName', name)}${known}</SetPreset>`)
  }

  async removePreset(profile: string, preset: string): Promise<void> {
    await this.#call('ptz', `<RemovePreset>${token('ProfileToken', profile)}${token('PresetToken', preset)}</RemovePreset>`)
  }

  async #call(service: Service, request: string): Promise<XmlNode> {
    const address = await this.#serviceAddress(service)
    return this.#signed(address, request.replace(/^<(\w+)/, `<$1 xmlns="${space[service]}"`))
  }

  async #signed(address: string, request: string): Promise<XmlNode> {
    const { credentials } = this.#options
    const skewMs = await this.skewMs()
    try {
      const head = credentials === null ? '' : usernameToken(credentials, this.#now() + skewMs)
      return await this.#post(address, envelope(head, request))
    } catch (error) {
      const isLogin = error instanceof StreamError && error.fault.code === 'unauthorised'
      if (isLogin && Math.abs(skewMs) > skewToNameMs)
        throw new StreamError('clock-skew', { seconds: Math.round(Math.abs(skewMs) / 1000) }, { cause: error })
      throw error
    }
  }

  async #serviceAddress(service: Service): Promise<string> {
    this.#services ??= await this.#readServices()
    const found = this.#services.get(service)
    if (found === undefined) throw new StreamError('no-video')
    return found
  }

  /** Host and port stay those we came by: the camera may stand behind a translated address. */
  async #readServices(): Promise<Map<Service, string>> {
    const { address } = this.#options
    const answer = await this.#signed(address, `<GetCapabilities xmlns="${space.device}"><Category>All</Category></GetCapabilities>`)
    const found = new Map<Service, string>()
    for (const [service, name] of [
      ['media', 'Media'],
      ['ptz', 'PTZ'],
      ['imaging', 'Imaging'],
    ] as const) {
      const named = textOf(answer, 'Capabilities', name, 'XAddr')
      if (named !== null && URL.canParse(named)) found.set(service, new URL(new URL(named).pathname, address).href)
    }
    return found
  }

  async #post(address: string, body: string): Promise<XmlNode> {
    const { credentials, trust, timeoutMs } = this.#options
    const headers = { 'Content-Type': 'application/soap+xml; charset=utf-8' }
    const answer = await askHttp({ address, credentials, trust, method: 'POST', headers, body, timeoutMs })
    const text = (await readAll(answer.body, { limitBytes: answerLimitBytes, timeoutMs })).toString('utf8')
    if (answer.status === 401) throw statusFault(401, credentials !== null)
    if (!text.trimStart().startsWith('<'))
      throw answer.status === 200 ? new StreamError('not-the-protocol') : statusFault(answer.status, credentials !== null)
    const read = readXml(text)
    const fault = first(read, 'Fault')
    if (fault !== null) throw soapFault(fault, credentials !== null)
    if (first(read, 'Body') === null) throw new StreamError('not-the-protocol')
    return read
  }
}

function soapFault(fault: XmlNode, hasPassword: boolean): StreamError {
  const codes = [...all(fault, 'Value'), ...all(fault, 'Text')].map(({ text }) => text).join(' ')
  if (/NotAuthorized|FailedAuthentication|not authorized/i.test(codes)) return new StreamError(hasPassword ? 'unauthorised' : 'password-missing')
  if (/NoProfile|InvalidArgVal|NoEntity/.test(codes)) return new StreamError('no-such-stream')
  return new StreamError('server-error', { status: codes.slice(0, 80) })
}

function envelope(head: string, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${head}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
}

function token(name: string, value: string): string {
  return `<${name}>${escaped(value)}</${name}>`
}

/** WS-Security UsernameToken with a digest over the camera's own time. */
function usernameToken({ username, password }: Credentials, cameraTimeMs: number): string {
  const nonce = randomBytes(16)
  const created = new Date(cameraTimeMs).toISOString()
  const digest = createHash('sha1')
    .update(Buffer.concat([nonce, Buffer.from(created + password, 'utf8')]))
    .digest('base64')
  return [
    `<Security s:mustUnderstand="1" xmlns="${security}-wssecurity-secext-1.0.xsd"><UsernameToken>`,
    token('Username', username),
    `<Password Type="${security}-username-token-profile-1.0#PasswordDigest">${digest}</Password>`,
    `<Nonce EncodingType="${security}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</Nonce>`,
    `<Created xmlns="${security}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security>`,
  ].join('')
}
