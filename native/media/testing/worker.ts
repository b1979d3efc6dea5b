// The worker for tests: the one `npm test` has built or found; without it these tests are skipped by name.
import { vi } from 'vitest'
import { Sfu, type SfuOptions } from '../sfu/sfu.ts'
import { findWorker, setupCommand } from '../sfu/worker-program.ts'

export const hasWorker = findWorker(null).path !== null
/** For the name of a skipped group. */
export const workerMissing = `no SFU worker (${setupCommand})`

export function testSfu(options: Partial<SfuOptions> = {}): Sfu {
  return new Sfu({
    findWorker: () => findWorker(null),
    listen: [{ ip: '127.0.0.1', announcedAddress: null }],
    ports: { min: 30_000, max: 59_999 },
    workerCount: 2,
    restartMs: 20,
    onError: () => undefined,
    ...options,
  })
}

/** Waits for what comes by itself; a machine under load answers late. */
export function until(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000, interval: 25 })
}
