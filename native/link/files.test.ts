// Files follow their entries on a real server: the table an import was read from, and rows as an erasure has left them.
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importedId } from '../kernel/ids.ts'
import { findNatsServer, type NatsServer, natsServerMissing, startNatsServer } from '../testing/nats-server.ts'
import { quickTimes, until } from './testing/centres.ts'
import { openSmall, pairAll, smallDomain, type SmallStation } from './testing/small.ts'

const isMissing = findNatsServer() === null

describe.skipIf(isMissing)(isMissing ? natsServerMissing : 'two consoles and a ledger', () => {
  let server: NatsServer
  let host: SmallStation
  let desk: SmallStation

  beforeEach(async () => {
    server = await startNatsServer({ name: 'files', domain: smallDomain })
    const shared = { server: server.url, isQuick: true, ...(quickTimes === undefined ? {} : { times: quickTimes }) }
    host = await openSmall({ ...shared, name: 'host', isHost: true })
    desk = await openSmall({ ...shared, name: 'desk' })
    await pairAll([host, desk])
  })
  afterEach(async () => {
    await desk?.close()
    await host?.close()
    await server?.stop()
  })

  const put = async (bytes: Buffer) => (await desk.blobs.put(Readable.from([bytes]), { limitBytes: 1e8 })).sha256
  async function importLedger(): Promise<{ blob: string; file: string }> {
    const file = await put(randomBytes(1_500_000))
    const lines = ['["k0","zero","0913-0100000"]', '["k1","one","SECRET-5550100"]', '["k2","two",null]']
    const blob = await put(Buffer.from(`${lines.join('\n')}\n`))
    const subject = { dataset: 'boats', row: importedId('boats', 'ledger', '') }
    const about = { dataset: 'boats', source: 'ledger', columns: ['name', 'phone'], blob, rows: lines.length, note: { file } }
    await desk.journal.writeBulk({ actor: 'a', action: 'boats.import', subject, ...about })
    await desk.journal.bulkIdle()
    return { blob, file }
  }
  async function bytesAt(at: SmallStation, sha256: string): Promise<Buffer> {
    const chunks: Uint8Array[] = []
    for await (const chunk of at.blobs.read(sha256)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  const boats = (at: SmallStation) => at.store.all<{ name: string; phone: string | null }>('SELECT name, phone FROM boats ORDER BY id')
  async function link(): Promise<void> {
    await host.link.start()
    await desk.link.start()
  }

  test('both the rows and the table they were read from come, each written once', { timeout: 60_000 }, async () => {
    const { blob, file } = await importLedger()
    await link()
    for (const one of [blob, file])
      await until(
        () => host.blobs.has(one),
        (has) => has,
      )
    expect((await bytesAt(host, file)).equals(await bytesAt(desk, file))).toBe(true)
    expect(await readdir(join(host.directory, 'link-files'))).toEqual([])
    await host.journal.bulkIdle()
    expect(await boats(host)).toEqual(await boats(desk))
  })

  test('what an erasure has changed comes as it is, and what it has removed holds nothing up', { timeout: 60_000 }, async () => {
    const { blob, file } = await importLedger()
    await desk.journal.erase({
      rows: [{ dataset: 'boats', row: importedId('boats', 'ledger', 'k1'), columns: ['phone'] }],
      actor: 'a',
      reason: 'asked for',
    })
    await desk.journal.filesErased()
    expect(await desk.blobs.has(file)).toBe(false)
    await link()
    await until(
      () => host.blobs.has(blob),
      (has) => has,
    )
    await host.journal.bulkIdle()
    await host.journal.filesErased()
    expect((await bytesAt(host, blob)).equals(await bytesAt(desk, blob))).toBe(true)
    expect((await bytesAt(host, blob)).toString()).not.toContain('SECRET')
    expect(await boats(host)).toEqual(await boats(desk))
    expect((await host.journal.verify()).damage).toEqual([])
    await until(
      () => host.store.all('SELECT sha256 FROM link_wanted'),
      (wanted) => wanted.length === 0,
    )
  })
})
