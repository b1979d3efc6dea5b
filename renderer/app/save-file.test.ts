// A file of the person's own: under the station's name for it, and a refusal in its code.
// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { saveExport, saveFile } from './save-file.ts'

const clicked: { href: string; download: string }[] = []
let answer: () => Promise<Response>
beforeEach(() => {
  clicked.length = 0
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    createElement: () => {
      const link = { href: '', download: '', click: () => clicked.push({ href: link.href, download: link.download }) }
      return link
    },
  })
  vi.stubGlobal('fetch', () => answer())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('an address goes as it is; bytes get an address that is taken back later', () => {
  const revoked = vi.spyOn(URL, 'revokeObjectURL')
  saveFile('/blobs/ab?save')
  saveFile(new Blob(['x']), '图.png')
  expect(clicked[0]).toEqual({ href: '/blobs/ab?save', download: '' })
  expect(clicked[1]?.href).toMatch(/^blob:/)
  expect(clicked[1]?.download).toBe('图.png')
  expect(revoked).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  expect(revoked).toHaveBeenCalledExactlyOnceWith(clicked[1]?.href)
})

test('an export is called what the station calls it, else what its address ends in', async () => {
  const named = { 'content-disposition': `attachment; filename="x.csv"; filename*=UTF-8''${encodeURIComponent('未传清单.csv')}` }
  answer = async () => new Response('a', { headers: named })
  await saveExport('/exports/unsent.csv?words=x')
  answer = async () => new Response('a')
  await saveExport('/exports/unsent.csv?words=x')
  expect(clicked.map(({ download }) => download)).toEqual(['未传清单.csv', 'unsent.csv'])
})

test('a refusal is told by its code and nothing is saved', async () => {
  answer = async () => Response.json({ code: 'FORBIDDEN' }, { status: 403 })
  await expect(saveExport('/exports/x')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  answer = async () => new Response('<html>', { status: 500 })
  await expect(saveExport('/exports/x')).rejects.toMatchObject({ code: 'INTERNAL' })
  answer = () => Promise.reject(new TypeError('Failed to fetch'))
  await expect(saveExport('/exports/x')).rejects.toMatchObject({ code: 'TIMEOUT' })
  expect(clicked).toEqual([])
})
