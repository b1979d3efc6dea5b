// Words of a health record, and that every reason the station gives has some in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Health } from '../../../native/contract/index.ts'
import { byteWords, healthWords } from './health-words.ts'
import messages from './station.messages.ts'

function lookUp(locale: 'zh-CN' | 'en', key: string): string | undefined {
  let at: unknown = { station: messages[locale] }
  for (const part of key.split('.')) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined
  return typeof at === 'string' ? at : undefined
}
const record: Health = {
  subject: 'disk',
  state: 'degraded',
  since: 1,
  lastEvidenceAt: 1,
  reason: 'disk.low',
  params: { freeBytes: 1_500_000_000 },
  nextStep: 'disk.low.next',
  capability: null,
}
const words = (health: Health) =>
  healthWords(
    health,
    (key, params = {}) => (lookUp('en', key) ?? '').replaceAll(/\{(\w+)\}/g, (_match, name: string) => String(params[name])),
    (key) => lookUp('en', key) !== undefined,
  )

describe('a health record', () => {
  it('says what is wrong and what to do', () => {
    expect(words(record)).toEqual({
      text: 'Only 1.5 GB left; attachments may not fit.',
      next: 'Remove unused map packs or old copies, or fit a larger disk.',
    })
    expect(words({ ...record, reason: 'disk.ok', nextStep: null })).toEqual({ text: '1.5 GB free.', next: null })
  })
  it('shows a reason it does not know by its key', () => {
    expect(words({ ...record, reason: 'new.gone', nextStep: 'new.gone.next' })).toEqual({ text: 'new.gone', next: 'new.gone.next' })
  })
  it('counts bytes as disks are sold', () => {
    expect([0, 999, 1_500, 81_244_516_352, 2e12].map(byteWords)).toEqual(['0 B', '999 B', '1.5 kB', '81 GB', '2.0 TB'])
  })
})

describe('the reasons of the station', () => {
  const folders = ['native/features/station', 'native/journal', 'native/store', 'native/media/sfu']
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
  )
  const speaking = files.map((file) => readFileSync(file, 'utf8')).filter((source) => /\bHealth\b/.test(source))
  const reasons = new Set(
    speaking.flatMap((source) =>
      [...source.matchAll(/'((?:store|journal|disk|clock|log|import|backup|integrity|sfu)\.[a-zA-Z]+)(?:\.next)?'/g)].map((match) => match[1] ?? ''),
    ),
  )
  it('all have words in both languages', () => {
    expect(reasons.size).toBeGreaterThan(8)
    for (const reason of reasons)
      for (const locale of ['zh-CN', 'en'] as const) expect(lookUp(locale, `station.reason.${reason}.text`), `${locale} ${reason}`).toBeDefined()
  })
})
