// One way to say how anything stands: the strip, the doctor, drivers and "what works now" all use it.
import type { EpochMs } from './scalars.ts'

export interface Health {
  /** What it is about: `store`, `journal`, `disk`, `link:6105`, … */
  subject: string
  state: 'ok' | 'degraded' | 'down' | 'unknown'
  /** Since when it stands so. */
  since: EpochMs
  /** The last time anything was really seen of it; null = never. */
  lastEvidenceAt: EpochMs | null
  /** A key for the page's texts, e.g. `disk.low`. */
  reason: string
  params: Record<string, string | number | boolean | null>
  /** A key for the page's texts: what the officer should do. */
  nextStep: string | null
  /** What does not work while it stands so, e.g. `attachments`. */
  capability: string | null
}
