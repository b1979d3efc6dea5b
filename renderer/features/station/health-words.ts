// From a health record to words; a reason this page does not know is shown by its key, never swallowed.
import type { Health } from '../../../native/contract/index.ts'
import type { StatusTone } from '../../ui/StatusTag.vue'
import { momentWords } from '../../ui/time-words.ts'

export interface Translate {
  (key: string, params?: Record<string, unknown>): string
}

const tones: Record<Health['state'], StatusTone> = { ok: 'ok', degraded: 'attention', down: 'alarm', unknown: 'neutral' }

export function toneOf(state: Health['state']): StatusTone {
  return tones[state]
}

/** `81.2 GB`, `3 MB`: decimal units, as disks are sold. */
export function byteWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** step
  return `${value.toFixed(value < 10 && step > 0 ? 1 : 0)} ${units[step]}`
}

/** Sizes and moments as people read them; a moment that never was is a dash. */
function paramWord(name: string, value: Health['params'][string]): unknown {
  if (name.endsWith('Bytes') && typeof value === 'number') return byteWords(value)
  if (!name.endsWith('At')) return value
  return typeof value === 'number' ? momentWords(value, Date.now()) : '—'
}

/** Dots in a reason are levels of the texts: `disk.low` → `station.reason.disk.low.text`. */
export function healthWords(health: Health, t: Translate, te: (key: string) => boolean): { text: string; next: string | null } {
  const params = Object.fromEntries(Object.entries(health.params).map(([name, value]) => [name, paramWord(name, value)]))
  const key = `station.reason.${health.reason}.text`
  const nextKey = `station.reason.${(health.nextStep ?? '').replace(/\.next$/, '')}.next`
  return {
    text: te(key) ? t(key, params) : health.reason,
    next: health.nextStep === null ? null : te(nextKey) ? t(nextKey, params) : health.nextStep,
  }
}
