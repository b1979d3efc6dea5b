// What every kind of source that is asked again and again has in common: its state machine, and a judge who looks at the clock.
import type { StreamEvidence, StreamStatus } from '../../contract/index.ts'
import { Asking, type Condition, noEvidence, type OwnedStream } from './asking.ts'
import type { StreamTiming } from './timing.ts'

export interface AskedOptions {
  timing: StreamTiming
  onChange: () => void
  /** A bug, not the world. */
  onError: (error: unknown) => void
}

export interface AskedCall {
  /** The attempt is not wanted any more. */
  signal: AbortSignal
  onCondition: (condition: Condition) => void
}

export abstract class AskedStream implements OwnedStream {
  protected readonly timing: StreamTiming
  protected readonly asking: Asking

  constructor({ timing, onChange, onError }: AskedOptions) {
    this.timing = timing
    this.asking = new Asking({
      attempt: (call) => this.attempt(call),
      evidence: () => this.evidence(),
      settledMs: timing.settledMs,
      onChange,
      onError,
    })
  }

  get status(): StreamStatus {
    return this.asking.status
  }

  start(): void {
    this.asking.start()
  }

  close(): Promise<void> {
    return this.asking.close()
  }

  retryNow(): void {
    this.asking.retryNow()
  }

  restart(): void {
    this.asking.restart()
  }

  /** Ends only by throwing. @throws StreamError */
  protected abstract attempt(call: AskedCall): Promise<never>

  protected evidence(): StreamEvidence {
    return noEvidence
  }

  /** Runs an attempt beside a judge who looks at every tick. @param judge null = nothing to say yet; may throw a StreamError */
  protected async judged(
    { signal, onCondition }: AskedCall,
    options: { judge: () => Condition | null; run: (signal: AbortSignal) => Promise<never> },
  ): Promise<never> {
    const over = Promise.withResolvers<never>()
    const ending = new AbortController()
    const timer = setInterval(() => {
      try {
        const condition = options.judge()
        if (condition !== null) onCondition(condition)
      } catch (error) {
        over.reject(error)
      }
    }, this.timing.tickMs)
    try {
      return await Promise.race([options.run(AbortSignal.any([signal, ending.signal])), over.promise])
    } finally {
      clearInterval(timer)
      ending.abort()
    }
  }
}
