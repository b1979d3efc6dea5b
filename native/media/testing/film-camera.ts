// A camera that plays a finished H.264 film for ever over RTSP and costs next to nothing: what it is passed on by, and what transcodes it, can be measured beside it.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { FakeCamera, fakeDescription } from '../../protocols/rtsp/fake.ts'
import { Repacker } from '../ingest/repacker.ts'
import { writeRtp } from '../ingest/rtp.ts'

const clockRateHz = 90_000
const ssrc = 7

export interface FilmOptions {
  widthPx: number
  heightPx: number
  framesPerSecond: number
  kbps: number
  seconds: number
  /** Where the film is written. */
  path: string
}

/** Main profile, no B-frames, one key frame a second, at the bit rate a camera is set to. */
export async function encodeFilm({ widthPx, heightPx, framesPerSecond, kbps, seconds, path }: FilmOptions): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${widthPx}x${heightPx}:rate=${framesPerSecond}`, '-t', String(seconds)]
  const rate = ['-b:v', `${kbps}k`, '-minrate', `${kbps}k`, '-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`]
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'main', '-g', String(framesPerSecond)]
  const out = ['-pix_fmt', 'yuv420p', '-x264-params', 'nal-hrd=cbr:sliced-threads=0', '-f', 'h264', '-y', path]
  const child = spawn('ffmpeg', ['-loglevel', 'error', ...picture, ...h264, ...rate, ...out], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error('ffmpeg made no film')
}

export async function openFilmCamera({ path, framesPerSecond }: Pick<FilmOptions, 'path' | 'framesPerSecond'>): Promise<FakeCamera> {
  const pictures = picturesOf(await readFile(path))
  const sets = pictures[0]!.filter((nal) => kindOf(nal) === 7 || kindOf(nal) === 8)
  const description = fakeDescription.replace(
    /sprop-parameter-sets=[^\r]*/,
    `sprop-parameter-sets=${sets.map((nal) => nal.toString('base64')).join()}`,
  )
  return FakeCamera.open({
    description: description.replace(/profile-level-id=\w+/, `profile-level-id=${sets[0]!.toString('hex', 1, 4)}`),
    onPlay(seat) {
      const repacker = new Repacker()
      const startedAt = performance.now()
      let [index, sequence] = [0, 0]
      const timer = setInterval(() => {
        if (!seat.isOpen) return clearInterval(timer)
        while (index < ((performance.now() - startedAt) * framesPerSecond) / 1000) {
          const timestamp = Math.round((index * clockRateHz) / framesPerSecond) >>> 0
          const nals = pictures[index % pictures.length]!
          for (const [at, nal] of nals.entries()) {
            const { payloads } = repacker.repack(nal, timestamp)
            for (const [part, payload] of payloads.entries()) {
              const marker = at === nals.length - 1 && part === payloads.length - 1
              seat.send(writeRtp({ marker, payloadType: 96, sequence: sequence++ & 0xffff, timestamp, ssrc, payload }))
            }
          }
          index += 1
        }
      }, 1000 / framesPerSecond)
    },
  })
}

function kindOf(nal: Buffer): number {
  return (nal[0] ?? 0) & 0x1f
}

/** The NAL units of an Annex B stream (ITU-T H.264 §B.1), picture by picture: one slice a picture. */
function picturesOf(stream: Buffer): Buffer[][] {
  const pictures: Buffer[][] = []
  let pending: Buffer[] = []
  for (let at = stream.indexOf(startCode); at >= 0;) {
    const next = stream.indexOf(startCode, at + 3)
    let end = next < 0 ? stream.length : next
    while (end > at + 3 && stream[end - 1] === 0) end -= 1
    const nal = stream.subarray(at + 3, end)
    pending.push(nal)
    if (kindOf(nal) === 1 || kindOf(nal) === 5) {
      pictures.push(pending)
      pending = []
    }
    at = next
  }
  return pictures
}

const startCode = Buffer.from([0, 0, 1])
