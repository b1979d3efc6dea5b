// Nothing inside the house can be reached by naming it, by redirecting to it, or by a name that resolves to it.
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { type FakeSource, openFakeSource } from './fixtures.ts'
import { fetchOutside, isPublicAddress } from './outside.ts'

const sources: FakeSource[] = []
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close()
})
async function open(answer: FakeSource['answer']): Promise<FakeSource> {
  const source = await openFakeSource(answer)
  sources.push(source)
  return source
}
const plain = { limitBytes: 1000, timeoutMs: 2000 }

test.each([
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'localhost',
  '',
])('%s is inside', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['1.1.1.1', '114.114.114.114', '172.15.255.255', '172.32.0.1', '2400:3200::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('no IPv4 of the private nets passes, however it is embedded', () => {
  fc.assert(
    fc.property(fc.nat(0xffffff), (rest) => {
      const address = `10.${rest >> 16}.${(rest >> 8) & 255}.${rest & 255}`
      expect(isPublicAddress(address)).toBe(false)
      expect(isPublicAddress(`::ffff:${address}`)).toBe(false)
    }),
  )
})

test('a loopback source is refused before anything is sent, unless an administrator entered it', async () => {
  const source = await open(() => ({ status: 200, body: 'tile' }))
  const port = new URL(source.url).port
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0x7f000001', '2130706433', '127.1']) {
    await expect(fetchOutside(`http://${host}:${port}/`, { ...plain, isTrusted: false })).rejects.toMatchObject({ fault: 'refused-address' })
  }
  expect(source.asked).toEqual([])
  expect(await fetchOutside(source.url, { ...plain, isTrusted: true })).toMatchObject({ status: 200, body: Buffer.from('tile') })
})

test('only http and https, and whole addresses', async () => {
  for (const address of ['file:///etc/passwd', 'ftp://a/b', 'gopher://a', 'nonsense', 'data:text/plain,x']) {
    await expect(fetchOutside(address, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'bad-address' })
  }
})

test('redirects are followed three times, judged each time, and lose the key on another host', async () => {
  const other = await open(() => ({ status: 200, body: 'there' }))
  const source = await open((path) =>
    path === '/loop'
      ? { status: 302, headers: { Location: '/loop' } }
      : path === '/file'
        ? { status: 302, headers: { Location: 'file:///etc/passwd' } }
        : { status: 302, headers: { Location: `${other.url}/x` } },
  )
  expect((await fetchOutside(`${source.url}/go`, { ...plain, isTrusted: true })).body.toString()).toBe('there')
  await expect(fetchOutside(`${source.url}/loop`, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'too-many-redirects' })
  await expect(fetchOutside(`${source.url}/file`, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'bad-address' })
})

test('too much, too slow, cut off, nobody there', async () => {
  const source = await open((path) => (path === '/big' ? { status: 200, body: Buffer.alloc(5000) } : path === '/slow' ? 'hang' : 'cut'))
  await expect(fetchOutside(`${source.url}/big`, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'too-large' })
  await expect(fetchOutside(`${source.url}/slow`, { ...plain, timeoutMs: 150, isTrusted: true })).rejects.toMatchObject({ fault: 'timeout' })
  await expect(fetchOutside(`${source.url}/cut`, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'unreachable' })
  await source.close()
  await expect(fetchOutside(source.url, { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'unreachable' })
  await expect(fetchOutside('http://nobody.invalid/', { ...plain, isTrusted: true })).rejects.toMatchObject({ fault: 'no-name' })
})
