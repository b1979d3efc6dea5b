// A file of 500 MB goes into an incident through the real door: streamed, by its hash, the station not growing with it; one byte more is refused.
import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { v7 as newId } from 'uuid'
import { openTestApp } from '../../native/testing/app.ts'
import type { SoakReport } from './run.ts'

const chunkBytes = 1_000_000
const mostRssGrowthMb = 200

export default async function attachments(report: SoakReport): Promise<void> {
  const app = await openTestApp()
  try {
    const officer = await app.as('duty-officer')
    const incident = newId()
    const at = { at: Date.now(), precision: 'exact' as const, source: '119' }
    await officer.rpc.incidents.report.mutate({
      id: incident,
      title: '样例',
      description: '',
      typeCode: null,
      place: '',
      position: null,
      placedBy: null,
      area: null,
      occurred: null,
      circumstances: [],
      statements: [],
      attachments: [],
      report: { words: '', reporter: '', reporterUnit: '', reporterPhone: '', channel: 'telephone', received: at },
    })
    const before = rssMb()
    let highest = before
    const { status, answer, hash } = await send(`${app.door.origin}/blobs`, officer.token, 500, () => (highest = Math.max(highest, rssMb())))
    const { sha256, size } = JSON.parse(answer) as { sha256: string; size: number }
    report(`500 MB in, resident memory ${before.toFixed(0)} → at most ${highest.toFixed(0)} MB`)
    if (status !== 201 || sha256 !== hash || size !== 500 * chunkBytes) throw new Error(`not whole: ${status} ${sha256} ${size}`)
    if (highest - before > mostRssGrowthMb) throw new Error(`the station grew by ${(highest - before).toFixed(0)} MB`)
    await officer.rpc.incidents.attach.mutate({ incident, id: newId(), sha256, name: '现场.mp4', sizeBytes: size, mime: 'video/mp4' })
    const { attachments: files } = await officer.rpc.incidents.detail.query({ incident })
    if (files[0]?.sizeBytes !== size) throw new Error('the file is not with the incident')
    const more = await send(`${app.door.origin}/blobs`, officer.token, 501, () => undefined)
    if (more.status !== 413) throw new Error(`501 MB were answered ${more.status}`)
    report('501 MB refused')
  } finally {
    await app.close()
  }
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1e6
}

/** Sends no faster than it is taken. @returns the answer and the hash of what was sent */
async function send(url: string, token: string, chunks: number, each: () => void): Promise<{ status: number; answer: string; hash: string }> {
  const hash = createHash('sha256')
  const chunk = randomBytes(chunkBytes)
  function* body() {
    for (let index = 0; index < chunks; index += 1) {
      chunk.writeUInt32LE(index)
      hash.update(chunk)
      each()
      yield Buffer.from(chunk)
    }
  }
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; answer: string }>()
  const asked = request(url, { method: 'POST', headers: { Authorization: `Bearer ${token}` } }, (response) => {
    let answer = ''
    response.on('data', (part: Buffer) => (answer += part.toString()))
    response.on('end', () => resolve({ status: response.statusCode ?? 0, answer }))
  })
  asked.on('error', reject)
  // A refusal in the middle closes the line; what counts is the answer.
  await Promise.race([pipeline(Readable.from(body(), { objectMode: false }), asked), promise])
  return { ...(await promise), hash: hash.digest('hex') }
}
