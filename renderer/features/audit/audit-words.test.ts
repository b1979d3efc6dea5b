// Every act the station writes has a name in both languages, so that an auditor never reads a program's word.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import app from '../../app/app.messages.ts'
import type { FeatureMessages } from '../../app/feature.ts'
import { actionWord, datasetWord, type Speaker } from '../../app/act-words.ts'
import { datasets, personalColumns } from '../../../native/contract/index.ts'
import { noteWords } from './audit-words.ts'

const files = import.meta.glob<FeatureMessages>('../*/*.messages.ts', { eager: true, import: 'default' })
const messages = { app, ...Object.fromEntries(Object.entries(files).map(([path, words]) => [/(\w+)\.messages\.ts$/.exec(path)?.[1] ?? '', words])) }

function speaker(locale: 'zh-CN' | 'en'): Speaker {
  const find = (key: string) => {
    let at: unknown = Object.fromEntries(Object.entries(messages).map(([feature, words]) => [feature, words[locale]]))
    for (const part of key.split('.')) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined
    return typeof at === 'string' ? at : undefined
  }
  const t = (key: string, params: Record<string, unknown> = {}) =>
    (find(key) ?? key).replaceAll(/\{(\w+)\}/g, (_match, name: string) => String(params[name]))
  return { t, te: (key) => find(key) !== undefined }
}

describe('the words of the audit', () => {
  const folders = ['native/features', 'native/journal']
  const sources = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.test.ts') && !file.parentPath.includes('testing'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
  const named = ['journal.erase', 'journal.eraseFile']
  const written = new Set([
    ...named,
    ...sources.flatMap((source) =>
      [...source.matchAll(/(?:action: |#(?:write|act)\([\w, ]+, |\| )'([a-z]\w+\.[a-z]\w+)'/gi)].map((match) => match[1] ?? ''),
    ),
  ])

  it('name every act in both languages', () => {
    expect(written.size).toBeGreaterThan(45)
    for (const locale of ['zh-CN', 'en'] as const)
      for (const action of written) expect(actionWord(action, speaker(locale)), `${locale} ${action}`).not.toBe(action)
  })

  it('name every dataset, and every column that holds personal data', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const dataset of Object.keys(datasets)) expect(speaker(locale).te(`audit.dataset.${dataset}`), `${locale} ${dataset}`).toBe(true)
      for (const [dataset, columns] of Object.entries(personalColumns))
        for (const column of columns) expect(speaker(locale).te(`erasures.column.${dataset}.${column}`), `${locale} ${dataset}.${column}`).toBe(true)
    }
  })

  it('say what was noted, and keep what they do not know', () => {
    const zh = speaker('zh-CN')
    expect(noteWords({ by: 'idle' }, zh)).toBe('缘由 无人操作')
    expect(noteWords({ role: 'duty-officer', unit: null }, zh)).toBe('角色 值班员')
    expect(noteWords({ what: 'tasks.list', odd: { a: 1 } }, zh)).toBe('要用 tasks.list · odd {"a":1}')
    expect(noteWords({ reason: '本人申请', gone: [{ dataset: 'incidentReports', columns: ['reporter', 'reporterPhone'] }] }, zh)).toBe(
      '原因 本人申请 · 删除 来报（报告人、来电号码）',
    )
    expect(datasetWord('taskStates', zh)).toBe('指令状态')
    expect(datasetWord('novelties', zh)).toBe('novelties')
  })
})
