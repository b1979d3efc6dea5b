// The one shape of a driver: what it can do, do it, say how it stands. Codecs beside it are pure; this is the thin part that talks.
import type { DisplayAct, DisplayActKind, DisplayFactName, DisplayProtocol } from '../../contract/index.ts'

/** What a device said of itself; what it cannot say is left out. */
export interface Reading {
  values: Partial<Record<DisplayFactName, string | number | boolean>>
  /** Its own words, by fact. */
  evidence: Partial<Record<DisplayFactName, string>>
}

/** What devices of a protocol can be asked for; of a template its file says so. */
export const capabilities: Readonly<Record<Exclude<DisplayProtocol, 'template'>, readonly DisplayActKind[]>> = {
  pjlink: ['power', 'input', 'blank', 'freeze'],
  'samsung-mdc': ['power', 'input', 'brightness', 'blank', 'tiling'],
  lg: ['power', 'input', 'brightness', 'blank', 'tiling'],
  'novastar-h': ['preset', 'brightness', 'blank', 'freeze'],
  'novastar-coex': ['brightness', 'blank', 'freeze'],
  'extron-sis': ['preset', 'input'],
  'event-master': ['preset'],
  'hikvision-isapi': [],
  computer: [],
}

/** A connection that has been opened; one request at a time, which `Device` sees to. */
export interface Driver {
  /** What may be asked of it, known once connected. */
  readonly capabilities: readonly DisplayActKind[]
  /** False once the device, or the net between, has hung up: it is to be reached anew before anything is sent. */
  readonly isOpen: boolean
  /** @returns the device's own words @throws DisplayError */
  apply(act: DisplayAct): Promise<string>
  /** @throws DisplayError only when the device does not answer; a fact it does not know is left out */
  read(): Promise<Reading>
  /** What `read` must say after an act; null = this device cannot say. Pure. */
  expected(act: DisplayAct): Expected | null
  /** False when doing it a second time may do harm; left out = it never does. */
  isRepeatable?(act: DisplayAct): boolean
  /** Resolves when it may be reached anew. */
  close(): void | Promise<void>
}

export interface Expected {
  fact: DisplayFactName
  /** Any of these is what was asked (`on`, or still `warming`). */
  values: readonly (string | number | boolean)[]
  /** Where it is said of another part of the device (a screen, a canvas) than `read` tells of; no fact of the device. */
  elsewhere?: () => Promise<Reading>
}

export interface DriverTiming {
  /** For the connection and for each answer. */
  timeoutMs: number
  /** After so much silence an answer without its end sign counts as whole. */
  quietMs: number
}

export const usualTiming: DriverTiming = { timeoutMs: 2_000, quietMs: 400 }

export interface OpenOptions {
  timing: DriverTiming
  /** null = none is kept. */
  password: string | null
  username: string | null
  unit: number | null
}

export type OpenDriver = () => Promise<Driver>

/** Parts of a device that stand differently: none of them is the device's. */
export const mixed = 'mixed'

/** What all parts of a device say; null = there is none, or one does not say. */
export function agreed<T extends string | number | boolean>(values: readonly (T | null)[]): T | typeof mixed | null {
  const [first = null] = values
  if (first === null || values.includes(null)) return null
  return values.every((value) => value === first) ? first : mixed
}

/** Gathers facts; what the device refuses or does not know is left out, silence is not. */
export class ReadingMaker implements Reading {
  readonly values: Reading['values'] = {}
  readonly evidence: Reading['evidence'] = {}
  set(fact: DisplayFactName, value: string | number | boolean | null, evidence: string): void {
    // A device that talks nonsense: what cannot be is not known.
    if (value === null || (fact === 'brightness' && value !== mixed && !(Number(value) >= 0 && Number(value) <= 100))) return
    this.values[fact] = typeof value === 'string' ? value.slice(0, 200) : value
    this.evidence[fact] = evidence.slice(0, 200)
  }
}
