// A server whose disk is full: a real one whose streams lie on two megabytes; said in words, nothing lost, and with space again everything goes on.
import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { findNatsServer, type NatsServer, natsServerMissing, startNatsServer } from '../testing/nats-server.ts'
import { connectionTimes } from './nats/connection.ts'
import { quickTimes, until } from './testing/centres.ts'
import { openSmall, pairAll, smallDomain, type SmallStation } from './testing/small.ts'

const run = promisify(execFile)
const diskBytes = 2 * 1024 * 1024
const missing =
  findNatsServer() === null ? natsServerMissing : mayMount() ? null : 'a full disk: whoever runs the tests may not mount a small one (root may)'

function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-may-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    // A container may keep even root from it.
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(missing !== null)(missing ?? 'a server whose disk is full', () => {
  let disk: string
  let server: NatsServer
  let host: SmallStation
  let desk: SmallStation

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'wanglou-small-disk-'))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk])
    server = await startNatsServer({ name: 'full', domain: smallDomain, directory: disk })
    // A server that stands still is noticed by what it does not store, before it is noticed that it answers nothing at all.
    const times = { ...quickTimes, publishMs: 1_500, connection: { ...connectionTimes, ...quickTimes?.connection, pingMs: 10_000 } }
    const shared = { server: server.url, isQuick: true, times }
    host = await openSmall({ ...shared, name: 'host', isHost: true })
    desk = await openSmall({ ...shared, name: 'desk' })
    await pairAll([host, desk])
    await host.link.start()
    await desk.link.start()
    for (const one of [host, desk])
      await until(
        () => line(one)?.state,
        (state) => state === 'online',
      )
  })
  afterAll(async () => {
    await desk?.close()
    await host?.close()
    await server?.stop()
    if (disk === undefined) return
    await run('umount', [disk])
    await rm(disk, { recursive: true })
  })

  const line = (of: SmallStation) => of.link.view().links.find(({ kind }) => kind === 'centre')
  const boats = async ({ store }: SmallStation) => (await store.get<{ count: number }>('SELECT count(*) AS count FROM boats'))?.count ?? 0
  /** Of bytes that no compression makes smaller. */
  const write = (at: SmallStation, bytes: number) => {
    const row = newId()
    return at.journal.write({
      actor: 'a',
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set: { name: randomBytes(bytes).toString('base64') } }],
    })
  }

  test('is named, keeps nobody from writing, and what was written goes when there is space again', { timeout: 120_000 }, async () => {
    await write(desk, 100)
    await until(
      () => boats(host),
      (count) => count === 1,
    )
    // Somebody else's files take the space; what is left is filled by what is written.
    await writeFile(join(disk, 'ballast'), randomBytes(diskBytes - 400 * 1024))
    let written = 1
    for (; written < 30; written += 1) await write(desk, 24 * 1024)
    expect(await boats(desk)).toBe(written)
    await until(
      () => line(desk),
      (found) => found?.state === 'offline' && found.reason === 'server-stuck',
      60_000,
    )
    // Nor does it keep the other one from writing, who is told the same.
    await write(host, 100)
    written += 1
    await until(
      () => line(host)?.reason,
      (reason) => reason === 'server-stuck',
      60_000,
    )
    expect(line(desk)?.waiting).toBeGreaterThan(0)
    await rm(join(disk, 'ballast'))
    // As the words say: nats-server 2.9 stands still until it is started again.
    await server.restart()
    for (const one of [host, desk]) {
      await until(
        () => boats(one),
        (count) => count === written,
        60_000,
      )
      await until(
        () => line(one),
        (found) => found?.state === 'online' && found.reason === null && found.waiting === 0,
        60_000,
      )
    }
  })
})
