// Runs one piece of work in its own thread with a bound on memory and time: where foreign files are parsed.
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type ErrorCode, type ErrorParams, WanglouError } from '../contract/index.ts'

export interface WorkerTask<Progress = unknown> {
  /** `new URL('./x.worker.ts', import.meta.url)`; the file calls `serveWorker`. */
  url: URL
  /** Structured-cloned into the thread. */
  data: unknown
  /** Heap of the thread in MiB; beyond it the work ends with FILE_TOO_LARGE. Buffers are outside the heap: stream them. */
  maxOldSpaceMb: number
  timeoutMs: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal | undefined
}

type Message<T, Progress> =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: T }
  | { kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { kind: 'crashed'; message: string; stack: string | undefined }

/**
 * Resolves with what the work returned.
 * @throws WanglouError the one thrown inside; FILE_TOO_LARGE when the heap ran over; TIMEOUT; CANCELLED when the signal fired;
 * FILE_UNREADABLE for any other end, the original as its cause
 */
export function runInWorker<T, Progress = unknown>(task: WorkerTask<Progress>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  if (task.signal?.aborted) return Promise.reject(new WanglouError('CANCELLED'))
  const worker = new Worker(runnable(task.url), { workerData: task.data, resourceLimits: { maxOldGenerationSizeMb: task.maxOldSpaceMb } })
  const end = (settle: () => void) => {
    clearTimeout(timer)
    task.signal?.removeEventListener('abort', cancel)
    settle()
    void worker.terminate()
  }
  const cancel = () => end(() => reject(new WanglouError('CANCELLED')))
  const timer = setTimeout(() => end(() => reject(new WanglouError('TIMEOUT', { timeoutMs: task.timeoutMs }))), task.timeoutMs)
  task.signal?.addEventListener('abort', cancel, { once: true })
  worker.on('message', (message: Message<T, Progress>) => {
    switch (message.kind) {
      case 'progress':
        task.onProgress?.(message.progress)
        break
      case 'done':
        end(() => resolve(message.result))
        break
      case 'refused':
        end(() => reject(new WanglouError(message.code, message.params)))
        break
      case 'crashed':
        end(() => reject(crashed(Object.assign(new Error(message.message), { stack: message.stack }))))
        break
      default:
        message satisfies never
    }
  })
  worker.on('error', (error: unknown) => end(() => reject(crashed(error))))
  worker.on('exit', (exitCode) => end(() => reject(new WanglouError('FILE_UNREADABLE', { exitCode }))))
  return promise
}

/** The other side: does the work once, sends its result or its error, never throws. */
export function serveWorker<Data, T, Progress = unknown>(work: (data: Data, report: (progress: Progress) => void) => Promise<T>): void {
  const port = parentPort
  if (port === null) throw new Error('serveWorker runs only in a worker thread')
  const send = (message: Message<T, Progress>) => port.postMessage(message)
  work(workerData as Data, (progress) => send({ kind: 'progress', progress })).then(
    (result) => send({ kind: 'done', result }),
    (error: unknown) => {
      if (error instanceof WanglouError) send({ kind: 'refused', code: error.code, params: error.params })
      else
        send({
          kind: 'crashed',
          message: error instanceof Error ? error.message : String(error),
          stack: error instanceof Error ? error.stack : undefined,
        })
    },
  )
}

function crashed(cause: unknown): WanglouError {
  const isOutOfMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new WanglouError(isOutOfMemory ? 'FILE_TOO_LARGE' : 'FILE_UNREADABLE', {}, { cause })
}

/** From source the worker is a .ts file; once compiled it lies beside us as .js. */
function runnable(url: URL): URL {
  return import.meta.url.endsWith('.js') ? new URL(url.href.replace(/\.ts$/, '.js')) : url
}
