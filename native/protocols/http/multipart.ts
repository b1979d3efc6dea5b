// The pictures of a `multipart/x-mixed-replace` answer (Motion JPEG), one after the other, within bounds.
import { StreamError } from '../../contract/index.ts'

const pictureLimitBytes = 8_000_000
const headLimitBytes = 4_096
const headEnd = Buffer.from('\r\n\r\n')
const jpegStart = Buffer.from([0xff, 0xd8])
const jpegEnd = Buffer.from([0xff, 0xd9])

/** Cameras write the boundary with or without its dashes: the next part's is looked for by the word that was announced. */
export class MultipartReader {
  readonly #boundary: Buffer
  #rest: Buffer = Buffer.alloc(0)

  /** @throws StreamError not-the-protocol where no boundary is announced */
  constructor(contentType: string) {
    const word = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]?.trim().replace(/^--/, '')
    if (!/^multipart\//i.test(contentType) || word === undefined || word === '') throw new StreamError('not-the-protocol')
    this.#boundary = Buffer.from(`--${word}`)
  }

  /** @throws StreamError answer-too-large · no-picture-format */
  push(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk])
    const pictures: Buffer[] = []
    for (let picture = this.#next(); picture !== null; picture = this.#next()) pictures.push(picture)
    if (this.#rest.length > pictureLimitBytes) throw new StreamError('answer-too-large', { limitBytes: pictureLimitBytes })
    return pictures
  }

  #next(): Buffer | null {
    const start = this.#rest.indexOf(this.#boundary)
    if (start < 0) return null
    const bodyAt = this.#rest.indexOf(headEnd, start)
    if (bodyAt < 0) {
      if (this.#rest.length - start > headLimitBytes) throw new StreamError('answer-too-large', { limitBytes: headLimitBytes })
      return null
    }
    const head = this.#rest.toString('latin1', start, bodyAt)
    const named = /^content-length:\s*(\d+)\s*$/im.exec(head)?.[1]
    const from = bodyAt + headEnd.length
    const to = named === undefined ? this.#rest.indexOf(this.#boundary, from) : from + Number(named)
    if (to > from + pictureLimitBytes) throw new StreamError('answer-too-large', { limitBytes: pictureLimitBytes })
    if (to < 0 || this.#rest.length < to) return null
    const picture = Buffer.from(this.#rest.subarray(from, to))
    this.#rest = Buffer.from(this.#rest.subarray(to))
    return jpegOf(picture)
  }
}

/** From its first to its last mark: cameras put line breaks around it. @throws StreamError no-picture-format */
export function jpegOf(bytes: Buffer): Buffer {
  const start = bytes.indexOf(jpegStart)
  const end = bytes.lastIndexOf(jpegEnd)
  if (start < 0 || start > 16 || end < start) throw new StreamError('no-picture-format')
  return bytes.subarray(start, end + jpegEnd.length)
}
