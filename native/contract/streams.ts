// How a camera's stream stands: the state machine of a tile, with the evidence it is judged by.
import type { EpochMs } from './scalars.ts'
import type { StreamFault } from './stream-faults.ts'

/**
 * connecting: asked for the first time · live · degraded: plays, but not well · stalled: connected, and nothing comes · reconnecting: had played, is
 * asked for again · failed: asked in vain, is asked for again.
 */
export const streamStates = ['connecting', 'live', 'degraded', 'stalled', 'reconnecting', 'failed'] as const
export type StreamState = (typeof streamStates)[number]

export interface StreamStatus {
  state: StreamState
  /** Since when it stands so. */
  since: EpochMs
  /** Why it is not simply live; null = it is, or nothing is known yet. */
  fault: StreamFault | null
  /** The next attempt; null = none is waited for. */
  retryAt: EpochMs | null
  /** Attempts since it played last. */
  attempts: number
  /** How often it has come back by itself. */
  recoveries: number
  evidence: StreamEvidence
}

/** What was really seen. */
export interface StreamEvidence {
  lastPacketAt: EpochMs | null
  lastKeyFrameAt: EpochMs | null
  /** Between the last two key frames, milliseconds. */
  keyIntervalMs: number | null
  /** Over the last two seconds. */
  bitrateKbps: number
  framesPerSecond: number
  /** Of the packets of the last ten seconds, 0–100. */
  lostPercent: number
  widthPx: number | null
  heightPx: number | null
  /** `H.264 Main`, … */
  codec: string | null
  transport: 'tcp' | 'udp' | null
  /** Packets that belong to no stream we asked for. */
  strayPackets: number
}
