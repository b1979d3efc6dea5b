// The small things everything stands on: the log that rotates, the machine's key, the configuration, the lock of a data directory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { DirectoryLock } from './directory-lock.ts'
import { openLog, RotatingFile } from './log.ts'
import { MachineKey } from './machine-key.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wanglou-kernel-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('the log', () => {
  it('begins anew when full and keeps five files', async () => {
    const file = new RotatingFile({ path: join(directory, 'x.log'), limitBytes: 100 })
    for (let line = 0; line < 60; line += 1) file.write(`${String(line).padStart(29, '0')}\n`)
    file.close()
    expect((await readdir(directory)).sort()).toEqual(['x.log', 'x.log.1', 'x.log.2', 'x.log.3', 'x.log.4'])
    for (const name of await readdir(directory)) expect((await stat(join(directory, name))).size).toBeLessThanOrEqual(100)
    expect(await readFile(join(directory, 'x.log'), 'utf8')).toContain('59\n')
  })
  it('says nothing of secrets and is read by the owner alone', async () => {
    const { log, close } = openLog({ directory, level: 'info' })
    log.info({ password: 'hunter2-A', token: 'tok-B', deep: { authorization: 'auth-C', pin: 'pin-D' } }, 'signed in')
    close()
    const text = await readFile(join(directory, 'wanglou.log'), 'utf8')
    expect(text).toContain('signed in')
    for (const secret of ['hunter2-A', 'tok-B', 'auth-C', 'pin-D']) expect(text).not.toContain(secret)
    expect((await stat(join(directory, 'wanglou.log'))).mode & 0o777).toBe(0o600)
  })
  it('counts what it cannot write instead of stopping the work', () => {
    const file = new RotatingFile({ path: '/dev/full', limitBytes: 1_000 })
    file.write('lost\n')
    expect(file.state.lost).toBe(1)
    file.close()
  })
})

describe("the machine's key", () => {
  it('opens what it sealed, for the same purpose, on this machine only', async () => {
    const key = await MachineKey.open(directory)
    const sealed = key.seal('secret 密钥', 'layers:tianditu')
    expect(sealed).not.toContain('secret')
    expect((await MachineKey.open(directory)).unseal(sealed, 'layers:tianditu')).toBe('secret 密钥')
    expect(key.unseal(sealed, 'layers:other')).toBeNull()
    expect(
      key.unseal(
        sealed.replace(/.(?=.{4}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
        'layers:tianditu',
      ),
    ).toBeNull()
    expect(key.unseal('nonsense', 'x')).toBeNull()
    const elsewhere = await mkdtemp(join(tmpdir(), 'wanglou-kernel-'))
    expect((await MachineKey.open(elsewhere)).unseal(sealed, 'layers:tianditu')).toBeNull()
    await rm(elsewhere, { recursive: true })
  })
  it('refuses a damaged key in words', async () => {
    await writeFile(join(directory, 'machine-key'), 'short')
    await expect(MachineKey.open(directory)).rejects.toThrow('machine-key is damaged')
  })
})

describe('config.json', () => {
  it('is optional, complete by itself and strict', async () => {
    expect(await readConfig(directory)).toMatchObject({ port: 0, idleLockMinutes: 15, lockoutMinutes: 30 })
    await writeFile(join(directory, 'config.json'), '{"idleLockMinutes": 5}')
    expect((await readConfig(directory)).idleLockMinutes).toBe(5)
    for (const text of ['{', '[]', '{"idleLockMinutes": 0}', '{"idelLockMinutes": 5}', '{"port": 70000}', 'null']) {
      await writeFile(join(directory, 'config.json'), text)
      await expect(readConfig(directory), text).rejects.toThrow(ConfigError)
    }
  })
})

describe('the lock of a data directory', () => {
  it('is held by one, named, and free again after a release', () => {
    const lock = DirectoryLock.take(directory)
    expect(lock).toBeInstanceOf(DirectoryLock)
    expect(DirectoryLock.take(directory)).toMatchObject({ pid: process.pid, origin: null })
    ;(lock as DirectoryLock).setOrigin('http://127.0.0.1:1')
    expect(DirectoryLock.take(directory)).toMatchObject({ origin: 'http://127.0.0.1:1' })
    ;(lock as DirectoryLock).release()
    expect(DirectoryLock.take(directory)).toBeInstanceOf(DirectoryLock)
  })
  it('does not outlive kill -9, nor a process that has got the same number since', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    const path = join(directory, 'station.lock')
    await writeFile(path, JSON.stringify({ pid: child.pid, startedAs: 'another boot/1', origin: null }))
    const first = DirectoryLock.take(directory)
    expect(first).toBeInstanceOf(DirectoryLock)
    ;(first as DirectoryLock).release()
    await writeFile(path, JSON.stringify({ pid: child.pid, startedAs: null, origin: null }))
    expect(DirectoryLock.take(directory)).toMatchObject({ pid: child.pid })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(DirectoryLock.take(directory)).toBeInstanceOf(DirectoryLock)
  })
  it('is not fooled by a torn lock file', async () => {
    await writeFile(join(directory, 'station.lock'), '{"pid":')
    expect(DirectoryLock.take(directory)).toBeInstanceOf(DirectoryLock)
  })
})
