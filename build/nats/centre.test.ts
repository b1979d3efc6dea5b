// What `npm run nats` takes and writes; that the servers then behave is shown in native/link/nats-permissions.test.ts.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { onPath } from '../programs.mjs'
import { writeCentre } from './centre.mjs'
import { readNatsOptions } from './options.mjs'
import { fill } from './template.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanglou-nats-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function options(text: string) {
  const read = readNatsOptions(text.split(' '), folder)
  if (read === null) throw new Error('help was asked for')
  return read
}
const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8')

describe('options', () => {
  test.each([
    ['county --unit 610502 --name 临渭区 --out x --bellow 1', '--bellow'],
    ['county --unit 610502 --name 临渭区 --out x --below 610503', '县级不接受下级'],
    ['town --unit 610502 --name 临渭区 --out x', '级别'],
    ['county --unit 6105.02 --name 临渭区 --out x', '--unit'],
    ['county --unit 610502 --out x', '缺 --name'],
    ['city --unit 610500 --name 渭南市 --out x --below 610500', '自己'],
    ['city --unit 610500 --name 渭南市 --out x --port 99999', '--port'],
    ['city --unit 610500 --name 渭南市 --out x --above-domain c610500', '每级必须不同'],
    ['city --unit 610500 --name 渭南市 --out x --consoles desk1,host', 'host'],
    ['city --unit 610500 --name', '--name'],
  ])('%s is refused and names what is wrong', (text, named) => {
    expect(() => options(text)).toThrow(named)
  })
})

test('the template repeats a section, leaves one out and refuses a value nobody gave', () => {
  const parts = (name: string) => `part ${name} {{a}}\n`
  expect(
    fill('{{> one}}\n{{#each}}\n  {{b}} of {{a}}\n{{/each}}\n{{#none}}\ngone\n{{/none}}\n', { a: 1, each: [{ b: 2 }, { b: 3 }], none: null }, parts),
  ).toBe('part one 1\n  2 of 1\n  3 of 1\n')
  expect(() => fill('{{c}}', {}, parts)).toThrow('c')
})

test('passwords are made once, are different and only their owner reads them', async () => {
  const city = 'city --unit 610500 --name 渭南市 --out city --consoles desk1,desk2 --below 610502'
  await writeCentre(options(city))
  const [first, secrets] = [await read('city', 'nats-server.conf'), await read('city', 'secrets.json')]
  const passwords = Object.values(JSON.parse(secrets).passwords as Record<string, string>)
  expect(new Set(passwords).size).toBe(5)
  expect(passwords.every((password) => Buffer.from(password, 'base64url').length === 32)).toBe(true)
  await writeCentre(options(city))
  expect(await read('city', 'nats-server.conf')).toBe(first)
  await writeCentre(options(`${city},610521`))
  expect(await read('city', 'nats-server.conf')).toContain(JSON.parse(secrets).passwords['below/610502'])
  if (process.platform === 'win32') return
  for (const entry of await readdir(join(folder, 'city'), { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name))
    if (!entry.name.endsWith('.srl')) expect([entry.name, mode & 0o077]).toEqual([entry.name, 0])
  }
})

test.skipIf(onPath('openssl') === null)('with --console-tls every station has a certificate of its own', async () => {
  await writeCentre(options('county --unit 610502 --name 临渭区 --out county --consoles desk1 --address 10.1.2.3 --console-tls'))
  expect(await read('county', 'nats-server.conf')).toContain('verify: true')
  expect(JSON.parse(await read('county', 'stations', 'desk1', 'link.json')).centre).toEqual({
    servers: ['tls://10.1.2.3:4222'],
    user: 'desk1',
    passwordFile: 'password',
    inboxPrefix: '_INBOX_610502',
    tls: { ca: 'ca.pem', certificate: 'client.pem', key: 'client-key.pem' },
  })
  expect(await read('county', 'stations', 'desk1', 'client.pem')).not.toBe(await read('county', 'stations', 'host', 'client.pem'))
})

test.skipIf(onPath('openssl') === null)("what a centre hands over opens the line of the centre it is for and nobody else's", async () => {
  const address = '--address 10.1.2.3,nats.example'
  await writeCentre(options(`city --unit 610500 --name 渭南市 --out city --below 610502 ${address}`))
  const mine = `--unit 610502 --name 临渭区 --out county`
  const waiting = await writeCentre(options(`county ${mine} --above nats-leaf://10.1.2.3:7422 --above-domain c610500`))
  expect(waiting.join()).toContain('还没有上级的材料')
  expect(await read('county', 'nats-server.conf')).not.toContain('remotes')
  await writeCentre(options(`county ${mine} --from-above city/below/610502`))
  const { password } = JSON.parse(await read('city', 'below', '610502', 'above.json'))
  expect(await read('county', 'nats-server.conf')).toContain(`nats-leaf://610502:${password}@10.1.2.3:7422`)
  await expect(writeCentre(options('county --unit 610521 --name 大荔县 --out other --from-above city/below/610502'))).rejects.toThrow('610502')
  // A second run without the folder goes on as before; a moved server gets a new certificate of the same authority.
  const [certificate, authority] = [await read('city', 'tls', 'server.pem'), await read('city', 'tls', 'ca.pem')]
  await writeCentre(options(`city --unit 610500 --name 渭南市 --out city --below 610502 --address 10.9.9.9`))
  expect(await read('city', 'tls', 'server.pem')).not.toBe(certificate)
  expect(await read('city', 'tls', 'ca.pem')).toBe(authority)
  await writeCentre(options(`county ${mine}`))
  expect(await read('county', 'nats-server.conf')).toContain(password)
})
