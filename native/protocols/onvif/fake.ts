// An ONVIF camera for tests, over a real socket: written from the specification, with a clock of its own.
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeOnvifOptions {
  login: { username: string; password: string }
  /** Of the stream that it names; its host is wrong on purpose. */
  rtspPort: number
  rtspPath?: string
  /** What it says its clock is ahead, milliseconds. */
  saidSkewMs?: number
  /** What its clock really is ahead: a signature is good for 5 s. */
  skewMs?: number
}

export class FakeOnvif {
  /** What it was told to do, e.g. `ContinuousMove x=-0.5 y=0 zoom=0`. */
  readonly acts: string[] = []
  /** By token. */
  readonly presets = new Map([['1', '大门']])
  readonly #options: FakeOnvifOptions
  readonly #server: Server

  private constructor(options: FakeOnvifOptions) {
    this.#options = options
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/soap+xml' })
        response.end(`<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${body}</e:Body></e:Envelope>`)
      })
    })
  }

  static async open(options: FakeOnvifOptions): Promise<FakeOnvif> {
    const fake = new FakeOnvif(options)
    fake.#server.listen(0, '127.0.0.1')
    await once(fake.#server, 'listening')
    return fake
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/onvif/device_service`
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body = /<s:Body>([\s\S]*)<\/s:Body>/.exec(text)?.[1] ?? ''
    const act = /^<(\w+)/.exec(body)?.[1] ?? ''
    if (act === 'GetSystemDateAndTime') return { status: 200, body: this.#time() }
    if (!this.#isSigned(text)) {
      const code = '<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>ter:NotAuthorized</e:Value></e:Subcode></e:Code>'
      return { status: 400, body: `<e:Fault>${code}</e:Fault>` }
    }
    return { status: 200, body: `<t:${act}Response>${this.#do(act, body)}</t:${act}Response>` }
  }

  #do(act: string, body: string): string {
    const value = (name: string) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(body)?.[1] ?? ''
    const attribute = (name: string, of: string) => new RegExp(`<${name}[^>]* ${of}="([^"]*)"`).exec(body)?.[1] ?? ''
    const xaddr = (path: string) => `<tt:XAddr>http://10.0.0.9/onvif/${path}</tt:XAddr>`
    switch (act) {
      case 'GetCapabilities':
        return `<t:Capabilities><tt:Media>${xaddr('media')}</tt:Media><tt:PTZ>${xaddr('ptz')}</tt:PTZ><tt:Imaging>${xaddr('imaging')}</tt:Imaging></t:Capabilities>`
      case 'GetProfiles':
        return ['main', 'sub'].map((token) => profile(token)).join('')
      case 'GetStreamUri':
        return `<t:MediaUri><tt:Uri>rtsp://10.0.0.9:${this.#options.rtspPort}${this.#options.rtspPath ?? '/live'}</tt:Uri></t:MediaUri>`
      case 'GetPresets':
        return [...this.presets].map(([token, name]) => `<t:Preset token="${token}"><tt:Name>${name}</tt:Name></t:Preset>`).join('')
      case 'ContinuousMove':
        this.acts.push(`${act} x=${attribute('PanTilt', 'x')} y=${attribute('PanTilt', 'y')} zoom=${attribute('Zoom', 'x')}`)
        return ''
      case 'AbsoluteMove':
        this.acts.push(`${act} x=${attribute('PanTilt', 'x')} y=${attribute('PanTilt', 'y')}`)
        return ''
      case 'GotoPreset':
        this.acts.push(`${act} ${value('PresetToken')}`)
        return ''
      case 'SetPreset': {
        const token = value('PresetToken') || String(this.presets.size + 1)
        this.presets.set(token, value('PresetName'))
        this.acts.push(`${act} ${token} ${value('PresetName')}`)
        return `<t:PresetToken>${token}</t:PresetToken>`
      }
      case 'RemovePreset':
        this.presets.delete(value('PresetToken'))
        this.acts.push(`${act} ${value('PresetToken')}`)
        return ''
      default:
        this.acts.push(act)
        return ''
    }
  }

  #time(): string {
    const at = new Date(Date.now() + (this.#options.saidSkewMs ?? this.#options.skewMs ?? 0))
    const number = (name: string, value: number) => `<tt:${name}>${value}</tt:${name}>`
    const time = number('Hour', at.getUTCHours()) + number('Minute', at.getUTCMinutes()) + number('Second', at.getUTCSeconds())
    const date = number('Year', at.getUTCFullYear()) + number('Month', at.getUTCMonth() + 1) + number('Day', at.getUTCDate())
    const both = `<tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${date}</tt:Date></tt:UTCDateTime>`
    return `<t:GetSystemDateAndTimeResponse><t:SystemDateAndTime>${both}</t:SystemDateAndTime></t:GetSystemDateAndTimeResponse>`
  }

  #isSigned(text: string): boolean {
    const { login, skewMs = 0 } = this.#options
    const value = (name: string) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1] ?? ''
    const [created, nonce] = [value('Created'), Buffer.from(value('Nonce'), 'base64')]
    const digest = createHash('sha1')
      .update(Buffer.concat([nonce, Buffer.from(created + login.password)]))
      .digest('base64')
    const isFresh = Math.abs(Date.parse(created) - (Date.now() + skewMs)) < 5_000
    return value('Username') === login.username && value('Password') === digest && isFresh
  }
}

function profile(token: string): string {
  const size = '<tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution>'
  const encoder = `<tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding>${size}</tt:VideoEncoderConfiguration>`
  const source = '<tt:VideoSourceConfiguration><tt:SourceToken>source-1</tt:SourceToken></tt:VideoSourceConfiguration>'
  return `<t:Profiles token="${token}"><tt:Name>${token}</tt:Name>${source}${encoder}<tt:PTZConfiguration token="ptz"/></t:Profiles>`
}

/** Answers WS-Discovery on a port of its own with what a test hands it. @returns its port and how to end it */
export async function openFakeDiscovery(answers: readonly string[]): Promise<{ port: number; close(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (_probe, { port, address }) => {
    for (const answer of answers) socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { port: socket.address().port, close: () => void socket.close() }
}

export function probeMatch(address: string, name: string): string {
  const scopes = `onvif://www.onvif.org/name/${encodeURIComponent(name)} onvif://www.onvif.org/hardware/DS-1`
  return `<?xml version="1.0"?><e:Envelope xmlns:e="e" xmlns:d="d"><e:Body><d:ProbeMatches><d:ProbeMatch><d:Scopes>${scopes}</d:Scopes><d:XAddrs>${address}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`
}
