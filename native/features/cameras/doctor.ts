// 取流诊断: a fault placed on the way of a picture — what was passed before it, what was not reached after it.
import { type Diagnosis, faultHops, type StreamStatus, streamHops } from '../../contract/index.ts'

/** The certificate is on the way only of an encrypted source; a weak picture has passed every hop. */
export function diagnosisOf(status: StreamStatus, options: { at: number; isEncrypted: boolean }): Diagnosis {
  const { fault } = status
  const failedAt = fault === null || status.state === 'degraded' ? streamHops.length : streamHops.indexOf(faultHops[fault.code])
  const hops = streamHops.filter((hop) => hop !== 'certificate' || options.isEncrypted || fault?.code === 'certificate')
  return {
    at: options.at,
    hops: hops.map((hop) => {
      const at = streamHops.indexOf(hop)
      return { hop, result: at < failedAt ? 'passed' : at === failedAt ? 'failed' : 'not-reached' }
    }),
    fault,
    status,
  }
}
