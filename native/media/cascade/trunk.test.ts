// The pipe between two SFUs with real packets: what goes in at one end comes out at the other, encrypted in between, once however often it is asked for.
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sfu } from '../sfu/sfu.ts'
import { hasWorker, testSfu, until, workerMissing } from '../testing/worker.ts'
import { Trunk } from './trunk.ts'

const sfus: Sfu[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close()
  await Promise.all(sfus.splice(0).map((sfu) => sfu.stop()))
})

async function started(): Promise<Sfu> {
  const sfu = testSfu({ workerCount: 1 })
  sfus.push(sfu)
  await sfu.start()
  return sfu
}

async function socket(): Promise<Socket> {
  const one = createSocket('udp4')
  sockets.push(one)
  await new Promise<void>((resolve) => one.bind(0, '127.0.0.1', resolve))
  return one
}

function packet(seq: number): Buffer {
  const bytes = Buffer.alloc(40, 7)
  bytes.writeUInt8(0x80, 0)
  bytes.writeUInt8(111, 1)
  bytes.writeUInt16BE(seq, 2)
  bytes.writeUInt32BE(seq * 960, 4)
  bytes.writeUInt32BE(5_001, 8)
  return bytes
}

describe.skipIf(!hasWorker)(`trunk${hasWorker ? '' : `: skipped, ${workerMissing}`}`, () => {
  test('sound goes over and comes out unchanged; five who ask make it cross once; forgotten, it stops', async () => {
    const [here, there] = [await started(), await started()]
    const [near, far] = [await here.router(), await there.router()]
    const source = await here.plainTransport(near)
    const producer = await source.produce({
      kind: 'audio',
      rtpParameters: { codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }], encodings: [{ ssrc: 5_001 }] },
    })
    const [out, into] = [await Trunk.open(here, near), await Trunk.open(there, far)]
    await out.connect(into.offer)
    await into.connect(out.offer)
    let asked = 0
    const ask = async () => {
      asked += 1
      return out.send('voice', { router: near, producerId: producer.id })
    }
    const taken = new Set(await Promise.all([1, 2, 3, 4, 5].map(() => into.receive('voice', ask))))
    expect([taken.size, asked, out.crossing, into.crossing]).toEqual([1, 1, { sent: 1, received: 0 }, { sent: 0, received: 1 }])

    const listener = await socket()
    const sink = await there.plainTransport(far, { comedia: false, rtcpMux: true })
    await sink.connect({ ip: '127.0.0.1', port: listener.address().port })
    const [stream = ''] = taken
    await sink.consume({ producerId: stream, rtpCapabilities: far.rtpCapabilities })
    const heard: Buffer[] = []
    listener.on('message', (data) => heard.push(data))
    const speaker = await socket()
    let seq = 1
    const timer = setInterval(() => speaker.send(packet(seq++), source.tuple.localPort, '127.0.0.1'), 10)
    try {
      await until(() => expect(heard.filter((data) => data.subarray(-28).equals(Buffer.alloc(28, 7))).length).toBeGreaterThan(10))
    } finally {
      clearInterval(timer)
    }
    into.forget('voice')
    producer.close()
    await until(() => expect([out.crossing.sent, into.crossing.received]).toEqual([0, 0]))
  })
})
