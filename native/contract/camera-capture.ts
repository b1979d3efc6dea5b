// Capture cards (采集卡): an HDMI or USB picture that is plugged into one console, as its page and its station speak of it.
import { z } from 'zod'
import { Id } from './scalars.ts'

/**
 * Where a card is plugged in: `capture:<station>/<label of the device>`, with `?sound=<label>` where something is to be heard.
 * A browser's own ids of devices differ from origin to origin, labels do not.
 */
export function captureAddress({ station, device, sound }: CapturePlace): string {
  return `capture:${station}/${encodeURIComponent(device)}${sound === '' ? '' : `?sound=${encodeURIComponent(sound)}`}`
}

export interface CapturePlace {
  /** Id of the console's station; '' = not chosen. */
  station: string
  /** The device's label as the browser of that console tells it. */
  device: string
  /** Label of the device that gives its sound, of those of that console; '' = a picture alone. */
  sound: string
}

/** @returns null = it is no such address */
export function capturePlaceOf(address: string): CapturePlace | null {
  const found = /^capture:([\w.-]{1,80})\/([^\s?]{1,400})(?:\?sound=(\S{1,400}))?$/.exec(address)
  if (found === null) return null
  const [, station = '', device = '', sound = ''] = found
  try {
    return { station, device: decodeURIComponent(device), sound: decodeURIComponent(sound) }
  } catch {
    // A lone percent sign: nobody chose that from a list.
    return null
  }
}

/** Why a page cannot take the picture from its device; `none`: no device has that label now. */
export const CaptureTrouble = z.enum(['denied', 'none', 'busy', 'other'])
export type CaptureTrouble = z.infer<typeof CaptureTrouble>

/** What a page is asked to capture now. */
export interface CaptureJob extends Pick<CapturePlace, 'device' | 'sound'> {
  camera: Id
}

/** The consoles of the centre, for words. */
export interface CaptureConsoles {
  /** This station's id. */
  here: string
  /** Station → what people call it. */
  names: Record<string, string>
  /** Cameras whose card is plugged in here. */
  cameras: Id[]
}

const Foreign = z.record(z.string(), z.unknown())
/** One life of a page: another window of the same person is another one. */
export const CapturePageInput = z.object({ page: Id })
export const CaptureConnectInput = CapturePageInput.extend({ camera: Id })
export const CaptureTransportInput = CaptureConnectInput.extend({ transport: z.string().max(80), dtlsParameters: Foreign })
export const CaptureProduceInput = CaptureConnectInput.extend({
  transport: z.string().max(80),
  kind: z.enum(['audio', 'video']),
  rtpParameters: Foreign,
})
export const CaptureTellInput = CaptureConnectInput.extend({
  /** null = the picture comes. */
  trouble: CaptureTrouble.nullable(),
  /** null = the sound comes, or none is wanted; the picture goes on without it. */
  soundTrouble: CaptureTrouble.nullable(),
  /** As the device gives it; 0 = not known yet. */
  widthPx: z.int().min(0).max(16_384),
  heightPx: z.int().min(0).max(16_384),
  /** As the page encodes it, over the last seconds. */
  framesPerSecond: z.number().min(0).max(240),
})
export type CaptureTell = z.infer<typeof CaptureTellInput>
