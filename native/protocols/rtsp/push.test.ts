// Sound pushed to a media server over a real socket: announced, recorded, torn down; ffmpeg, as another maker's server, decodes every sample of it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { writeRtp } from '../../media/ingest/rtp.ts'
import { ffmpegMissing, hasFfmpeg } from '../../media/testing/clock-film.ts'
import { freePort } from '../../media/testing/free-port.ts'
import { FakeCamera, type FakeCameraOptions } from './fake.ts'
import { openPush } from './push.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
async function server(options: FakeCameraOptions = {}): Promise<FakeCamera> {
  const opened = await FakeCamera.open(options)
  closers.push(() => opened.close())
  return opened
}
const pushTo = (address: string, onEnd = () => undefined as void) =>
  openPush({ address, credentials: null, trust: null, timeoutMs: 4_000, codec: 'PCMA', onEnd })
const packet = (sequence: number) =>
  writeRtp({
    marker: sequence === 0,
    payloadType: 8,
    sequence,
    timestamp: sequence * 160,
    ssrc: 5,
    payload: Buffer.alloc(160, 0x55 + (sequence % 2)),
  })

test('announced and recorded at the address with its signature, torn down; a server that goes ends it, one that refuses is named', async () => {
  const one = await server()
  let ends = 0
  const address = `rtsp://127.0.0.1:${one.port}/broadcast/device_channel?sign=abc`
  const channel = await pushTo(address, () => (ends += 1))
  expect(channel).toMatchObject({ codec: 'PCMA', payloadType: 8 })
  for (let sequence = 0; sequence < 50; sequence += 1) channel.sendRtp(packet(sequence))
  await expect.poll(() => one.sound.length).toBe(50)
  expect(one.requests.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
    `ANNOUNCE ${address}`,
    `SETUP ${address}/streamid=0`,
    `RECORD ${address}`,
  ])
  expect(one.requests[1]?.transport).toBe('RTP/AVP/TCP;unicast;interleaved=0-1;mode=record')
  channel.close()
  await expect.poll(() => [one.sessions, one.count('TEARDOWN'), ends]).toEqual([0, 1, 0])

  await pushTo(address, () => (ends += 1))
  await one.close()
  await expect.poll(() => ends).toBe(1)
  const closed = await server({ status: { ANNOUNCE: 403 } })
  await expect(pushTo(closed.address)).rejects.toMatchObject({ fault: { code: 'forbidden' } })
  await expect.poll(() => closed.connections).toBe(0)
})

test.skipIf(!hasFfmpeg)(`ffmpeg hears it${hasFfmpeg ? '' : `: skipped, ${ffmpegMissing}`}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-push-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const [port, heard] = [await freePort(), join(folder, 'heard.al')]
  const address = `rtsp://127.0.0.1:${port}/broadcast/device_channel`
  const child = spawn('ffmpeg', ['-v', 'error', '-rtsp_flags', 'listen', '-i', address, '-c', 'copy', '-f', 'alaw', heard], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  closers.push(async () => {
    child.kill('SIGKILL')
    await gone
  })
  const channel = await vi.waitFor(() => pushTo(address), { timeout: 10_000 })
  for (let sequence = 0; sequence < 25; sequence += 1) channel.sendRtp(packet(sequence))
  // It reads a while to know what comes; what was read is written when the sender is gone.
  channel.close()
  await gone
  const samples = await readFile(heard)
  expect([samples.length, new Set(samples)]).toEqual([25 * 160, new Set([0x55, 0x56])])
})
