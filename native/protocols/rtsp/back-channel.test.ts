// The way of sound to a camera over a real socket: found only where the camera says so, written frame by frame, ended with the session.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { readRtp, writeRtp } from '../../media/ingest/rtp.ts'
import { findTalkCodec, openBackChannel } from './back-channel.ts'
import { gstreamerMissing, hasGstreamer, startGstCamera } from './testing/gst-camera.ts'
import { FakeCamera, type FakeCameraOptions } from './fake.ts'

const login = { username: 'admin', password: 'Geheim-77' }
const cameras: FakeCamera[] = []
afterEach(async () => {
  for (const camera of cameras.splice(0)) await camera.close()
})
async function camera(options: FakeCameraOptions): Promise<FakeCamera> {
  const opened = await FakeCamera.open(options)
  cameras.push(opened)
  return opened
}
const asked = ({ address }: FakeCamera, credentials: typeof login | null = null) => ({ address, credentials, trust: null, timeoutMs: 4_000 })
/** Until nothing more has come for half a second. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); await sleep(500)) before = count()
}
const fault = (code: string) => expect.objectContaining({ fault: expect.objectContaining({ code }) as unknown })

test('only what the camera says: G.711 under its number, none, or one that no page sends', async () => {
  const told = async (options: FakeCameraOptions) => findTalkCodec(asked(await camera(options)))
  expect(await told({ backChannel: { codec: 'PCMU', payloadType: 0 } })).toBe('PCMU')
  expect(await told({ backChannel: { codec: 'PCMA', payloadType: 97 } })).toBe('PCMA')
  expect(await told({ backChannel: { codec: 'G726-16', payloadType: 98 } })).toBeNull()
  expect(await told({})).toBeNull()
  await expect(findTalkCodec({ ...asked(await camera({ silent: ['DESCRIBE'] })), timeoutMs: 300 })).rejects.toEqual(fault('no-answer'))
  await expect(findTalkCodec({ address: 'rtsp://127.0.0.1:1/x', credentials: null, trust: null, timeoutMs: 500 })).rejects.toEqual(
    fault('port-closed'),
  )
}, 20_000)

test('signed, set up on the sendonly track alone, heard packet by packet, torn down; a camera that goes ends it', async () => {
  const scheme = 'MD5' as const
  const one = await camera({ login: { ...login, scheme }, backChannel: { codec: 'PCMA', payloadType: 97 } })
  let ends = 0
  const open = () => openBackChannel({ ...asked(one, login), onEnd: () => (ends += 1) })
  const channel = await open()
  expect(channel).toMatchObject({ codec: 'PCMA', payloadType: 97 })
  for (let sequence = 0; sequence < 50; sequence += 1)
    channel.sendRtp(writeRtp({ marker: false, payloadType: 97, sequence, timestamp: sequence * 160, ssrc: 5, payload: Buffer.alloc(160, sequence) }))
  await expect.poll(() => one.sound.length).toBe(50)
  expect(one.sound.map((bytes) => readRtp(bytes)?.payload[0])).toEqual(Array.from({ length: 50 }, (_, index) => index))
  expect(one.requests.filter(({ method }) => method === 'SETUP').map(({ uri }) => uri.split('/').at(-1))).toContain('trackID=2')
  expect(one.requests.some(({ uri }) => /trackID=[01]$/.test(uri))).toBe(false)
  channel.close()
  await expect.poll(() => one.sessions).toBe(0)
  expect([one.count('TEARDOWN'), ends]).toEqual([1, 0])

  await open()
  await one.close()
  await expect.poll(() => ends).toBe(1)
})

test.skipIf(!hasGstreamer)(`GStreamer’s ONVIF server decodes every sample of it${hasGstreamer ? '' : `: skipped, ${gstreamerMissing}`}`, async () => {
  const server = await startGstCamera({ backChannel: true, login: { ...login, scheme: 'digest' } })
  try {
    const at = { address: server.address, credentials: login, trust: null, timeoutMs: 4_000 }
    expect(await findTalkCodec(at)).toBe('PCMU')
    const channel = await openBackChannel({ ...at, onEnd: () => undefined })
    let sequence = 0
    const speak = () => {
      channel.sendRtp(
        writeRtp({ marker: sequence === 0, payloadType: 0, sequence, timestamp: sequence * 160, ssrc: 5, payload: Buffer.alloc(160, 7) }),
      )
      sequence += 1
    }
    // On a busy machine it answers PLAY before it listens, and throws away what comes in between.
    await expect.poll(() => (speak(), server.heardSamples), { timeout: 30_000, interval: 20 }).toBeGreaterThan(0)
    await settled(() => server.heardSamples)
    const before = server.heardSamples
    for (let count = 0; count < 25; count += 1) speak()
    await expect.poll(() => server.heardSamples - before, { timeout: 10_000 }).toBe(25 * 160)
    channel.close()
  } finally {
    await server.kill()
  }
})
