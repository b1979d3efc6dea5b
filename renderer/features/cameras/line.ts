// How a picture comes into a video element: one line for each kind of player, made anew by `SteadyPlayer` whenever it breaks.
import type { StreamFault } from '../../../native/contract/index.ts'

export interface Line {
  close(): void
  /** It will give nothing more. */
  isBroken(): boolean
  /** From the station to the screen, of the pictures since it was asked last; null = not known. */
  latencyMs(): Promise<number | null>
  /** No new frame for so long is no fault. */
  frozenMs?: number
}

export interface LineCall {
  video: HTMLVideoElement
  onFault: (fault: StreamFault | null) => void
}

/** null = there is no picture yet; why was told. May throw a TypeError or DOMException where the station is away. */
export type OpenLine = (call: LineCall) => Promise<Line | null>

/** What the station says of a picture it cannot give. */
export async function faultOf(response: Response): Promise<StreamFault | null> {
  if (!(response.headers.get('Content-Type') ?? '').startsWith('application/json')) return null
  return ((await response.json()) as { fault?: StreamFault }).fault ?? null
}
