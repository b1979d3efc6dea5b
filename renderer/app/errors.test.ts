// What a person reads of an error: its own sentence, with a stream's fault in words and by whom it is.
import { expect, test, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { WanglouError } from '../../native/contract/index.ts'
import { errorWords } from './errors.ts'

// The page's own needs a window.
vi.mock('./i18n.ts', async () => {
  const { zhErrors } = await import('./i18n/errors.zh-CN.ts')
  const { default: cameras } = await import('../features/cameras/cameras.messages.ts')
  const { global } = createI18n({ legacy: false, locale: 'zh-CN', messages: { 'zh-CN': { errors: zhErrors, cameras: cameras['zh-CN'] } } })
  return { t: global.t, te: global.te }
})

test('a fault of a stream within an error is said in its own words, those of whoever is at fault first; another parameter stays as it is', () => {
  const what = (params: Record<string, string | number>) => errorWords(new WanglouError('CAMERA_REFUSED', params)).what
  const [plain, relayed] = [what({ fault: 'port-closed' }), what({ fault: 'port-closed', of: 'relay' })]
  for (const words of [plain, relayed]) expect(words).not.toMatch(/port-closed|\{|cameras\./)
  expect(relayed).not.toBe(plain)
  expect(what({ fault: 'no fault of ours' })).toContain('no fault of ours')
})
