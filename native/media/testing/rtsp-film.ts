// What a fake RTSP camera plays when only its coming matters: no picture, but packets that the SFU takes for H.264.
import type { FakePlay } from '../../protocols/rtsp/fake.ts'
import { writeRtp } from '../ingest/rtp.ts'

const everyMs = 40
const keyFrame = Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(900, 3)])

const slice = Buffer.from([0x61, 0xe0, 1, 2, 3])

/** Key frames only, 25 a second, until the session ends. */
export function playKeyFrames(seat: FakePlay): void {
  play(seat, { payload: keyFrame, count: Infinity })
}

/** As many, and then nothing more. */
export function playSomeKeyFrames(seat: FakePlay, count: number): void {
  play(seat, { payload: keyFrame, count })
}

/** What no picture can be made of. */
export function playSlices(seat: FakePlay): void {
  play(seat, { payload: slice, count: Infinity })
}

function play(seat: FakePlay, { payload, count }: { payload: Buffer; count: number }): void {
  let sequence = 0
  const timer = setInterval(() => {
    if (!seat.isOpen || sequence >= count) return clearInterval(timer)
    sequence += 1
    seat.send(writeRtp({ marker: true, payloadType: 96, sequence: sequence & 0xffff, timestamp: sequence * 3600, ssrc: 7, payload }))
  }, everyMs)
}
