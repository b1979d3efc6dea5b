// A draft is there for whoever typed it, also after the station was opened anew, and for nobody else.
import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { DraftsService } from './drafts.service.ts'

let station: TestStation
beforeEach(async () => {
  station = await openTestStation()
})
afterEach(async () => {
  await station.close()
  await rm(station.directory, { recursive: true, force: true })
})

test('kept, read again after a restart, removed; each person her own', async () => {
  const drafts = new DraftsService({ store: station.store })
  await drafts.save('li', 'clocks.evidence', { who: '样例张三' })
  await drafts.save('li', 'clocks.evidence', { who: '样例张三', said: '收到' })
  expect(await drafts.read('wang', 'clocks.evidence')).toBeNull()
  await station.stop()
  station = await openTestStation({ directory: station.directory })
  const later = new DraftsService({ store: station.store })
  expect(await later.read('li', 'clocks.evidence')).toEqual({ who: '样例张三', said: '收到' })
  await later.remove('li', 'clocks.evidence')
  expect(await later.read('li', 'clocks.evidence')).toBeNull()
})

test('marked text is not kept, nor what is too large; what lies for months is thrown away', async () => {
  const now = { at: Date.now() }
  const drafts = new DraftsService({ store: station.store, now: () => now.at })
  await expect(drafts.save('li', 'a', { words: '机密★10年' })).rejects.toMatchObject({ code: 'CLASSIFIED_MARKING' })
  await expect(drafts.save('li', 'a', { words: '长'.repeat(200_000) })).rejects.toMatchObject({ code: 'TOO_LARGE' })
  await drafts.save('li', 'old', {})
  now.at += 91 * 86_400_000
  await drafts.save('li', 'new', {})
  expect(await drafts.read('li', 'old')).toBeNull()
})
