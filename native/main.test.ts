// The station as a program: one ready line, one station a directory, a clean stop, and words for every way it cannot start.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { access, chmod, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppRouter } from './app-router.ts'
import { Backups } from './store/backup.ts'
import { openTestApp } from './testing/app.ts'

/** A small file system stands for a full disk; only root, or nobody, may mount one. */
const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' }).status === 0
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return isMounted
})()

/** Root may write anywhere; whether nobody may run our Node depends on the folders above it (not below /root). */
const canRunUnprivileged = process.getuid?.() !== 0 || spawnSync(process.execPath, ['-e', ''], { uid: 65_534, stdio: 'ignore' }).status === 0

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const password = 'Xiao-lou-2026!'
let directory: string
const children: ChildProcess[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wanglou-main-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  await chmod(directory, 0o700)
  await rm(directory, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  out: () => string
  err: () => string
  /** Resolves with the exit code. */
  exit: Promise<number | null>
}

function start(args: string[], options: { uid?: number } = {}): Run {
  const child = spawn(process.execPath, [main, '--headless', '--no-sample', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '12' },
    ...options,
  })
  children.push(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, out: () => out, err: () => err, exit: once(child, 'close').then(([code]) => code as number | null) }
}

async function ready(args: string[]): Promise<Run & { url: URL }> {
  const run = start(['--data', directory, '--port', '0', ...args])
  await expect
    .poll(() => (run.child.exitCode !== null ? run.err() : run.out()), { timeout: 30_000 })
    .toMatch(/^wanglou ready http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}.*\n$/)
  return { ...run, url: new URL(run.out().slice('wanglou ready '.length).trim()) }
}

async function rpcOf(origin: string, token?: string) {
  const bearer = token ?? (await readFile(join(directory, 'bearer-token'), 'utf8')).trim()
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/rpc`, headers: { Authorization: `Bearer ${bearer}` } })] })
}

describe('a start', () => {
  it('prints exactly one line, takes the first password from a file, tells the second start where it is, and stops on SIGTERM with nothing lost', async () => {
    await writeFile(join(directory, 'password'), `${password}\n`)
    const run = await ready(['--password-file', join(directory, 'password'), '--lang', 'en'])
    expect(run.out().trim().split('\n')).toHaveLength(1)
    expect(run.url.searchParams.get('lang')).toBe('en')
    const { sessionToken } = await (await rpcOf(run.url.origin)).accounts.signIn.mutate({ login: 'admin', password })
    const admin = await rpcOf(run.url.origin, sessionToken ?? '')
    await admin.station.setSettings.mutate({ centreName: '样例市应急指挥中心' })

    const second = start(['--data', directory])
    expect(await second.exit).toBe(3)
    expect(second.out()).toBe('')
    expect(second.err()).toMatch(/望楼已在此数据目录上运行/)
    expect(second.err()).toMatch(/already running on this data directory/)
    const link = /http:\/\/\S+token=\S+/.exec(second.err())?.[0] ?? ''
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)

    const log = await readFile(join(directory, 'wanglou.log'), 'utf8')
    for (const secret of [run.url.searchParams.get('token') ?? '', sessionToken ?? '', password]) expect(log).not.toContain(secret)

    run.child.kill('SIGTERM')
    expect(await run.exit).toBe(0)
    await expect(access(join(directory, 'station.lock'))).rejects.toThrow('ENOENT')
    const again = await ready([])
    const settings = await (await rpcOf(again.url.origin, sessionToken ?? '')).station.settings.query()
    expect(settings.centreName).toBe('样例市应急指挥中心')
    again.child.kill('SIGINT')
    expect(await again.exit).toBe(0)
  })
  it('is not held up by what kill -9 left behind', async () => {
    const run = await ready([])
    run.child.kill('SIGKILL')
    await run.exit
    await access(join(directory, 'station.lock'))
    const again = await ready([])
    again.child.kill('SIGTERM')
    expect(await again.exit).toBe(0)
  })
})

describe('what cannot start says why, in both languages, and with its own exit code', () => {
  it.each([
    [['--prot', '1'], /prot/],
    [['--port', '99999'], /--port 99999/],
    [['--lang', 'fr'], /--lang fr/],
    [['--pack', '/nowhere/pack.zip'], /--pack .*ENOENT/],
  ])('options %j', async (args, words) => {
    const run = start(['--data', directory, ...args])
    expect(await run.exit).toBe(2)
    expect(run.err()).toMatch(words)
    expect(run.err()).toMatch(/可用选项/)
    expect(run.err()).toMatch(/Options:/)
    expect(run.err()).not.toMatch(/\n\s+at /)
  })
  it('a weak or missing first password, and makes no account of it', async () => {
    await writeFile(join(directory, 'password'), 'admin\n')
    const weak = start(['--data', directory, '--password-file', join(directory, 'password')])
    expect(await weak.exit).toBe(2)
    expect(weak.err()).toMatch(/too-short/)
    const missing = start(['--data', directory, '--password-file', join(directory, 'nowhere')])
    expect(await missing.exit).toBe(2)
    expect(missing.err()).toMatch(/ENOENT/)
  })
  it('a configuration it cannot use', async () => {
    await writeFile(join(directory, 'config.json'), '{"idleLockMinutes": "soon"}')
    const run = start(['--data', directory])
    expect(await run.exit).toBe(2)
    expect(run.err()).toMatch(/idleLockMinutes/)
  })
  it('a port that is taken', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const run = start(['--data', directory, '--port', String((other.address() as AddressInfo).port)])
    expect(await run.exit).toBe(8)
    expect(run.err()).toMatch(/端口 \d+ 已被占用/)
    other.close()
  })
  it.skipIf(!canRunUnprivileged)('a data directory it may not write to (skipped as root in a folder that nobody else may enter)', async () => {
    await chmod(directory, 0o555)
    // Root may write anywhere, so the station runs as nobody.
    const run = start(['--data', join(directory, 'data')], process.getuid?.() === 0 ? { uid: 65_534 } : {})
    expect(await run.exit).toBe(4)
    expect(run.err()).toMatch(/数据目录不可写/)
    expect(run.err()).toMatch(/cannot be written to/)
  })
  it.skipIf(!canMount)('a disk that is full (tmpfs of 64 KiB; skipped where nothing can be mounted)', async () => {
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]).status).toBe(0)
    try {
      const run = start(['--data', directory])
      expect(await run.exit).toBe(5)
      expect(run.err()).toMatch(/磁盘已满/)
      expect(run.err()).toMatch(/The disk is full/)
    } finally {
      spawnSync('umount', [directory])
    }
  })
  it('a database of a newer release', async () => {
    const app = await openTestApp({ directory })
    await app.store.write((tx) => tx.run("INSERT INTO _migrations (name, sha256, appliedAt) VALUES ('9999-later.sql', '', 0)"))
    await app.stop()
    const run = start(['--data', directory])
    expect(await run.exit).toBe(6)
    expect(run.err()).toMatch(/更新版本.*9999-later/)
    expect(run.err()).toMatch(/A newer Wanglou/)
  })
})

describe('a damaged database', () => {
  it('is set aside, the newest whole copy goes on, and nobody can overlook it', async () => {
    const app = await openTestApp({ directory })
    const admin = await app.as('system-admin')
    await admin.rpc.station.setSettings.mutate({ centreName: '样例市应急指挥中心' })
    await new Backups({ directory, path: app.store.path }).copy('hourly')
    await app.stop()
    const file = await open(join(directory, 'wanglou.db'), 'r+')
    await file.write(Buffer.alloc(16_384, 0x5a), 0, 16_384, 4_096)
    await file.close()

    const run = await ready([])
    expect(run.err()).toMatch(/数据库曾经损坏：原文件已移到 set-aside-/)
    expect(run.err()).toMatch(/The database was damaged: it was set aside/)
    const rpc = await rpcOf(run.url.origin, admin.token)
    const health = (await rpc.station.health.query()).health
    expect(health).toContainEqual(expect.objectContaining({ subject: 'store:restored', reason: 'store.restored' }))
    expect((await rpc.station.settings.query()).centreName).toBe('样例市应急指挥中心')
    await rpc.station.acknowledgeRestored.mutate()
    expect((await rpc.station.health.query()).health.map((one) => one.subject)).not.toContain('store:restored')
    run.child.kill('SIGTERM')
    expect(await run.exit).toBe(0)
  })
})
