// A file on its way: how far it is, that it can be stopped, what it comes back as, and what a refusal says.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WanglouError } from '../../native/contract/index.ts'
import { answerOf, upload } from './upload.ts'

const sha256 = 'a'.repeat(64)

/** Stands in for the browser's request: the test says what happens to it. */
class Request extends EventTarget {
  static last: Request
  readonly upload = new EventTarget()
  status = 0
  responseText = ''
  sent: { method: string; url: string; body: unknown } = { method: '', url: '', body: null }
  isAborted = false
  constructor() {
    super()
    Request.last = this
  }
  open(method: string, url: string): void {
    this.sent = { method, url, body: null }
  }
  send(body: unknown): void {
    this.sent.body = body
  }
  abort(): void {
    this.isAborted = true
    this.dispatchEvent(new Event('abort'))
  }
  answer(status: number, text: string): void {
    Object.assign(this, { status, responseText: text })
    this.dispatchEvent(new Event('load'))
  }
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { lengthComputable: total > 0, loaded, total }))
  }
}
beforeEach(() => void vi.stubGlobal('XMLHttpRequest', Request))
afterEach(() => void vi.unstubAllGlobals())

const file = new File(['x'], '现场.jpg')

it('says how far it is and what it came back as', async () => {
  const shares: number[] = []
  const sending = upload(file, { onShare: (share) => shares.push(share) })
  expect(Request.last.sent).toEqual({ method: 'POST', url: '/blobs', body: file })
  Request.last.progress(1, 4)
  Request.last.progress(0, 0)
  Request.last.progress(4, 4)
  Request.last.answer(201, JSON.stringify({ sha256, size: 1 }))
  expect(await sending).toEqual({ sha256, size: 1 })
  expect(shares).toEqual([0.25, 0, 1])
})

it('is stopped, before or after it began', async () => {
  const control = new AbortController()
  const sending = upload(file, { to: '/map-packs/', signal: control.signal })
  expect(Request.last.sent.url).toBe('/map-packs/')
  control.abort()
  expect(Request.last.isAborted).toBe(true)
  await expect(sending).rejects.toMatchObject({ code: 'CANCELLED', params: { file: '现场.jpg' } })
  await expect(upload(file, { signal: control.signal })).rejects.toMatchObject({ code: 'CANCELLED' })
})

it('says that the line broke', async () => {
  const sending = upload(file)
  Request.last.dispatchEvent(new Event('error'))
  await expect(sending).rejects.toMatchObject({ code: 'TIMEOUT', params: { file: '现场.jpg' } })
})

it.each([
  [413, JSON.stringify({ code: 'TOO_LARGE', params: { limitBytes: 5 } }), 'TOO_LARGE', { file: 'f', limitBytes: 5 }],
  [507, JSON.stringify({ code: 'DISK_FULL', params: {} }), 'DISK_FULL', { file: 'f' }],
  [500, '<html>', 'INTERNAL', { file: 'f' }],
  [500, JSON.stringify({ code: 'NO_SUCH_CODE' }), 'INTERNAL', { file: 'f' }],
  [201, JSON.stringify({ sha256: 'short', size: 1 }), 'INTERNAL', { file: 'f' }],
  [201, 'null', 'INTERNAL', { file: 'f' }],
])('turns %i %s into %s', (status, text, code, params) => {
  const answer = answerOf(status, text, 'f')
  expect(answer).toBeInstanceOf(WanglouError)
  expect(answer).toMatchObject({ code, params })
})
