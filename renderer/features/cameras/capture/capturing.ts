// One device that this page captures and sends into the station's SFU, until it is wanted no more.
import type { types } from 'mediasoup-client'
import type { CaptureJob, CaptureTrouble } from '../../../../native/contract/index.ts'
import { rpc } from '../../../app/rpc.ts'
import { troubleOf } from '../../../app/devices.ts'
import { openSending } from '../../../app/sending.ts'
import { openCapture, openCaptureSound } from './devices.ts'

const tellEveryMs = 2_000
/** Full HD of a conference terminal: mostly still, and text in it must stay readable. */
const maxBitrate = 4_000_000

export class Capturing {
  readonly job: CaptureJob
  readonly #at: { page: string; camera: string }
  readonly #onError: (error: unknown) => void
  #track: MediaStreamTrack | null = null
  #sound: MediaStreamTrack | null = null
  #soundProducer: types.Producer | null = null
  #soundTrouble: CaptureTrouble | null = null
  #isOpeningSound = false
  #transport: types.Transport | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #isOver = false

  constructor(options: { page: string; job: CaptureJob; onError: (error: unknown) => void }) {
    this.job = options.job
    this.#at = { page: options.page, camera: options.job.camera }
    this.#onError = options.onError
  }

  /** Says what went wrong; the station asks again in its own time. */
  async start(): Promise<void> {
    try {
      const track = await openCapture(this.job.device)
      if (this.#isOver) return track.stop()
      this.#track = track
      track.addEventListener('ended', () => void this.#tell('none'))
      await this.#send(track)
    } catch (error) {
      if (this.#isOver) return
      this.#onError(error)
      await this.#tell(troubleOf(error))
    }
  }

  end(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    this.#transport?.close()
    this.#track?.stop()
    this.#sound?.stop()
  }

  /** A device was plugged in: the sound may be there now. */
  devicesChanged(): void {
    if (this.#soundTrouble !== null && this.#transport !== null) void this.#sendSound(this.#transport)
  }

  async #send(track: MediaStreamTrack): Promise<void> {
    const offer = await rpc.cameraCapture.connect.mutate(this.#at)
    if (this.#isOver) return
    const transport = await openSending({
      offer,
      connect: (input) => rpc.cameraCapture.connectTransport.mutate({ ...this.#at, ...input }),
      produce: (input) => rpc.cameraCapture.produce.mutate({ ...this.#at, ...input }),
      // The station asks anew, and gets another transport.
      onState: (state) => void (state === 'failed' && this.#tell('other')),
    })
    if (this.#isOver) return transport.close()
    this.#transport = transport
    const producer = await transport.produce({
      track,
      encodings: [{ maxBitrate }],
      codecOptions: { videoGoogleStartBitrate: 1_500 },
      stopTracks: false,
    })
    this.#timer = setInterval(() => void this.#report(track, producer), tellEveryMs)
    await this.#report(track, producer)
    await this.#sendSound(transport)
  }

  /** The picture does not wait for it, and goes on without it. */
  async #sendSound(transport: types.Transport): Promise<void> {
    // Devices come in twos and threes when a card is plugged in: one look at a time.
    if (this.job.sound === '' || this.#isOpeningSound) return
    this.#isOpeningSound = true
    this.#sound?.stop()
    try {
      const sound = await openCaptureSound(this.job.sound)
      if (this.#isOver) return sound.stop()
      this.#sound = sound
      sound.addEventListener('ended', () => (this.#soundTrouble = 'none'))
      const codecOptions = { opusStereo: true, opusFec: true }
      if (this.#soundProducer === null) this.#soundProducer = await transport.produce({ track: sound, codecOptions, stopTracks: false })
      else await this.#soundProducer.replaceTrack({ track: sound })
      this.#soundTrouble = null
    } catch (error) {
      if (this.#isOver) return
      this.#onError(error)
      this.#soundTrouble = troubleOf(error)
    } finally {
      this.#isOpeningSound = false
    }
  }

  async #report(track: MediaStreamTrack, producer: types.Producer): Promise<void> {
    const stats = [...(await producer.getStats()).values()] as Record<string, number | string | undefined>[]
    const sent = stats.find(({ type }) => type === 'outbound-rtp')
    const { width = 0, height = 0 } = track.getSettings()
    await this.#tell(null, { widthPx: width, heightPx: height, framesPerSecond: Math.min(240, Number(sent?.['framesPerSecond'] ?? 0)) })
  }

  async #tell(trouble: CaptureTrouble | null, figures = { widthPx: 0, heightPx: 0, framesPerSecond: 0 }): Promise<void> {
    if (this.#isOver) return
    // It is wanted no more, or the station is away: then nobody waits for it.
    await rpc.cameraCapture.tell.mutate({ ...this.#at, trouble, soundTrouble: this.#soundTrouble, ...figures }).catch(this.#onError)
  }
}
