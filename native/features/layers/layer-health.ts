// How each layer's source stands: by its last evidence; while it is down it is asked again later and later, not for every tile.
import type { Health } from '../../contract/index.ts'

/** Keys of the page's texts, `layers.reason.<reason>`. */
export type LayerReason =
  | 'local'
  | 'not-asked'
  | 'answers'
  | 'refused-address'
  | 'no-name'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'too-many-redirects'
  | 'bad-address'
  | 'key-refused'
  | 'server-error'
  | 'no-picture'
  | 'file-gone'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

interface Standing {
  state: Health['state']
  since: number
  lastEvidenceAt: number | null
  reason: LayerReason
  status: number | null
  failures: number
  askAgainAt: number
}

export class LayerHealth {
  readonly #standings = new Map<string, Standing>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  answered(layer: string): void {
    const now = this.#now()
    const before = this.#standings.get(layer)
    const since = before?.state === 'ok' ? before.since : now
    this.#standings.set(layer, { state: 'ok', since, lastEvidenceAt: now, reason: 'answers', status: null, failures: 0, askAgainAt: 0 })
  }

  failed(layer: string, reason: LayerReason, status: number | null): void {
    const now = this.#now()
    const before = this.#standings.get(layer)
    const failures = (before?.failures ?? 0) + 1
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(10, failures - 1))
    const since = before?.state === 'down' ? before.since : now
    this.#standings.set(layer, {
      state: 'down',
      since,
      lastEvidenceAt: before?.lastEvidenceAt ?? null,
      reason,
      status,
      failures,
      askAgainAt: now + waitMs,
    })
  }

  /** False while the source is known to be down and its next try is not due. */
  mayAsk(layer: string): boolean {
    return (this.#standings.get(layer)?.askAgainAt ?? 0) <= this.#now()
  }

  forget(layer: string): void {
    this.#standings.delete(layer)
  }

  /** @param isLocal a map pack on this machine: it stands unless a read failed */
  of(layer: string, isLocal: boolean): Health {
    const standing = this.#standings.get(layer)
    const common = { subject: `layer:${layer}`, capability: null }
    if (standing === undefined) {
      const reason: LayerReason = isLocal ? 'local' : 'not-asked'
      return {
        ...common,
        state: isLocal ? 'ok' : 'unknown',
        since: 0,
        lastEvidenceAt: null,
        reason: `layers.reason.${reason}`,
        params: {},
        nextStep: null,
      }
    }
    const { state, since, lastEvidenceAt, reason, status } = standing
    const nextStep = state === 'ok' ? null : `layers.next.${reason}`
    return { ...common, state, since, lastEvidenceAt, reason: `layers.reason.${reason}`, params: { status }, nextStep }
  }
}
