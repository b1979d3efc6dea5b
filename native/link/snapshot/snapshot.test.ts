// A console that joins its centre begins with the centre's data: signed, without anything that is the host's own, and with all that it had written itself.
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { findNatsServer, type NatsServer, natsServerMissing, startNatsServer } from '../../testing/nats-server.ts'
import { openSmall, smallDomain, type SmallOptions, type SmallStation } from '../testing/small.ts'
import { until } from '../testing/until.ts'
import { Connection } from '../../store/database.ts'
import { adoptSnapshot } from './adopt.ts'
import { isManifestGood } from './manifest.ts'
import { Offering } from './offering.ts'

const isMissing = findNatsServer() === null
const hostSecret = 'the-hosts-own-secret'

describe.skipIf(isMissing)(isMissing ? natsServerMissing : 'a snapshot for a console that joins', () => {
  let server: NatsServer
  const opened: SmallStation[] = []

  beforeEach(async () => {
    server = await startNatsServer({ name: 'snapshot', domain: smallDomain })
  })
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close()
    await server.stop()
  })

  const open = async (options: Omit<SmallOptions, 'server'>) => {
    const station = await openSmall({ server: server.url, snapshotFromEntries: -1_000, isQuick: true, ...options })
    opened.push(station)
    return station
  }
  const write = (station: SmallStation, name: string) => {
    const row = newId()
    const subject = { dataset: 'boats', row }
    return station.journal.write({ actor: 'someone', action: 'boats.write', subject, rows: [{ ...subject, set: { name } }] })
  }
  const names = async ({ store }: SmallStation) => (await store.all<{ name: string }>('SELECT name FROM boats ORDER BY name')).map(({ name }) => name)

  /** A host with boats and secrets, a desk with boats and a session of its own; paired, and the snapshot ready at the desk. */
  async function joined() {
    const host = await open({ name: 'host', isHost: true })
    for (let index = 0; index < 40; index += 1) await write(host, `host ${index}`)
    await host.journal.write({
      actor: 'host',
      action: 'link.package',
      subject: { dataset: 'boats', row: newId() },
      rows: [],
      scope: 'self',
      note: { said: hostSecret },
    })
    await host.store.write(async (tx) => {
      await tx.run('INSERT INTO form_drafts (account, form, body, updatedAt) VALUES (?, ?, ?, 1)', ['host', 'form', hostSecret])
      await tx.run("INSERT INTO secret_sessions (id, tokenHash, createdAt, lastActiveAt) VALUES ('h', ?, 1, 1)", [hostSecret])
    })
    const desk = await open({ name: 'desk' })
    for (let index = 0; index < 5; index += 1) await write(desk, `desk ${index}`)
    await desk.store.write((tx) => tx.run("INSERT INTO secret_sessions (id, tokenHash, createdAt, lastActiveAt) VALUES ('d', 'the-desks-own', 1, 1)"))
    await host.link.start()
    await desk.link.start()
    await until(
      () => desk.link.view(),
      ({ links }) => links[0]?.state === 'online',
    )
    await desk.link.join(host.link.beginPairing().code, 'centre')
    await until(
      () => desk.link.view(),
      ({ joining }) => joining?.state === 'ready',
      20_000,
    )
    return { host, desk }
  }
  async function reopened(desk: SmallStation) {
    await desk.stop()
    const again = await open({ name: 'desk', directory: desk.directory })
    await again.link.start()
    return again
  }

  test('the next start has the centre’s data, its own entries, its own name; the tail comes by the line', { timeout: 60_000 }, async () => {
    const { host, desk } = await joined()
    const before = desk.journal.station
    expect(desk.link.view().joining).toMatchObject({ state: 'ready', entries: expect.any(Number) })
    expect(await desk.link.adopt()).toBe(true)
    // Written after the snapshot was made, on both sides.
    await write(desk, 'desk late')
    await write(host, 'host late')
    const again = await reopened(desk)
    expect(again.errors).toEqual([])
    expect(again.journal.station).toBe(before)
    const all = await until(
      () => names(again),
      (found) => found.length === 47,
      20_000,
    )
    expect(all).toContain('desk late')
    expect(all).toContain('host late')
    await until(
      () => names(host),
      (found) => found.length === 47,
      20_000,
    )
    expect(await again.journal.stateHash()).toBe(await host.journal.stateHash())
    expect((await again.journal.verify()).damage).toEqual([])
    // Its chain goes on without a fork.
    await write(again, 'desk afterwards')
    await until(
      () => names(host),
      (found) => found.includes('desk afterwards'),
      20_000,
    )
    expect(await host.store.all('SELECT * FROM journal_forks')).toEqual([])
    expect(again.link.view().joining).toBeNull()
    expect(existsSync(join(desk.directory, 'joining'))).toBe(false)
    expect((await readdir(desk.directory)).some((name) => name.startsWith('set-aside-'))).toBe(true)
  })

  test('nothing of the host’s own is in it, not even in free pages; what is the desk’s stays', { timeout: 60_000 }, async () => {
    const { host, desk } = await joined()
    const bytes = await readFile(join(desk.directory, 'joining', 'wanglou.db'))
    expect(bytes.includes('host 39')).toBe(true)
    expect(bytes.includes(hostSecret)).toBe(false)
    await desk.link.adopt()
    const again = await reopened(desk)
    expect(await again.store.all('SELECT id FROM secret_sessions')).toEqual([{ id: 'd' }])
    expect(await again.store.all("SELECT 1 FROM journal WHERE scope = 'self' AND station = ?", [host.journal.station])).toEqual([])
    expect((await again.store.all<{ station: string }>('SELECT station FROM journal_incarnations')).map(({ station }) => station)).toEqual([
      desk.journal.station,
    ])
    // The host's stream is read on from where the snapshot stood, not from its beginning.
    expect((await again.store.get<{ seq: number }>('SELECT seq FROM link_positions'))?.seq).toBeGreaterThan(0)
  })

  test('without a word to adopt it, nothing changes; a second start throws it away', { timeout: 60_000 }, async () => {
    const { desk } = await joined()
    const again = await reopened(desk)
    expect(again.link.view().joining?.state).not.toBe('ready')
    expect((await readdir(desk.directory)).some((name) => name.startsWith('set-aside-'))).toBe(false)
    expect(
      (
        await until(
          () => names(again),
          (found) => found.length === 45,
          20_000,
        )
      ).length,
    ).toBe(45)
  })

  /** What lies on the disk when the power goes at each step of the taking over. */
  const cuts: Record<string, (directory: string) => Promise<void>> = {
    'while its own entries are written out': (directory) => writeFile(join(directory, 'joining', 'own.jsonl'), '{"station":"ha'),
    'after the former database was set aside, before what belongs to it was': async (directory) => {
      await adoptSnapshot({ directory, now: 1, onError: (error) => expect.unreachable(String(error)) })
      await rename(join(directory, 'wanglou.db'), join(directory, 'joining', 'wanglou.db'))
      await writeFile(join(directory, 'wanglou.db-wal'), 'of the former one')
    },
    'before the new one has its name': async (directory) => {
      await adoptSnapshot({ directory, now: 1, onError: (error) => expect.unreachable(String(error)) })
      await rename(join(directory, 'wanglou.db'), join(directory, 'joining', 'wanglou.db'))
    },
    'before its own entries are in again': async (directory) => {
      await adoptSnapshot({ directory, now: 1, onError: (error) => expect.unreachable(String(error)) })
    },
  }

  test('cut off at any step, the next start goes on', { timeout: 60_000 }, async () => {
    const { host, desk } = await joined()
    await desk.link.adopt()
    await desk.stop()
    for (const [when, cut] of Object.entries(cuts)) {
      const directory = `${desk.directory}-cut`
      await cp(desk.directory, directory, { recursive: true })
      await cut(directory)
      const again = await open({ name: 'desk', directory })
      await again.link.start()
      await until(
        () => names(again),
        (found) => found.length === 45,
        20_000,
      )
      expect(await again.journal.stateHash(), when).toBe(await host.journal.stateHash())
      expect(again.errors, when).toEqual([])
      await again.stop()
      await rm(directory, { recursive: true })
    }
  })

  test('a former database that cannot be read stays where it is', { timeout: 60_000 }, async () => {
    const { desk } = await joined()
    await desk.link.adopt()
    await desk.stop()
    const path = join(desk.directory, 'wanglou.db')
    const whole = await readFile(path)
    const connection = await Connection.open(path, { isReadOnly: false })
    await connection.run("UPDATE journal SET body = replace(body, 'desk 3', 'desk X') WHERE station = ?", [desk.journal.station])
    await connection.close()
    const errors: unknown[] = []
    expect(await adoptSnapshot({ directory: desk.directory, now: 1, onError: (error) => errors.push(error) })).toBeNull()
    expect(String(errors[0])).toContain('damaged')
    expect((await readFile(path)).byteLength).toBe(whole.byteLength)
    expect(existsSync(join(desk.directory, 'joining'))).toBe(false)
  })

  test('an offer that another one has signed is not taken', { timeout: 60_000 }, async () => {
    const host = await open({ name: 'host', isHost: true })
    const desk = await open({ name: 'desk' })
    const timing = { now: Date.now, after: () => () => undefined }
    const options = { station: host.journal.station, unit: '610500', path: host.store.path, directory: host.directory, blobs: host.blobs, timing }
    const offering = new Offering({ ...options, sign: (bytes) => desk.journal.sign(bytes) })
    const offer = await offering.offer()
    expect(isManifestGood(offer, host.journal.publicKey)).toBe(false)
    expect(isManifestGood(offer, desk.journal.publicKey)).toBe(true)
    expect(isManifestGood({ ...offer, manifest: { ...offer.manifest, entries: 7 } }, desk.journal.publicKey)).toBe(false)
    await offering.stop()
    expect(await host.blobs.has(offer.manifest.sha256)).toBe(false)
  })
})
