// The streams of the link: their names, their settings, and the consumers that belong to them.
import { AckPolicy, DeliverPolicy, DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'

/** A centre's own journal stream, what its children send up, and what goes down to one of them. */
export const centreStream = (unit: string): string => `CENTRE_${unit}`
export const upStream = 'UP'
export const downStream = (unit: string): string => `DOWN_${unit}`

export const journalSubject = (unit: string, station: string): string => `centre.${unit}.j.${station}`
export const askSubject = (unit: string, station: string): string => `centre.${unit}.ask.${station}`
export const toSubject = (unit: string, station: string): string => `centre.${unit}.to.${station}`
export const hereSubject = (unit: string, station: string): string => `centre.${unit}.here.${station}`
export const pairSubject = (unit: string, station: string): string => `centre.${unit}.pair.${station}`
/** A question to the centre's host, answered straight. */
export const questionSubject = (unit: string, station: string): string => `centre.${unit}.ask.${station}.entry`
export const upAskSubject = (unit: string): string => `up.${unit}.ask`
export const upSubject = (unit: string): string => `up.${unit}.j`
export const downSubject = (unit: string): string => `down.${unit}.j`

export interface StreamSettings {
  /** How long a message stays; an optimisation, never what correctness rests on. */
  maxAgeMs: number
  /** How often the host looks whether its streams and their consumers are still there, ms. */
  keepMs: number
}
export const streamSettings: StreamSettings = { maxAgeMs: 30 * 24 * 3_600_000, keepMs: 60_000 }

const nanosPerMs = 1_000_000
const notFound = 10059

/** Makes the stream when it is not there; leaves one that is as it is. */
export async function ensureStream(manager: JetStreamManager, name: string, subjects: string[], settings: StreamSettings): Promise<void> {
  try {
    await manager.streams.info(name)
  } catch (error) {
    if (!isMissing(error)) throw error
    await manager.streams.add({
      name,
      subjects,
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: settings.maxAgeMs * nanosPerMs,
      max_msg_size: 1024 * 1024,
    })
  }
}

/** The consumer by which a child reads what goes down to it; the child may not make one itself. */
export async function ensureChildConsumer(manager: JetStreamManager, unit: string): Promise<void> {
  await manager.consumers.add(downStream(unit), {
    durable_name: unit,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: 60_000 * nanosPerMs,
    max_ack_pending: 2_000,
  })
}

export function isMissing(error: unknown): boolean {
  const { code, status } = (error ?? {}) as { code?: number; status?: number }
  return code === notFound || code === 404 || status === 404
}
