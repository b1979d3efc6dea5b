// H.265 that comes by RTSP: the SFU has no H.265, but a browser with a decoder of its machine plays it as FLV; where it has none, the sub-stream is asked for.
import type { CameraPlayer, StreamFault } from '../../../native/contract/index.ts'
import { codecName } from './codecs.ts'
import type { OpenLine } from './line.ts'
import { lineOf, type PlayedStream } from './player-of.ts'

/** Main profile, as cameras send it. */
const asMedia = 'video/mp4; codecs="hvc1.1.6.L150.B0"'

/** The line of one tile: by the SFU, and as FLV once that has refused what this page can play. */
export class Carriage {
  #isCarried = false

  get isCarried(): boolean {
    return this.#isCarried
  }

  /** @returns whether it is asked for as FLV from the next line on, where it was not before */
  turn(fault: StreamFault, player: CameraPlayer): boolean {
    if (this.#isCarried || !canBeCarried(fault, player)) return false
    this.#isCarried = true
    return true
  }

  /** Another stream is asked for: by the SFU first. */
  reset(): void {
    this.#isCarried = false
  }

  open(stream: PlayedStream, base = ''): OpenLine {
    return (call) => {
      const isCarried = this.#isCarried
      // The SFU's refusal is no fault of the picture; one that comes late is of no interest any more.
      const onFault = (fault: StreamFault | null) => {
        if (isCarried || fault === null || !canBeCarried(fault, stream.player)) call.onFault(fault)
        else this.#isCarried = true
      }
      return lineOf({ ...stream, isCarried }, base)({ ...call, onFault })
    }
  }
}

function canBeCarried(fault: StreamFault, player: CameraPlayer): boolean {
  if (player !== 'sfu' || fault.code !== 'codec-unplayable' || codecName(String(fault.params['codec'])) !== 'H.265') return false
  return typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(asMedia)
}
