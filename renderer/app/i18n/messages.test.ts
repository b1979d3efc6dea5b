// English is complete: every messages file has the same keys in both languages, and every key the page names exists.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../native/contract/index.ts'
import type { FeatureMessages, MessageTree } from '../feature.ts'
import { enErrors } from './errors.en.ts'
import { zhErrors } from './errors.zh-CN.ts'

const rendererFolder = fileURLToPath(new URL('../..', import.meta.url))
const sources = readdirSync(rendererFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|vue)$/.test(path) && !/\.test\.ts$|e2e\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(rendererFolder, path), 'utf8') }))
const files = Object.entries(import.meta.glob<FeatureMessages>('../../**/*.messages.ts', { eager: true, import: 'default' }))
const word = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace('.messages.ts', '')

function flatten(tree: MessageTree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

/** A product's own name stays Chinese in English. */
const chineseByNature = new Set(['layers.kind.tianditu'])

describe.each(files)('%s', (path, messages) => {
  const [zh, en] = [flatten(messages['zh-CN']), flatten(messages.en)]
  it('has every key in both languages, and English wherever there is Chinese', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    expect([...zh].filter(([key, text]) => text.trim() !== '' && en.get(key)?.trim() === '').map(([key]) => key)).toEqual([])
  })
  it('names the same values in both languages', () => {
    const different = [...zh].filter(([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join())
    expect(different.map(([key]) => key)).toEqual([])
  })
  it('is English in English', () => {
    const same = [...en].filter(([key, text]) => /\p{Script=Han}/u.test(text) && text === zh.get(key)).map(([key]) => `${word(path)}.${key}`)
    expect(same.filter((key) => !chineseByNature.has(key))).toEqual([])
  })
})

describe('errors', () => {
  it('have what, safe and next for every code in both languages', () => {
    const codes = [...errorCodes, 'UNREACHABLE'].sort()
    for (const words of [zhErrors, enErrors]) {
      expect(Object.keys(words).sort()).toEqual(codes)
      for (const [code, { what, safe, next }] of Object.entries(words))
        expect([code, what.length > 3, safe.length > 3, next.length > 3]).toEqual([code, true, true, true])
    }
  })
})

describe('keys the page names', () => {
  const known = new Set(files.flatMap(([path, messages]) => [...flatten(messages['zh-CN']).keys()].map((key) => `${word(path)}.${key}`)))
  const named = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:\bt\(|[tT]itleKey: |[tT]itle-key=")['"]?([a-z][\w-]*(?:\.[\w-]+)+)['"]/g)].map((match) => ({ path, key: match[1] ?? '' })),
  )
  it('all exist', () => {
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter(({ key }) => !known.has(key) && !key.startsWith('errors.')).map(({ path, key }) => `${path}: ${key}`)).toEqual([])
  })
})

describe('under the strict Content-Security-Policy', () => {
  it('no template carries a style attribute (a long run of static markup would be set as HTML, which the policy refuses)', () => {
    const wrong = sources.filter(({ path, text }) => path.endsWith('.vue') && /<[^>]*\sstyle="/.test(text))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})
