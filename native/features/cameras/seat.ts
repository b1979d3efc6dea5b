// A camera as it sits in a conference room: its main stream, asked for as long as it is in.
import type { CameraSeat } from '../conference/room-cameras.ts'
import type { SfuStream } from '../../media/ingest/outlet.ts'
import type { Watch } from '../../media/ingest/owners.ts'
import type { StoredCamera } from './cameras.repository.ts'

/** @param options.listen tells when the stream stands otherwise */
export function cameraSeat(camera: StoredCamera, options: { watch: Watch<SfuStream>; listen: (listener: () => void) => () => void }): CameraSeat {
  const { watch, listen } = options
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
      onChange: listen,
      release: () => watch.release(),
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
