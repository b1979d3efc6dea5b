// A Hikvision controller in this process that asks for HTTP Digest.
import { createHash } from 'node:crypto'
import { type FakeDevice, type FakeHttpAnswer, type FakeMood, openHttpFake } from '../display/fake.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const document =
  '<?xml version="1.0"?><DeviceInfo version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><deviceName>B20</deviceName><model>DS-B20</model><serialNumber>0001</serialNumber></DeviceInfo>'

export function openFakeIsapi({ mood, password = 'Hik-2026' }: { mood: FakeMood; password?: string }): Promise<FakeDevice> {
  return openHttpFake(mood, (request): FakeHttpAnswer => {
    const given = request.headers.authorization ?? ''
    const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? ''
    const expected = md5(
      `${md5(`admin:isapi:${password}`)}:n1:${field('nc')}:${field('cnonce')}:auth:${md5(`${request.method ?? ''}:${request.url ?? ''}`)}`,
    )
    if (field('response') !== expected)
      return { status: 401, headers: { 'WWW-Authenticate': 'Digest realm="isapi", nonce="n1", qop="auth"' }, body: '' }
    return mood.isRefusing ? { status: 403, body: '' } : { status: 200, headers: { 'Content-Type': 'application/xml' }, body: document }
  })
}
