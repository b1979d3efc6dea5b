// A film on this machine that stands in for a camera in drills: it is there or not, and every page plays it at the same moment.
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StreamError } from '../../contract/index.ts'
import { type AskedCall, type AskedOptions, AskedStream } from '../ingest/asked-stream.ts'

export interface FileStreamOptions extends AskedOptions {
  /** Where films lie; nothing outside is given. */
  folder: string
  /** Name of the file, read before every attempt. */
  source: () => Promise<string>
}

const lookEveryMs = 5_000

export class FileStream extends AskedStream {
  readonly #folder: string
  readonly #source: () => Promise<string>

  constructor({ folder, source, ...common }: FileStreamOptions) {
    super(common)
    this.#folder = folder
    this.#source = source
  }

  /** @throws StreamError no-such-stream */
  async find(): Promise<{ path: string; bytes: number }> {
    // The name alone: no address leads out of the folder.
    const path = join(this.#folder, basename(await this.#source()))
    const found = await stat(path).catch(() => null)
    if (found === null || !found.isFile()) throw new StreamError('no-such-stream')
    return { path, bytes: found.size }
  }

  protected override async attempt({ signal, onCondition }: AskedCall): Promise<never> {
    for (;;) {
      await this.find()
      onCondition({ state: 'live', fault: null })
      await sleep(lookEveryMs, null, { signal }).catch(() => {
        throw new StreamError('connection-lost')
      })
    }
  }
}
