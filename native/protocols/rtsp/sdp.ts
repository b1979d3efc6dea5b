// Session descriptions of cameras (SDP, RFC 4566; H.264 parameters RFC 6184 §8.1): what is sent, how it is packed and where it is asked for.
import { StreamError } from '../../contract/index.ts'

export interface SdpMedia {
  /** `video`, `audio`, `application` … */
  kind: string
  payloadType: number
  /** Upper case: `H264`, `H265`, `JPEG`, `PCMA`; empty = unknown. */
  codec: string
  clockRateHz: number
  /** Of `a=fmtp`, names in lower case. */
  parameters: Readonly<Record<string, string>>
  /** As the camera wrote it: absolute, relative, `*`, or empty. */
  control: string
  /** Every number of its m-line; `payloadType` is the first. */
  payloadTypes: readonly number[]
  /** `sendonly`: sound that the camera takes from us (ONVIF back channel). */
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
}

export interface SessionDescription {
  control: string
  /** Address of `c=`; null = none said, or 0.0.0.0. */
  address: string | null
  media: readonly SdpMedia[]
}

const mediaLimit = 32
const directions = ['sendonly', 'recvonly', 'inactive', 'sendrecv'] as const
/** RFC 3551 §6: payload types that need no rtpmap. */
const fixedTypes: Record<number, { codec: string; clockRateHz: number }> = {
  0: { codec: 'PCMU', clockRateHz: 8000 },
  8: { codec: 'PCMA', clockRateHz: 8000 },
  14: { codec: 'MPA', clockRateHz: 90_000 },
  26: { codec: 'JPEG', clockRateHz: 90_000 },
  32: { codec: 'MPV', clockRateHz: 90_000 },
  33: { codec: 'MP2T', clockRateHz: 90_000 },
}

/** @throws StreamError description-invalid: not a description at all; what is merely odd in it is passed over */
export function readDescription(text: string): SessionDescription {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  if (!lines.some((line) => line.startsWith('v=0')) && !lines.some((line) => line.startsWith('m='))) throw new StreamError('description-invalid')
  const sections: string[][] = [[]]
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([])
    sections.at(-1)?.push(line)
  }
  const [head = [], ...media] = sections
  const address = [...head, ...media.flat()].map((line) => /^c=IN IP[46] ([^/\s]+)/.exec(line)?.[1]).find((found) => found !== undefined)
  return {
    control: attribute(head, 'control') ?? '',
    address: address === undefined || address === '0.0.0.0' || address === '::' ? null : address,
    media: media.slice(0, mediaLimit).flatMap((section) => readMedia(section) ?? []),
  }
}

function readMedia(lines: readonly string[]): SdpMedia | null {
  const found = /^m=(\S+) \d+(?:\/\d+)? \S+((?: \d{1,3})+)/.exec(lines[0] ?? '')
  if (found === null) return null
  const payloadTypes = found[2]!.trim().split(' ').map(Number)
  const payloadType = payloadTypes[0]!
  const map = values(lines, 'rtpmap')
    .map((value) => /^(\d+) ([^/\s]+)\/(\d+)/.exec(value))
    .find((one) => Number(one?.[1]) === payloadType)
  const fixed = fixedTypes[payloadType]
  const parameters = values(lines, 'fmtp')
    .map((value) => /^(\d+) (.*)$/.exec(value))
    .find((one) => Number(one?.[1]) === payloadType)
  return {
    kind: found[1]!.toLowerCase(),
    payloadType,
    codec: (map?.[2] ?? fixed?.codec ?? '').toUpperCase(),
    clockRateHz: Number(map?.[3] ?? fixed?.clockRateHz ?? 90_000) || 90_000,
    parameters: readParameters(parameters?.[2] ?? ''),
    control: attribute(lines, 'control') ?? '',
    payloadTypes,
    direction: directions.find((one) => lines.includes(`a=${one}`)) ?? 'sendrecv',
  }
}

function readParameters(text: string): Record<string, string> {
  const pairs = text.split(';').flatMap((part): [string, string][] => {
    const at = part.indexOf('=')
    return at <= 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]]
  })
  return Object.fromEntries(pairs)
}

function values(lines: readonly string[], name: string): string[] {
  const prefix = `a=${name}:`
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length).trim())
}

function attribute(lines: readonly string[], name: string): string | null {
  return values(lines, name)[0] ?? null
}

/** `sprop-parameter-sets` (RFC 6184 §8.1): SPS and PPS as NAL units, without what is no base64 or has no length. */
export function parameterSets(media: SdpMedia): Buffer[] {
  return parameterSetsOf(media, ['sprop-parameter-sets'])
}

/** @param names of the parameters that hold them, e.g. `sprop-vps` (RFC 7798 §7.1) */
export function parameterSetsOf(media: SdpMedia, names: readonly string[]): Buffer[] {
  return names
    .flatMap((name) => (media.parameters[name] ?? '').split(','))
    .map((part) => Buffer.from(part.trim(), 'base64'))
    .filter((nal) => nal.length > 1)
}

/**
 * Where a track is asked for (RFC 2326 C.1.1): relative to Content-Base, else Content-Location, else the address asked. A camera behind a translated
 * address names itself by one that we cannot reach: host and port stay those we came by.
 */
export function controlAddress(base: string, control: string): string {
  if (control === '' || control === '*') return base
  if (/^rtsps?:\/\//i.test(control)) return sameHost(base, control)
  // Cameras write `trackID=1` below an address that has a query: it goes to the very end, as they expect it.
  return base.endsWith('/') ? base + control : `${base}/${control}`
}

/** @returns `address` with scheme, host and port of `base` */
export function sameHost(base: string, address: string): string {
  const [ours, theirs] = [/^rtsps?:\/\/[^/?]*/i.exec(base)?.[0], /^rtsps?:\/\/[^/?]*/i.exec(address)?.[0]]
  return ours === undefined || theirs === undefined ? base : ours + address.slice(theirs.length)
}

/** @returns the host of an RTSP address, or null */
export function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).hostname : null
}
