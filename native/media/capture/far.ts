// A captured picture between consoles: one trunk, one stream, however many watch it at the other end.
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Id, StreamError, type StreamStatus, WanglouError } from '../../contract/index.ts'
import { Crossing, Trunk, TrunkOffer } from '../cascade/trunk.ts'
import type { Talk } from '../hosts/talk.ts'
import type { SfuStream, Supplied } from '../ingest/outlet.ts'
import type { Watch } from '../ingest/owners.ts'
import type { Sfu } from '../sfu/sfu.ts'

export const FarInput = z.object({ camera: Id, offer: TrunkOffer })
export type FarInput = z.infer<typeof FarInput>

/** What the console with the card tells; it is of our own centre and has proven its key. */
type FarItem =
  | { kind: 'trunk'; offer: TrunkOffer }
  | { kind: 'stream'; stream: string; codec: Supplied['codec']; crossing: Crossing }
  | ({ kind: 'status' } & Pick<StreamStatus, 'state' | 'fault' | 'evidence'>)

export interface FarCaptureOptions {
  sfu: Sfu
  /** The line to a station, or to one that has a line to it; null = there is none. */
  talk: (station: string) => Talk | null
  /** What people call a console. */
  nameOf: (station: string) => string
}

const lookEveryMs = 500

export class FarCapture {
  readonly #options: FarCaptureOptions

  constructor(options: FarCaptureOptions) {
    this.#options = options
  }

  /** Ends only by throwing. @throws StreamError capture-away when the console cannot be reached */
  async fetch(
    camera: string,
    options: {
      station: string
      signal: AbortSignal
      onPicture: (picture: Supplied | null) => void
      onStatus: (status: Pick<StreamStatus, 'state' | 'fault' | 'evidence'>) => void
    },
  ): Promise<never> {
    const { station, signal, onPicture, onStatus } = options
    const { sfu, talk, nameOf } = this.#options
    const away = (cause?: unknown) => new StreamError('capture-away', { console: nameOf(station) }, { cause })
    const line = talk(station)
    if (line === null) throw away()
    const trunk = await openTrunk(sfu)
    try {
      let before: string | null = null
      for await (const item of line.open('capture.watch', { input: { camera, offer: trunk.offer }, signal }) as AsyncIterable<FarItem>) {
        if (trunk.isClosed) throw new StreamError('sfu-lost')
        if (item.kind === 'trunk') await trunk.connect(TrunkOffer.parse(item.offer))
        else if (item.kind === 'status') onStatus(item)
        else {
          if (before !== null) trunk.forget(before)
          before = item.stream
          await trunk.receive(item.stream, () => Promise.resolve(Crossing.parse(item.crossing) as unknown as Crossing))
          const producer = await trunk.producer(item.stream)
          onPicture(producer === null ? null : { router: trunk.router, producer, codec: item.codec })
        }
      }
      throw new StreamError('connection-lost')
    } catch (error) {
      throw error instanceof WanglouError ? away(error) : error
    } finally {
      trunk.router.close()
    }
  }

  /** The other side: another console of our centre watches. Ends with the signal. */
  async *serve({ offer }: FarInput, { watch, signal }: { watch: Watch<SfuStream>; signal: AbortSignal }): AsyncGenerator<FarItem, void, void> {
    const trunk = await openTrunk(this.#options.sfu)
    try {
      await trunk.connect(offer)
      yield { kind: 'trunk', offer: trunk.offer }
      let given: string | null = null
      while (!signal.aborted && !trunk.isClosed) {
        const { outlet, status } = watch.stream
        if (outlet !== null && !outlet.producer.closed && outlet.producer.id !== given) {
          given = outlet.producer.id
          const crossing = await trunk.send(given, { router: outlet.router, producerId: given })
          yield { kind: 'stream', stream: given, codec: outlet.codec, crossing }
        }
        const { state, fault, evidence } = status
        yield { kind: 'status', state, fault, evidence }
        await sleep(lookEveryMs, null, { signal }).catch(() => undefined)
      }
    } finally {
      trunk.router.close()
      watch.release()
    }
  }
}

async function openTrunk(sfu: Sfu): Promise<Trunk> {
  try {
    return await Trunk.open(sfu, await sfu.router())
  } catch (error) {
    throw new StreamError('sfu-missing', {}, { cause: error })
  }
}
