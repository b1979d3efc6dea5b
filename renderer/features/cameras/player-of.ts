// Which line a camera's picture takes into the page.
import type { CameraPlayer, CameraQuality } from '../../../native/contract/index.ts'
import { filmLine, flvLine, hlsLine } from './buffer-lines.ts'
import type { OpenLine } from './line.ts'
import { pictureLine } from './picture-line.ts'
import { whepLine } from './whep-line.ts'

export interface PlayedStream {
  id: string
  player: CameraPlayer
  quality: CameraQuality
  /** What the SFU cannot pass comes as FLV, see `carried.ts`. */
  isCarried?: boolean
}

/** @param base before the station's own paths: a screen of the wall asks under an address of its own */
export function lineOf({ id, player, quality, isCarried = false }: PlayedStream, base = ''): OpenLine {
  const media = `${base}/camera-media/${id}/${quality}`
  switch (isCarried ? 'flv' : player) {
    case 'sfu':
      return whepLine(`${base}/whep/${id}/${quality}`)
    case 'whep':
      return whepLine(`${media}/whep`)
    case 'flv':
      return flvLine(`${media}/live.flv`)
    case 'hls':
      return hlsLine(`${media}/index.m3u8`)
    case 'pictures':
      return pictureLine(`${media}/picture`)
    case 'film':
      return filmLine(`${media}/film`)
  }
}
