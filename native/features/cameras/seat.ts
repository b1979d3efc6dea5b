// A camera as it sits in a conference room: its main stream, or the sub-stream where pages cannot play that; asked for as long as it is in.
import type { CameraQuality } from '../../contract/index.ts'
import type { CameraSeat } from '../conference/room-cameras.ts'
import type { SfuStream } from '../../media/ingest/outlet.ts'
import type { Watch } from '../../media/ingest/owners.ts'
import type { StoredCamera } from './cameras.repository.ts'

export interface CameraSeatOptions {
  main: Watch<SfuStream>
  /** Asks for the other stream. @throws WanglouError NOT_FOUND when the camera is gone */
  watchSub: () => Promise<Watch<SfuStream>>
  /** Tells when a stream stands otherwise. @returns how to hear no more */
  listen: (quality: CameraQuality, listener: () => void) => () => void
  onError: (error: unknown) => void
}

export function cameraSeat(camera: StoredCamera, { main, watchSub, listen, onError }: CameraSeatOptions): CameraSeat {
  let watch = main
  let isReleased = false
  /** Once: what cannot be played today is no better in a minute. */
  let isTried = camera.subAddress === null
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const unlisten = [
    listen('main', () => {
      lookAtMain()
      changed()
    }),
    listen('sub', changed),
  ]
  // Somebody may have looked at it before: then nothing changes any more.
  lookAtMain()

  function lookAtMain(): void {
    if (!isTried && main.stream.status.fault?.code === 'codec-unplayable') void takeSub()
  }
  async function takeSub(): Promise<void> {
    isTried = true
    try {
      const sub = await watchSub()
      if (isReleased) return sub.release()
      watch = sub
      main.release()
      changed()
    } catch (error) {
      onError(error)
    }
  }

  return {
    name: camera.name,
    unitName: camera.owner ?? '',
    supply: {
      source() {
        const { outlet } = watch.stream
        return outlet === null ? null : { router: outlet.router, producerId: outlet.producer.id }
      },
      sound() {
        const { outlet } = watch.stream
        return outlet?.sound === undefined ? null : { router: outlet.router, producerId: outlet.sound.id }
      },
      isLive: () => watch.stream.status.state === 'live' || watch.stream.status.state === 'degraded',
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      release() {
        isReleased = true
        for (const end of unlisten) end()
        watch.release()
      },
    },
  }
}

/** Who wants to hear how a stream stands. */
export class StreamListeners {
  readonly #listeners = new Map<string, Set<() => void>>()

  /** @returns how to hear no more */
  listen(key: string, listener: () => void): () => void {
    const known = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, known)
    known.add(listener)
    return () => {
      known.delete(listener)
      if (known.size === 0) this.#listeners.delete(key)
    }
  }

  changed(key: string): void {
    for (const listener of [...(this.#listeners.get(key) ?? [])]) listener()
  }
}
