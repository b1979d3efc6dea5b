import { afterEach, expect, test } from 'vitest'
import { StreamError } from '../../contract/index.ts'
import { writeFrame } from './codec.ts'
import { FakeCamera, type FakeCameraOptions, type FakePlay } from './fake.ts'
import { openSession, type RtspSession, type SessionOptions } from './session.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function camera(options: FakeCameraOptions = {}): Promise<FakeCamera> {
  const made = await FakeCamera.open(options)
  open.push(made)
  return made
}

async function play(fake: FakeCamera, more: Partial<SessionOptions> = {}): Promise<{ session: RtspSession; rtp: Buffer[]; ends: string[] }> {
  const rtp: Buffer[] = []
  const ends: string[] = []
  const session = await openSession({
    address: fake.address,
    credentials: null,
    trust: null,
    transports: ['tcp', 'udp'],
    timeoutMs: 5000,
    onRtp: (packet) => void rtp.push(Buffer.from(packet)),
    onRtcp: () => undefined,
    onEnd: (error) => void ends.push(error.fault.code),
    ...more,
  })
  open.push(session)
  return { session, rtp, ends }
}

async function faultOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StreamError)
  return (error as StreamError).fault.code
}

const sendTwo = (seat: FakePlay) => {
  seat.send(Buffer.from('one'))
  seat.send(Buffer.from('two'))
}

test('packets come within the connection, and RTCP goes back by it', async () => {
  const fake = await camera({ onPlay: sendTwo })
  const { session, rtp } = await play(fake)
  await expect.poll(() => rtp.map(String)).toEqual(['one', 'two'])
  session.sendRtcp(Buffer.from('report'))
  await expect.poll(() => fake.rtcp.map(String)).toEqual(['report'])
})

test('packets come by UDP where that is asked first, and each port is closed again', async () => {
  const fake = await camera({ onPlay: sendTwo })
  const { session, rtp } = await play(fake, { transports: ['udp', 'tcp'] })
  expect(session.transport).toBe('udp')
  await expect.poll(() => rtp.map(String)).toEqual(['one', 'two'])
})

test.each([['tcp', 'udp'] as const, ['udp', 'tcp'] as const])('461 to %s: the other one is taken', async (refuses, taken) => {
  const fake = await camera({ refuses, onPlay: sendTwo })
  const { session, rtp } = await play(fake, { transports: [refuses, taken] })
  expect(session.transport).toBe(taken)
  await expect.poll(() => rtp.length).toBe(2)
})

test.each(['basic', 'MD5', 'SHA-256'] as const)('login by %s, and a nonce that changes under way', async (scheme) => {
  const login = { username: 'admin', password: 'a:b"c\\d', scheme }
  const fake = await camera({ login, nonceLife: 2, onPlay: sendTwo })
  const { rtp } = await play(fake, { credentials: login })
  await expect.poll(() => rtp.length).toBe(2)
  expect(fake.requests.some(({ authorization }) => authorization !== null)).toBe(true)
})

test('a wrong password is asked twice at most, a missing one never sent', async () => {
  const login = { username: 'admin', password: 'right', scheme: 'MD5' as const }
  const fake = await camera({ login })
  expect(await faultOf(play(fake, { credentials: { username: 'admin', password: 'wrong' } }))).toBe('unauthorised')
  // Cameras lock an account after a handful of wrong passwords.
  expect(fake.requests.filter(({ authorization }) => authorization !== null).length).toBeLessThanOrEqual(2)
  expect(await faultOf(play(fake))).toBe('password-missing')
  await expect.poll(() => fake.connections).toBe(0)
})

test('kept alive with the nonce of the hour', async () => {
  const login = { username: 'admin', password: 'x', scheme: 'MD5' as const }
  const fake = await camera({ login, sessionTimeoutS: 2 })
  const { ends } = await play(fake, { credentials: login })
  fake.nonce = 'another'
  await expect.poll(() => fake.count('GET_PARAMETER'), { timeout: 10_000 }).toBeGreaterThanOrEqual(3)
  expect(ends).toEqual([])
})

test('a redirect is followed; a circle is not', async () => {
  const there = await camera({ redirect: '/elsewhere', onPlay: sendTwo })
  const { rtp } = await play(there)
  await expect.poll(() => rtp.length).toBe(2)
  const round = await camera({ describeWith: (socket) => socket.write(`RTSP/1.0 302 Moved\r\nCSeq: 2\r\nLocation: ${round.address}\r\n\r\n`) })
  expect(await faultOf(play(round))).toBe('redirect-loop')
  await expect.poll(() => round.connections).toBe(0)
})

test.each([
  ['no such stream', { status: { DESCRIBE: 404 } }, 'no-such-stream'],
  ['forbidden', { status: { DESCRIBE: 403 } }, 'forbidden'],
  ['no more streams', { status: { SETUP: 453 } }, 'busy'],
  ['an error of its own', { status: { PLAY: 500 } }, 'server-error'],
  ['both transports refused', { status: { SETUP: 461 } }, 'transport-refused'],
  ['no answer', { silent: ['DESCRIBE'] }, 'no-answer'],
  ['a description that is none', { description: 'hello' }, 'description-invalid'],
  ['sound only', { description: 'v=0\r\nm=audio 0 RTP/AVP 8\r\n' }, 'no-video'],
  [
    '100 MB of description',
    { describeWith: (socket) => socket.write('RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 104857600\r\n\r\n') },
    'answer-too-large',
  ],
  [
    'an endless header',
    { describeWith: (socket) => socket.write(`RTSP/1.0 200 OK\r\n${'X-A: bbbbbbbbbbbbbbbb\r\n'.repeat(5000)}`) },
    'answer-too-large',
  ],
  ['a web page', { describeWith: (socket) => socket.write('<html>'.repeat(30_000)) }, 'not-the-protocol'],
  ['a hang-up', { describeWith: (socket) => socket.destroy() }, 'connection-lost'],
] satisfies [string, FakeCameraOptions, string][])('%s: said as what it is, and nothing stays open', async (_, options: FakeCameraOptions, code) => {
  const fake = await camera(options)
  expect(await faultOf(play(fake, { timeoutMs: 1000 }))).toBe(code)
  await expect.poll(() => fake.connections).toBe(0)
})

test('nobody there, no such name, no address', async () => {
  const gone = await FakeCamera.open()
  const { address } = gone
  await gone.close()
  const plain = await camera()
  expect(await faultOf(play(plain, { address }))).toBe('port-closed')
  expect(await faultOf(play(plain, { address: 'rtsp://no-such-camera.invalid/live' }))).toBe('name-unresolved')
  expect(await faultOf(play(plain, { address: 'http://127.0.0.1/live' }))).toBe('address-invalid')
  expect(await faultOf(play(plain, { address: plain.address.replace('rtsp:', 'rtsps:'), timeoutMs: 2000 }))).toMatch(
    /not-the-protocol|connection-lost|connect-timeout/,
  )
})

test('half a frame, then the end: said once', async () => {
  const fake = await camera({
    onPlay(seat) {
      seat.send(Buffer.from('whole'))
      seat.write(writeFrame(0, Buffer.alloc(1000)).subarray(0, 100))
      setTimeout(() => seat.drop(), 50)
    },
  })
  const { rtp, ends } = await play(fake)
  await expect.poll(() => ends).toEqual(['connection-lost'])
  expect(rtp.map(String)).toEqual(['whole'])
})

test('closed by us: TEARDOWN, and no word of an end', async () => {
  const fake = await camera()
  const { session, ends } = await play(fake)
  expect(fake.sessions).toBe(1)
  session.close()
  await expect.poll(() => fake.connections).toBe(0)
  expect(fake.count('TEARDOWN')).toBe(1)
  expect(fake.sessions).toBe(0)
  expect(ends).toEqual([])
})

test('no password in the error of any hop', async () => {
  const login = { username: 'admin', password: 'Geheim-77', scheme: 'SHA-256' as const }
  const fake = await camera({ login: { ...login, password: 'other' } })
  const error = await play(fake, { credentials: login }).catch((thrown: unknown) => thrown)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Geheim-77')
})
