// A device driven by its template over TCP, UDP, HTTP or a serial line.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CommandTemplate,
  type DisplayAct,
  type DisplayActKind,
  type DisplayAddress,
  DisplayError,
  type DisplayFactName,
  type TemplateCommand,
} from '../../contract/index.ts'
import { ByteLine, type FrameReader } from '../display/byte-line.ts'
import { DatagramLine } from '../display/datagram-line.ts'
import { type Driver, type Expected, type OpenOptions, type Reading, ReadingMaker } from '../display/driver.ts'
import { httpAsk } from '../display/http-ask.ts'
import { type RenderedSend, hexOf, renderSend } from './render.ts'
import { matchReply, replyLimitBytes, replyText } from './reply.ts'
import { commandOf, findCommand, templateCapabilities } from './template.ts'

/** Sends, and gives back what came; null = nothing is awaited. */
interface Carrier {
  readonly isOpen: boolean
  ask(send: RenderedSend, options: { method: string; isAwaited: boolean; timeoutMs: number }): Promise<Buffer | null>
  close(): void | Promise<void>
}

type Spoken = Pick<TemplateCommand, 'expect' | 'timeoutMs' | 'method'>

export async function openTemplate(address: DisplayAddress, { template, ...options }: OpenOptions & { template: CommandTemplate }): Promise<Driver> {
  return new TemplateDriver(template, await openCarrier(address, template, options))
}

async function openCarrier(address: DisplayAddress, template: CommandTemplate, { timing, username, password }: OpenOptions): Promise<Carrier> {
  if ((template.transport === 'serial') !== (address.kind === 'serial')) throw new DisplayError('address-invalid', template.transport)
  const defaultPort = template.port ?? 0
  if (address.kind === 'network' && address.port === null && defaultPort === 0) throw new DisplayError('address-invalid', address.host)
  switch (template.transport) {
    case 'tcp':
    case 'serial': {
      const line = await ByteLine.open({ address, defaultPort, reader: new TemplateReader(template), timing })
      return {
        get isOpen() {
          return line.isOpen
        },
        async ask({ bytes }, { isAwaited, timeoutMs }) {
          if (isAwaited) return line.request(bytes, undefined, timeoutMs)
          line.send(bytes)
          return null
        },
        close: () => line.close(),
      }
    }
    case 'udp': {
      const line = await DatagramLine.open(address, defaultPort)
      return {
        get isOpen() {
          return line.isOpen
        },
        async ask({ bytes }, { isAwaited, timeoutMs }) {
          if (isAwaited) return line.request(bytes, () => true, timeoutMs)
          line.send(bytes)
          return null
        },
        close: () => line.close(),
      }
    }
    case 'http': {
      const headers: Record<string, string> = { 'Content-Type': template.contentType }
      if (username !== null && password !== null) headers.Authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
      return {
        isOpen: true,
        async ask({ bytes, path }, { method, timeoutMs }) {
          const body = method === 'GET' ? undefined : bytes.toString('utf8')
          const answer = await httpAsk({
            address,
            defaultPort: template.port ?? 80,
            method: method as 'GET',
            path: path ?? '/',
            headers,
            body,
            timeoutMs,
          })
          if (answer.status === 401) throw new DisplayError(password === null ? 'password-missing' : 'wrong-password', 'HTTP 401')
          if (answer.status >= 400) throw new DisplayError('refused', `HTTP ${answer.status} ${answer.body}`)
          return Buffer.from(`HTTP ${answer.status} ${answer.body}`, 'utf8')
        },
        close: () => undefined,
      }
    }
    default:
      return template.transport satisfies never
  }
}

class TemplateDriver implements Driver {
  readonly capabilities: readonly DisplayActKind[]
  readonly #template: CommandTemplate
  readonly #carrier: Carrier

  constructor(template: CommandTemplate, carrier: Carrier) {
    this.#template = template
    this.#carrier = carrier
    this.capabilities = templateCapabilities(template)
  }

  async apply(act: DisplayAct): Promise<string> {
    const { command, values } = commandOf(this.#template, act)
    const send = renderSend(this.#template, command, values)
    const text = await this.#ask(send, command)
    if (this.#template.gapMs > 0) await sleep(this.#template.gapMs)
    return text ?? `→ ${this.#template.encoding === 'hex' ? hexOf(send.bytes) : send.bytes.toString('utf8').trim()}`
  }

  read(): Promise<Reading> {
    return this.#read(Object.keys(this.#template.reads) as DisplayFactName[], firstPart)
  }

  /** @param part the screen and window that a read may ask for */
  async #read(names: readonly DisplayFactName[], part: Part): Promise<Reading> {
    const made = new ReadingMaker()
    for (const name of names) {
      const read = this.#template.reads[name]
      if (read === undefined) continue
      const send = renderSend(this.#template, { ...read, values: {} }, part)
      const text = await this.#tell(send, read)
      const found = text === null ? null : matchReply(text, read.expect ?? '', this.#template.encoding)
      if (text === null || found === null) continue
      const value = read.map === undefined ? found.value : Object.hasOwn(read.map, found.value) ? read.map[found.value]! : null
      const number = this.#template.encoding === 'hex' ? parseInt(found.value, 16) : Number(found.value)
      made.set(name, read.as === 'number' ? (Number.isFinite(number) ? number + read.add : null) : value, text)
    }
    return made
  }

  expected(act: DisplayAct): Expected | null {
    if (act.kind === 'command' || act.kind === 'tiling' || act.kind === 'wake') return null
    const read = this.#template.reads[factOf(act.kind)]
    if (read === undefined) return null
    const part = partOf(act)
    if (isFirst(part) || !names(findCommand(this.#template, act), part)) return this.#expected(act)
    // Of another part than the first: only a read that names the part tells of it.
    return names(read, part) ? { ...this.#expected(act), elsewhere: () => this.#read([factOf(act.kind)], part) } : null
  }

  #expected(act: Exclude<DisplayAct, { kind: 'command' | 'tiling' | 'wake' }>): Expected {
    switch (act.kind) {
      case 'power':
        return { fact: 'power', values: act.isOn ? ['on', 'warming'] : ['off', 'cooling'] }
      case 'input':
        return { fact: 'input', values: [act.input] }
      case 'preset':
        return { fact: 'preset', values: [act.preset, String(act.preset)] }
      case 'brightness':
        return { fact: 'brightness', values: [act.percent, String(act.percent)] }
      default:
        return { fact: act.kind, values: [act.isOn, act.isOn ? 'on' : 'off'] }
    }
  }

  isRepeatable(act: DisplayAct): boolean {
    return findCommand(this.#template, act)?.mayRepeat ?? true
  }

  get isOpen(): boolean {
    return this.#carrier.isOpen
  }

  close(): void | Promise<void> {
    return this.#carrier.close()
  }

  /** @returns null when it will not say this: what else it says is known all the same */
  async #tell(send: RenderedSend, read: Spoken): Promise<string | null> {
    try {
      return await this.#ask(send, read)
    } catch (error) {
      if (error instanceof DisplayError && error.fault.code === 'refused') return null
      throw error
    }
  }

  async #ask(send: RenderedSend, command: Spoken): Promise<string | null> {
    const { encoding, refuse, timeoutMs } = this.#template
    const isAwaited = command.expect !== undefined
    const bytes = await this.#carrier.ask(send, { method: command.method, isAwaited, timeoutMs: command.timeoutMs ?? timeoutMs })
    if (bytes === null) return null
    const text = replyText(bytes, encoding)
    if (refuse !== undefined && matchReply(text, refuse, encoding) !== null) throw new DisplayError('refused', text)
    if (command.expect !== undefined && matchReply(text, command.expect, encoding) === null) throw new DisplayError('garbage', text)
    return text
  }
}

type Part = Readonly<{ screen: number; window: number }>
const firstPart: Part = { screen: 1, window: 1 }

function partOf(act: DisplayAct): Part {
  if (act.kind === 'preset') return { ...firstPart, screen: act.screen ?? 1 }
  return act.kind === 'input' ? { ...firstPart, window: act.window ?? 1 } : firstPart
}

function isFirst({ screen, window }: Part): boolean {
  return screen === 1 && window === 1
}

/** Whether what is sent says which part is meant. */
function names(command: Pick<TemplateCommand, 'send' | 'path'> | null, part: Part): boolean {
  const name = part.screen === 1 ? 'window' : 'screen'
  return new RegExp(`\\{${name}[:}]`).test(`${command?.send ?? ''} ${command?.path ?? ''}`)
}

function factOf(kind: 'power' | 'input' | 'preset' | 'brightness' | 'blank' | 'freeze'): DisplayFactName {
  return kind
}

/** A reply ends with its sign where the file names one, else with a silence. */
export class TemplateReader implements FrameReader<Buffer> {
  readonly #end: Buffer
  #held: Buffer = Buffer.alloc(0)

  constructor({ encoding, replyEnd }: Pick<CommandTemplate, 'encoding' | 'replyEnd'>) {
    this.#end = Buffer.from(encoding === 'hex' ? '' : replyEnd, 'utf8')
  }

  /** @throws DisplayError garbage */
  push(chunk: Buffer): Buffer[] {
    this.#held = Buffer.concat([this.#held, chunk])
    const frames: Buffer[] = []
    for (let at = this.#find(); at >= 0; at = this.#find()) {
      if (at > 0) frames.push(this.#held.subarray(0, at))
      this.#held = this.#held.subarray(at + this.#end.length)
    }
    if (this.#held.length > replyLimitBytes) {
      const evidence = this.#held.toString('latin1', 0, 40)
      this.reset()
      throw new DisplayError('garbage', evidence)
    }
    return frames
  }

  flush(): Buffer[] {
    const frame = this.#held
    this.reset()
    return frame.length === 0 ? [] : [frame]
  }

  reset(): void {
    this.#held = Buffer.alloc(0)
  }

  get heldBytes(): number {
    return this.#held.length
  }

  #find(): number {
    return this.#end.length === 0 ? -1 : this.#held.indexOf(this.#end)
  }
}
