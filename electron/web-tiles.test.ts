// Which addresses are this machine, in every way they are written.
import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { isThisMachine, isWallPage, mayWebTileFetch } from './web-tiles.ts'

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '169.254.169.254',
  '239.1.1.1',
  '::1',
  '::',
  'fe80::1%eth0',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  'none',
])('%s is this machine, or a link alone', (address) => {
  expect(isThisMachine(address)).toBe(true)
})
test('so is whatever address it has on a network', () => {
  for (const { address } of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) expect(isThisMachine(address)).toBe(true)
})
test.each(['203.0.113.9', '192.0.2.77', '10.255.255.1', '2001:db8::9'])('%s is another one', (address) => {
  expect(isThisMachine(address)).toBe(false)
})
test('numbers that the browser reads as loopback are loopback', async () => {
  const asked = { resourceType: 'xhr', frame: null }
  const resolve = () => Promise.resolve(['203.0.113.9'])
  for (const url of ['http://2130706433/', 'http://0x7f.1/', 'http://[::1]/', 'http://a.localhost/', 'http://127.1:4711/'])
    expect([url, await mayWebTileFetch({ ...asked, url }, { origin: null, resolve })]).toEqual([url, false])
  expect(await mayWebTileFetch({ ...asked, url: 'http://weather.example/' }, { origin: null, resolve })).toBe(true)
})
test('a wall page is ours and nothing else', () => {
  const own = 'http://127.0.0.1:4711'
  const id = '018f0000-0000-7000-8000-000000000001'
  expect(isWallPage(`${own}/wall/${id}`, own)).toBe(true)
  for (const url of [`${own}/wall/`, `${own}/wall/${id}/x`, `http://127.0.0.1:4712/wall/${id}`, '']) expect(isWallPage(url, own)).toBe(false)
})
