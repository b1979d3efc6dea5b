// A capability's reason and next step in words; moments as people read them. Pure.
import type { Capability, EpochMs } from '../../../native/contract/index.ts'
import type { StatusTone } from '../../ui/StatusTag.vue'
import { ageWords, momentWords, type Translate } from '../../ui/time-words.ts'

/** What is not part of this release is no fault, and shows as none. */
export function capabilityTone({ state, reason }: Capability): StatusTone {
  if (state === 'works') return 'ok'
  if (state === 'old') return 'attention'
  // A centre without cameras of its own lacks nothing.
  return reason.endsWith('.notBuilt') || reason === 'cameras.none' ? 'neutral' : 'alarm'
}

/** `…At` is how long ago, `since` the moment; what never was is a dash. */
function paramWord(name: string, value: Capability['params'][string], now: EpochMs, t: Translate): unknown {
  if (name !== 'since' && !name.endsWith('At')) return value
  if (typeof value !== 'number') return '—'
  return name === 'since' ? momentWords(value, now) : ageWords(now - value, t)
}

export function capabilityWords(one: Capability, now: EpochMs, t: Translate): { reason: string; next: string | null } {
  const params = Object.fromEntries(Object.entries(one.params).map(([name, value]) => [name, paramWord(name, value, now, t)]))
  return { reason: t(`link.can.${one.reason}`, params), next: one.nextStep === null ? null : t(`link.do.${one.nextStep}`, params) }
}
