// One thing wrong at a time, on a real server: streams that forget or vanish, copies, forks, refusals, clocks and kills; nothing is lost and each is named.
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstream, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LinkView } from '../contract/index.ts'
import { chainStart } from '../journal/encode.ts'
import { hashAlong, makeSeal, type SealedBatch } from '../journal/seal.ts'
import { newId } from '../kernel/ids.ts'
import { findNatsServer, type NatsServer, natsServerMissing, startNatsServer } from '../testing/nats-server.ts'
import { exchangeTimes } from './exchange-times.ts'
import type { LinkOptions } from './link.ts'
import { connectionTimes } from './nats/connection.ts'
import { centreStream, downStream, journalSubject, streamSettings, upStream } from './nats/streams.ts'
import { quickTimes, until } from './testing/centres.ts'
import { StationChild } from './testing/station-process.ts'
import { lowerUnit, openSmall, pairAll, smallDomain, type SmallOptions, type SmallStation, upperUnit } from './testing/small.ts'
import { encode } from './wire.ts'

const isMissing = findNatsServer() === null
const fault = (title: string, run: () => Promise<void>) =>
  test.skipIf(isMissing)(isMissing ? `${natsServerMissing}: ${title}` : title, { timeout: 60_000 }, run)

/** No comparison by the clock: only what is noticed brings it back. */
const times: NonNullable<LinkOptions['times']> = {
  ...quickTimes,
  exchange: { ...exchangeTimes, ...quickTimes?.exchange, compareMs: 5 * 60_000 },
  streams: { ...streamSettings, keepMs: 500 },
}

let server: NatsServer
let nats: NatsConnection
let manager: JetStreamManager
let open: SmallStation[] = []
let folders: string[] = []

beforeEach(async () => {
  if (isMissing) return
  server = await startNatsServer({
    name: 'faults',
    domain: smallDomain,
    users: [
      { user: 'station', password: 'right' },
      { user: 'test', password: 'test' },
    ],
  })
  nats = await connect({ servers: server.url, user: 'test', pass: 'test' })
  manager = await jetstreamManager(nats)
})
afterEach(async () => {
  if (isMissing) return
  for (const station of open) await station.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  ;[open, folders] = [[], []]
  await nats.close()
  await server.stop()
})

async function passwordFile(password: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-faults-'))
  folders.push(folder)
  await writeFile(join(folder, 'password'), password)
  return join(folder, 'password')
}

async function station(name: string, options: Partial<SmallOptions> = {}): Promise<SmallStation> {
  const opened = await openSmall({
    name,
    server: server.url,
    user: 'station',
    passwordFile: await passwordFile('right'),
    isQuick: true,
    times,
    ...options,
  })
  open.push(opened)
  return opened
}

async function centre(options: Partial<SmallOptions> = {}): Promise<[host: SmallStation, desk: SmallStation]> {
  const [host, desk] = [await station('host', { isHost: true, ...options }), await station('desk', options)]
  await pairAll([host, desk])
  await host.link.start()
  await desk.link.start()
  await bothStand(host, desk)
  return [host, desk]
}

let written = 0
const write = (at: SmallStation, name = `boat ${(written += 1)}`, row = newId()) =>
  at.journal.write({ actor: 'a', action: 'boats.write', subject: { dataset: 'boats', row }, rows: [{ dataset: 'boats', row, set: { name } }] })
const writeMany = (at: SmallStation, count: number) =>
  at.journal.writeAll(
    Array.from({ length: count }, () => {
      const row = newId()
      return {
        actor: 'a',
        action: 'boats.write',
        subject: { dataset: 'boats', row },
        rows: [{ dataset: 'boats', row, set: { name: `boat ${(written += 1)}` } }],
      }
    }),
  )
const boats = async ({ store }: SmallStation) => (await store.get<{ count: number }>('SELECT count(*) AS count FROM boats'))?.count ?? 0
const allHave = (stations: readonly SmallStation[], count: number, limitMs?: number) =>
  until(
    () => Promise.all(stations.map(boats)),
    (counts) => counts.every((one) => one === count),
    limitMs,
  )
const line = (of: SmallStation, kind: LinkView['kind'] = 'centre') => of.link.view().links.find((one) => one.kind === kind)
const stands = (of: SmallStation, kind?: LinkView['kind']) =>
  until(
    () => line(of, kind)?.state,
    (state) => state === 'online',
  )
async function bothStand(...stations: SmallStation[]): Promise<void> {
  for (const each of stations) await stands(each)
}

fault('a stream that forgets after 2 s and a desk away for 10 s: everything comes by comparison', async () => {
  const [host, desk] = await centre({ times: { ...times, streams: { ...streamSettings, maxAgeMs: 2_000 } } })
  await write(host)
  await write(desk)
  await allHave([host, desk], 2)
  await desk.link.stop()
  await writeMany(host, 300)
  await writeMany(desk, 200)
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  expect((await manager.streams.info(centreStream(upperUnit))).state.messages).toBe(0)
  await desk.link.start()
  await allHave([host, desk], 502)
  expect(await host.journal.stateHash()).toBe(await desk.journal.stateHash())
})

/** A centre with a desk, and a centre below it on the same server. */
async function two(): Promise<[host: SmallStation, desk: SmallStation, lower: SmallStation]> {
  const host = await station('host', { isHost: true, below: [lowerUnit] })
  const desk = await station('desk')
  const lower = await station('lower', { unit: lowerUnit, isHost: true, above: server.url })
  await pairAll([host, desk, lower])
  for (const one of [host, desk, lower]) await one.link.start()
  await bothStand(host, desk, lower)
  return [host, desk, lower]
}

fault('streams and consumers that were deleted are made again by the host, and nothing is lost', async () => {
  const all = await two()
  const [, , lower] = all
  let count = 0
  const writeAll = async () => {
    for (const one of all) await write(one)
    count += all.length
  }
  await writeAll()
  await allHave(all, count)
  for (const stream of [centreStream(upperUnit), upStream, downStream(lowerUnit), centreStream(lowerUnit)]) {
    // Written just before, so that it lies in the stream unread, and while it is gone.
    await writeAll()
    await manager.streams.delete(stream)
    for (let index = 0; index < 5; index += 1) await writeAll()
    await until(
      () =>
        manager.streams.info(stream).then(
          () => true,
          () => false,
        ),
      (isThere) => isThere,
    )
    await allHave(all, count)
  }
  await manager.consumers.delete(downStream(lowerUnit), lowerUnit)
  for (let index = 0; index < 5; index += 1) await writeAll()
  await allHave(all, count)
  expect((await manager.consumers.info(downStream(lowerUnit), lowerUnit)).num_pending).toBe(0)
  const hashes = await Promise.all(all.map(({ journal }) => journal.stateHash()))
  expect(new Set(hashes).size).toBe(1)
  await stands(lower, 'above')
})

fault('a copied data directory is another station and forks nothing', async () => {
  const [host, desk] = await centre()
  await writeMany(desk, 20)
  await allHave([host, desk], 20)
  await desk.stop()
  const folder = join(await mkdtemp(join(tmpdir(), 'wanglou-faults-')), 'copy')
  folders.push(join(folder, '..'))
  await cp(desk.directory, folder, { recursive: true })
  const [again, copy] = [await station('desk', { directory: desk.directory }), await station('copy', { directory: folder })]
  expect(again.journal.station).toBe(desk.journal.station)
  expect(copy.journal.station).not.toBe(desk.journal.station)
  await pairAll([host, again, copy])
  await again.link.start()
  await copy.link.start()
  await writeMany(again, 10)
  await writeMany(copy, 10)
  await allHave([host, again, copy], 40)
  for (const one of [host, again, copy]) {
    expect((await one.journal.waiting({ limit: 10 })).forks).toEqual([])
    expect(line(one)?.reason).toBeNull()
  }
})

/** A station whose entries we put into the stream ourselves. */
async function twin(
  host: SmallStation,
): Promise<{ author: SmallStation; send: (batch: SealedBatch | Uint8Array) => Promise<void>; batch: () => Promise<SealedBatch> }> {
  const author = await station('twin')
  await pairAll([host, author])
  const js = jetstream(nats)
  return {
    author,
    send: async (batch) => {
      const bytes = batch instanceof Uint8Array ? batch : encode({ kind: 'batch', batch, files: [] })
      await js.publish(journalSubject(upperUnit, author.journal.station), bytes)
    },
    batch: async () => {
      const batch = await author.journal.sealedBatch({ scope: 'shared', after: 0 })
      if (batch === null) throw new Error('nothing to send')
      return batch
    },
  }
}

fault('two stations that write under one identity are named, the later entry is put aside, and the others go on', async () => {
  const [host, desk] = await centre()
  const { author, send, batch } = await twin(host)
  await pairAll([desk, author])
  await write(author, 'first')
  await send(await batch())
  await allHave([host, desk], 1)
  await author.store.write((tx) => tx.run('UPDATE journal SET body = replace(body, \'"first"\', \'"other"\')'))
  const other = await batch()
  const headHash = hashAlong(other, chainStart).at(-1)?.hash ?? ''
  const key = createPrivateKey(readFileSync(join(author.directory, 'station.key')))
  await send({ ...other, seal: makeSeal({ station: other.station, scope: other.scope, seq: 1, headHash }, key) })
  for (const one of [host, desk]) {
    await until(
      () => line(one)?.reason,
      (reason) => reason === 'fork',
    )
    const { forks } = await one.journal.waiting({ limit: 10 })
    expect(forks.map(({ entry, aside }) => [entry, aside.hash])).toEqual([[`${author.journal.station}/shared/1`, headHash]])
    expect(await one.store.all('SELECT name FROM boats')).toEqual([{ name: 'first' }])
  }
  await write(desk)
  await allHave([host, desk], 2)
})

fault('a wrong password: refused, tried rarely, everything else works, and with the right one it goes on', async () => {
  const [host] = await centre()
  const file = await passwordFile('wrong')
  const refusedMs = 2_000
  const refused = await station('refused', { passwordFile: file, times: { ...times, connection: { ...connectionTimes, refusedMs } } })
  await pairAll([host, refused])
  const tries = () => server.log().split('authentication error').length - 1
  const before = tries()
  const startedAt = Date.now()
  await refused.link.start()
  await until(
    () => line(refused),
    (view) => view?.state === 'refused' && view.reason === 'credentials',
  )
  const began = performance.now()
  await write(refused)
  await write(host)
  expect(performance.now() - began).toBeLessThan(1_000)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(line(refused)).toMatchObject({ state: 'refused', waiting: 1 })
  expect(tries() - before).toBeGreaterThan(0)
  expect(tries() - before).toBeLessThanOrEqual(1 + Math.floor((Date.now() - startedAt) / refusedMs))
  await writeFile(file, 'right')
  await allHave([host, refused], 2)
  await stands(refused)
})

fault('what lay unread in a stream that was deleted comes all the same', async () => {
  const [host, desk] = await centre()
  const { send } = await twin(host)
  const lies = async () => (await manager.streams.info(centreStream(upperUnit))).state.messages
  const before = await lies()
  // The desk takes no more than one reading; whatever follows lies there unread.
  const { promise, resolve } = Promise.withResolvers<void>()
  const busy = desk.store.write(() => promise)
  for (let count = 0; count < 300; count += 1) await send(Buffer.from([2]))
  await write(host)
  await until(lies, (count) => count === before + 301)
  await manager.streams.delete(centreStream(upperUnit))
  await until(
    () => lies().catch(() => 300),
    (count) => count < 300,
  )
  resolve()
  await busy
  await allHave([host, desk], 1)
})

fault('a message of another version is named and the stream moves on', async () => {
  const [host, desk] = await centre()
  const { send } = await twin(host)
  await send(Buffer.from([2, 1, 2, 3]))
  for (const one of [host, desk])
    await until(
      () => line(one)?.reason,
      (reason) => reason === 'version',
    )
  await write(desk)
  await write(host)
  await allHave([host, desk], 2)
  expect(line(host)?.state).toBe('online')
})

fault('a clock 25 hours ahead: its entries are kept, named and wait; the stream moves on', async () => {
  const [host, desk] = [await station('host', { isHost: true }), await station('desk', { now: () => Date.now() + 25 * 3_600_000 })]
  await pairAll([host, desk])
  for (const one of [host, desk]) await one.link.start()
  const ahead = await write(desk)
  await write(host)
  await allHave([desk], 2)
  const waiting = await until(
    () => host.journal.waiting({ limit: 10 }),
    ({ total }) => total === 1,
  )
  expect(waiting.entries).toMatchObject([{ station: ahead.station, scope: 'shared', seq: 1 }])
  expect(await boats(host)).toBe(1)
  expect((await host.journal.health()).map(({ reason }) => reason)).toEqual(expect.arrayContaining(['journal.ahead', 'clock.ahead']))
  expect(await host.journal.length()).toBe(2)
})

fault('a station killed in the middle of sending and taking goes on without loss or repetition', async () => {
  const host = await station('host', { isHost: true })
  const first = await station('desk')
  await pairAll([host, first])
  const entries = 8_000
  for (let count = 0; count < entries; count += 2_000) await writeMany(first, 2_000)
  await writeMany(host, 2_000)
  await first.stop()
  await host.link.start()
  for (const share of [0.2, 0.6]) {
    const login = { user: 'station', passwordFile: await passwordFile('right') }
    const child = await StationChild.open({ name: 'desk', directory: first.directory, server: server.url, times, ...login })
    await child.ask('start', 'started')
    await until(
      () => boats(host),
      (count) => count > 2_000 + entries * share,
    )
    await child.kill()
  }
  expect(await boats(host)).toBeLessThan(2_000 + entries)
  const again = await station('desk', { directory: first.directory })
  await again.link.start()
  await allHave([host, again], 2_000 + entries)
  expect(await host.journal.stateHash()).toBe(await again.journal.stateHash())
  expect([await host.journal.length(), await again.journal.length()]).toEqual([2_000 + entries, 2_000 + entries])
  expect((await again.journal.verify()).damage).toEqual([])
})
