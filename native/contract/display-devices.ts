// Displays, splicers and controllers behind a wall: what may be asked of one, what it said last, and why it did not answer.
import { z } from 'zod'
import { type EpochMs, Id, text } from './scalars.ts'

export const displayProtocols = [
  'pjlink',
  'samsung-mdc',
  'lg',
  'novastar-h',
  'novastar-coex',
  'extron-sis',
  'event-master',
  'hikvision-isapi',
  /** A screen's PC, woken by its network card; it is asked only whether it is there. */
  'computer',
  'template',
] as const
export const DisplayProtocol = z.enum(displayProtocols)
export type DisplayProtocol = z.infer<typeof DisplayProtocol>

/** Whole numbers a device counts in; each codec narrows them. */
const number = z.int().min(0).max(9_999)
/** One act on a device, as a scene carries it and a person tries it. Absolute ("on", "preset 4"), so that doing it twice does no harm. */
export const DisplayAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('power'), isOn: z.boolean() }),
  /** In the device's own words: `HDMI1`, `31`, `90`. `window` for splicers; null = the only one. */
  z.object({ kind: z.literal('input'), input: text(40), window: number.nullable() }),
  /** As people count: the first is 1. `screen` = canvas or screen of a splicer; null = the first. */
  z.object({ kind: z.literal('preset'), preset: number, screen: number.nullable() }),
  z.object({ kind: z.literal('brightness'), percent: z.int().min(0).max(100) }),
  /** The picture black, the device on. */
  z.object({ kind: z.literal('blank'), isOn: z.boolean() }),
  z.object({ kind: z.literal('freeze'), isOn: z.boolean() }),
  /** The display's own splicing (拼接): its place counted left to right, top to bottom from 1; columns 0 = off. */
  z.object({ kind: z.literal('tiling'), columns: number, rows: number, position: number }),
  /** Wake-on-LAN by the network card it is kept with; it may be off, so nothing is read back. */
  z.object({ kind: z.literal('wake') }),
  /** A command of a template by its name, with its placeholders' values. */
  z.object({ kind: z.literal('command'), command: text(60), values: z.record(text(40), z.union([text(200), z.number()])) }),
])
export type DisplayAct = z.infer<typeof DisplayAct>
export type DisplayActKind = DisplayAct['kind']

/** What is known of a device; a fact it cannot tell is not in its list. */
export const displayFacts = [
  'power',
  'input',
  'preset',
  'brightness',
  'blank',
  'freeze',
  'tiling',
  'faults',
  'model',
  'name',
  'serial',
  'hours',
] as const
export type DisplayFactName = (typeof displayFacts)[number]
export interface DisplayFact {
  name: DisplayFactName
  /** What it said last: `on|off|warming|cooling`, percent, preset as people count, … */
  value: string | number | boolean
  /** When it said so. */
  at: EpochMs
  /** False = unknown by now: since then it was asked and did not answer, or an act's outcome was not learnt. */
  isCurrent: boolean
  /** Its own words, cut: text, or bytes as hexadecimal. */
  evidence: string
}

/** Each code has words in `renderer/features/wall/device-words.*.ts`. */
export const displayFaultCodes = [
  'address-invalid',
  'mac-missing',
  'name-unresolved',
  'host-unreachable',
  'port-closed',
  'connect-timeout',
  'connection-lost',
  'serial-unavailable',
  'no-answer',
  'garbage',
  'password-missing',
  'wrong-password',
  'pin-tls-required',
  'refused',
  'unsupported',
  'standby',
  'device-failure',
  'locked-elsewhere',
  'template-missing',
  'value-invalid',
] as const
export type DisplayFaultCode = (typeof displayFaultCodes)[number]
export interface DisplayFault {
  code: DisplayFaultCode
  /** Its own words or bytes, cut. */
  evidence: string
}

/** Why a device did not do or say what was asked. */
export class DisplayError extends Error {
  readonly fault: DisplayFault
  constructor(code: DisplayFaultCode, evidence = '', options?: { cause?: unknown }) {
    super(`${code} ${evidence}`, options)
    this.name = 'DisplayError'
    this.fault = { code, evidence: evidence.slice(0, 200) }
  }
}

/**
 * `confirmed`: read back so · `accepted`: acknowledged or sent, and it cannot say how it stands · `contradicted`: acknowledged, and reads back otherwise ·
 * `refused`: it said no · `unreached`: nothing was sent · `unknown`: sent, and no answer came.
 */
export type DisplayResult = 'confirmed' | 'accepted' | 'contradicted' | 'refused' | 'unreached' | 'unknown'
export interface DisplayOutcome {
  result: DisplayResult
  at: EpochMs
  fault: DisplayFault | null
  evidence: string
}

export interface DisplayStatus {
  state: 'ok' | 'degraded' | 'down' | 'unknown'
  since: EpochMs
  /** When it last said anything; null = never. */
  lastEvidenceAt: EpochMs | null
  fault: DisplayFault | null
  facts: DisplayFact[]
  /** Acts waiting in its queue, the running one included. */
  queued: number
}

export const DisplayAddress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('network'), host: text(253).refine((host) => /^[\w.:-]+$/.test(host)), port: z.int().min(1).max(65_535).nullable() }),
  z.object({
    kind: z.literal('serial'),
    path: text(200).refine((path) => /^(\/dev\/[\w/.-]+|COM\d{1,3})$/.test(path) && !path.includes('..')),
    baudRate: z.int().min(300).max(4_000_000),
    parity: z.enum(['none', 'even', 'odd']),
  }),
])
export type DisplayAddress = z.infer<typeof DisplayAddress>

export const DisplayIdentity = z.object({
  protocol: DisplayProtocol,
  address: DisplayAddress,
  /** The set's own number on its bus (Samsung, LG), its screen (NovaStar); null = the protocol's usual one. */
  unit: z.int().min(0).max(255).nullable(),
  /** The template, for `template`. */
  template: Id.nullable(),
})
export type DisplayIdentity = z.infer<typeof DisplayIdentity>

/** A command of a template as a person chooses it. */
export interface CommandChoice {
  name: string
  label: string
  /** Its placeholders, to be filled. */
  values: string[]
}
