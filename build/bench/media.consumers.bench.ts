// What one viewer costs the SFU: processor time of its workers alone, as the system counts it, over viewers times seconds; on one worker and on two.
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer, Router } from 'mediasoup/types'
import { findProgram } from '../../native/kernel/binaries.ts'
import { testSfu } from '../../native/media/testing/worker.ts'
import { cpuSecondsOf } from './media/processes.ts'
import type { BenchResult } from './run.ts'

const consumers = 80
const seconds = 10
const nominalBps = 800_000

export default async function mediaConsumers(): Promise<BenchResult[]> {
  const one = await measure(1)
  const two = await measure(2)
  const result = (bench: string, value: number, baseline: number | null): BenchResult => ({
    ...{
      bench,
      value,
      unit: 'CPU-s per consumer-second, 0.8 Mb/s VP8 over SRTP',
      baseline,
      ratio: baseline === null ? null : value / baseline,
      n: consumers,
    },
  })
  return [result('media.consumers.one', one, null), result('media.consumers.two', two, one)]
}

async function measure(workerCount: number): Promise<number> {
  const sfu = testSfu({ workerCount })
  await sfu.start()
  const sink = createSocket('udp4')
  await new Promise<void>((resolve) => sink.bind(0, '127.0.0.1', resolve))
  let source: ChildProcess | null = null
  try {
    const routers = await Promise.all(Array.from({ length: workerCount }, () => sfu.router()))
    const [first] = routers
    if (first === undefined) throw new Error('no router')
    const plain = await sfu.plainTransport(first, { rtcpMux: true })
    const producer = await plain.produce({
      kind: 'video',
      rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc: 8_001 }] },
    })
    source = generator(plain.tuple.localPort)
    const producers = await Promise.all(routers.map((to) => sfu.pipe({ producerId: producer.id, from: first, to })))
    const views = Array.from({ length: consumers }, (_, index) => index % workerCount)
    const seen = await Promise.all(views.map((at) => view(routers[at]!, producers[at]!, sink.address().port)))
    await sleep(3_000)
    const before = { cpuS: await cpuSecondsOf(sfu.pids), bytes: await bytesOf(seen) }
    const began = performance.now()
    await sleep(seconds * 1_000)
    const tookS = (performance.now() - began) / 1_000
    const [cpuS, bytes] = [(await cpuSecondsOf(sfu.pids)) - before.cpuS, (await bytesOf(seen)) - before.bytes]
    // Under load the generator falls behind: what it did not send is not counted as cheap.
    const share = (bytes * 8) / (consumers * tookS) / nominalBps
    if (share < 0.2) throw new Error('the consumers got nothing')
    return cpuS / (consumers * tookS) / share
  } finally {
    source?.kill('SIGKILL')
    sink.close()
    await sfu.stop()
  }

  async function view(router: Router, producerId: string, port: number) {
    const transport = await sfu.trunkTransport(router)
    const { srtpParameters } = transport
    await transport.connect({ ip: '127.0.0.1', port, srtpParameters: srtpParameters! })
    return transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities })
  }
}

/** A picture of 0.8 Mb/s with a key frame a second. Its own processor time is not looked at. */
function generator(port: number): ChildProcess {
  const { path } = findProgram({ name: 'ffmpeg', variable: 'WANGLOU_FFMPEG', setting: null })
  if (path === null) throw new Error('ffmpeg is not installed')
  const picture = [
    '-re',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=640x360:rate=15',
    '-c:v',
    'libvpx',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-g',
    '15',
  ]
  const rate = ['-b:v', '800k', '-minrate', '800k', '-maxrate', '800k', '-bufsize', '800k']
  const out = ['-f', 'rtp', '-payload_type', '96', '-ssrc', '8001', `rtp://127.0.0.1:${port}?pkt_size=1200`]
  return spawn(path, ['-loglevel', 'error', ...picture, ...rate, ...out], { stdio: 'ignore' })
}

async function bytesOf(seen: readonly Consumer[]): Promise<number> {
  const all = await Promise.all(seen.map((consumer) => consumer.getStats()))
  return all.reduce((sum, stats) => sum + (stats.find(({ type }) => type === 'outbound-rtp')?.byteCount ?? 0), 0)
}
