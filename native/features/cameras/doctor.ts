// 取流诊断: asks now, waits for an outcome, and places it on the way of a picture — what was passed before it, what was not reached after it.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  cameraSources,
  type CameraSourceKind,
  type Diagnosis,
  faultHops,
  type StreamHop,
  type StreamStatus,
  streamHops,
} from '../../contract/index.ts'
import type { OwnedStream } from '../../media/ingest/asking.ts'

const lookEveryMs = 100
/** What the page sees, and the station does not, of a picture that another server gives to it. */
const pageHops: ReadonlySet<StreamHop> = new Set(['media', 'codec', 'picture'])

/** How a camera is asked for. */
export interface Examined {
  sourceKind: CameraSourceKind
  address: string
}

/** Asks the camera now, whoever else watches. @param options.waitMs no longer than this */
export async function examine(stream: OwnedStream, options: Examined & { waitMs: number }): Promise<Diagnosis> {
  const { state, attempts } = stream.status
  if (state === 'failed' || state === 'reconnecting') stream.retryNow()
  const until = Date.now() + options.waitMs
  while (!isDecided(stream.status, attempts) && Date.now() < until) await sleep(lookEveryMs)
  return diagnosisOf(stream.status, { ...options, at: Date.now(), isDecided: isDecided(stream.status, attempts) })
}

/** @param attempts that had been made when we began: what an earlier one found says nothing of now */
function isDecided({ state, fault, attempts: made }: StreamStatus, attempts: number): boolean {
  if (state === 'live' || state === 'degraded' || fault?.code === 'push-waiting') return true
  if (state === 'stalled') return fault?.code !== 'stalled'
  return fault !== null && made > attempts
}

/** Hops that are not on the way of this kind of source are left out; a weak picture has passed every hop. */
export function diagnosisOf(status: StreamStatus, options: Examined & { at: number; isDecided: boolean }): Diagnosis {
  const { at, isDecided, sourceKind, address } = options
  const fault = isDecided ? status.fault : null
  const { player } = cameraSources[sourceKind]
  const isOnWay = (hop: StreamHop) =>
    (hop !== 'certificate' || /^(rtsps|https|wss):/i.test(address)) &&
    (hop !== 'sfu' || player === 'sfu') &&
    (player !== 'whep' || !pageHops.has(hop))
  const failedHop = fault === null || status.state === 'degraded' ? null : faultHops[fault.code]
  const reached = isDecided ? failedHop : standsAt(status, sourceKind)
  const end = reached === null ? streamHops.length : streamHops.indexOf(reached)
  return {
    at,
    verdict: !isDecided ? 'pending' : failedHop !== null ? 'broken' : fault !== null ? 'weak' : player === 'whep' ? 'answered' : 'well',
    hops: streamHops
      .filter((hop) => isOnWay(hop) || hop === reached)
      .map((hop) => {
        const place = streamHops.indexOf(hop)
        return { hop, result: place < end ? 'passed' : place > end ? 'not-reached' : isDecided ? 'failed' : 'waiting' }
      }),
    fault,
    status,
  }
}

/** How far an attempt has come that has no outcome yet, by what has been seen of it. */
function standsAt({ evidence, since }: StreamStatus, sourceKind: CameraSourceKind): StreamHop {
  if ((evidence.lastPacketAt ?? 0) > since) return 'picture'
  // What a platform is asked it has taken: it is waiting for its camera.
  return sourceKind === 'gb28181' ? 'stream' : 'connection'
}
