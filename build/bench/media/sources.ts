// One camera of each kind, every picture carrying the time, encoded alike: H.264 baseline, 25 pictures and one key frame a second.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asHls, asJpegs, asRtmp, asRtp, startClockFilm } from '../../../native/media/testing/clock-film.ts'
import { startFlvServer } from '../../../native/media/testing/flv-server.ts'
import { hasJanus, startJanus } from '../../../native/media/testing/janus.ts'
import { openPictureServer } from '../../../native/media/testing/picture-server.ts'
import { startGstCamera } from '../../../native/protocols/rtsp/testing/gst-camera.ts'
import type { CameraHouse } from './camera-house.ts'

export type Kind = 'rtsp' | 'whep' | 'flv' | 'ws-flv' | 'rtmp' | 'mjpeg' | 'hls'

export interface Sources {
  /** The cameras of the house; without Janus there is no foreign WHEP. */
  cameras: Map<Kind, string>
  close(): Promise<void>
}

export async function openSources(house: CameraHouse): Promise<Sources> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const one of closers.reverse()) await one()
  }
  try {
    const folder = await mkdtemp(join(tmpdir(), 'wanglou-media-'))
    closers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
    const [flv, camera, janus] = await Promise.all([startFlvServer(), startGstCamera(), hasJanus ? startJanus() : null])
    closers.push(flv.kill, camera.kill)
    if (janus !== null) closers.push(janus.kill)
    const pushed = await house.add('rtmp', 'push:')
    const { server, key } = await house.admin.cameras.renewPushKey.mutate({ id: pushed })
    const film = startClockFilm([
      asRtmp(`${server}/${key}`),
      asRtmp(`rtmp://127.0.0.1:${flv.rtmpPort}/live/x`),
      asHls(join(folder, 'index.m3u8')),
      asJpegs,
      ...(janus === null ? [] : [asRtp(janus.rtpPort)]),
    ])
    closers.push(() => film.stop())
    const pictures = await openPictureServer({ jpegs: film.output, folder })
    closers.push(() => pictures.close())
    const cameras = new Map<Kind, string>([
      ['rtsp', await house.add('rtsp', camera.address)],
      ['flv', await house.add('flv', `http://127.0.0.1:${flv.httpPort}/live/x.flv`)],
      ['ws-flv', await house.add('flv', `ws://127.0.0.1:${flv.httpPort}/live/x.flv`)],
      ['rtmp', pushed],
      ['mjpeg', await house.add('mjpeg', `http://127.0.0.1:${pictures.port}/video`)],
      ['hls', await house.add('hls', `http://127.0.0.1:${pictures.port}/index.m3u8`)],
    ])
    if (janus !== null) cameras.set('whep', await house.add('whep', janus.address, { login: { username: '', password: janus.token } }))
    return { cameras, close }
  } catch (error) {
    await close()
    throw error
  }
}
