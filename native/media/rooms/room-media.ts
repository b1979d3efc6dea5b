// The media of one place as its room sees it, whether the person's page stands at our own SFU or at that of another centre.
import type { Router } from 'mediasoup/types'
import type { RoomStream } from '../../contract/index.ts'
import type { LineSample } from './audio-floor.ts'

/** Where a stream can be taken. */
export interface Supply {
  router: Router
  producerId: string
}

export interface RoomMedia {
  readonly router: Router
  /** One life of this place's media: a page that hears another one makes its transports anew. */
  readonly generation: string
  readonly streams: RoomStream[]
  /** 0…10; null = nothing is sent. */
  readonly quality: number | null
  has(stream: string): boolean
  /** Brings it to our SFU if it is not there yet. @throws WanglouError NOT_FOUND, HOST_SILENT */
  supply(stream: string): Promise<Supply>
  /** @returns whether anything was open */
  muteMicrophones(): Promise<boolean>
  /** A camera is heard again; a person opens a microphone alone. */
  openMicrophones(): Promise<void>
  /** Pictures to there are held back or come again. */
  setAudioOnly(isAudioOnly: boolean): Promise<void>
  /** How the line to there is; null = not known. */
  line(at: number): Promise<LineSample | null>
  close(): void
}
