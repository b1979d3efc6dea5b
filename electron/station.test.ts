// The station in its utility process: relayed, restarted with back-off, stopped within its time.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FakeElectron, type FakeProcess, fakeElectron } from './testing/fake-electron.ts'

let electron: FakeElectron
let StationClass: typeof import('./station.ts').Station
const onReady = vi.fn<(url: string) => void>()
const onLine = vi.fn<(line: string) => void>()
const onGivenUp = vi.fn<(exitCode: number, words: string) => void>()

beforeEach(async () => {
  vi.resetModules()
  vi.resetAllMocks()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  electron = fakeElectron()
  vi.doMock('electron', () => electron.module)
  StationClass = (await import('./station.ts')).Station
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function started(args: string[] = []) {
  const station = new StationClass({ script: '/app/station-host.js', args, onReady, onLine, onGivenUp })
  station.start()
  return station
}

function latest(): FakeProcess {
  const child = electron.processes.at(-1)
  if (child === undefined) throw new Error('no process was forked')
  return child
}

async function says(line: string) {
  latest().stdout.write(`${line}\n`)
  await vi.waitFor(() => expect(onLine).toHaveBeenCalledWith(line))
}

test('every line is relayed and the ready line gives the address', async () => {
  started(['--data', '/d'])
  await says('loading the sample pack')
  await says('wanglou ready http://127.0.0.1:4711/?token=a')
  expect(onReady.mock.calls).toEqual([['http://127.0.0.1:4711/?token=a']])
  expect(latest().args).toEqual(['--data', '/d'])
  expect(latest().options.env?.UV_THREADPOOL_SIZE).toBe('12')
})

test('after a death it comes back on the same port', async () => {
  started(['--port', '0', '--no-sample'])
  await says('wanglou ready http://127.0.0.1:4711/?token=a')
  latest().emit('exit', 139)
  expect(electron.processes).toHaveLength(1)
  vi.advanceTimersByTime(500)
  expect(electron.processes).toHaveLength(2)
  expect(latest().args).toEqual(['--no-sample', '--port', '4711'])
})

test('the wait doubles with each death in a row, up to half a minute, and is short again after a steady minute', async () => {
  started()
  await says('wanglou ready http://127.0.0.1:4711/?token=a')
  const waits: number[] = []
  for (let death = 0; death < 8; death++) waits.push(dieAndCountWait())
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  vi.advanceTimersByTime(60_000)
  expect(dieAndCountWait()).toBe(500)
})

function dieAndCountWait(): number {
  const before = electron.processes.length
  latest().emit('exit', 1)
  let waitedMs = 0
  while (electron.processes.length === before) {
    vi.advanceTimersByTime(100)
    waitedMs += 100
  }
  return waitedMs
}

test('another station on the same data directory: given up at once', () => {
  started()
  latest().emit('exit', 3)
  vi.advanceTimersByTime(120_000)
  expect(onGivenUp.mock.calls).toEqual([[3, '']])
  expect(electron.processes).toHaveLength(1)
})

test('a start that fails with words is given up at once, with them', async () => {
  const relayed = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  started()
  latest().stderr.write('磁盘已满\n')
  await vi.waitFor(() => expect(relayed).toHaveBeenCalled())
  latest().emit('exit', 5)
  expect(onGivenUp.mock.calls).toEqual([[5, '磁盘已满']])
})

test('the same trouble in a station that has worked is tried again', async () => {
  started()
  await says('wanglou ready http://127.0.0.1:4711/?token=a')
  latest().emit('exit', 5)
  vi.advanceTimersByTime(500)
  expect(onGivenUp).not.toHaveBeenCalled()
  expect(electron.processes).toHaveLength(2)
})

test('one that never becomes ready is given up after five deaths', () => {
  started()
  for (let death = 0; death < 5; death++) {
    latest().emit('exit', 1)
    vi.advanceTimersByTime(30_000)
  }
  expect(onGivenUp.mock.calls).toEqual([[1, '']])
  expect(electron.processes).toHaveLength(5)
})

test('stopping asks, waits for the end and starts nothing again', async () => {
  const station = started()
  const stopped = station.stop()
  expect(latest().postMessage).toHaveBeenCalledWith('stop')
  latest().emit('exit', 0)
  await stopped
  vi.advanceTimersByTime(120_000)
  expect(electron.processes).toHaveLength(1)
  expect(latest().kill).not.toHaveBeenCalled()
  await station.stop()
})

test('one that does not stop is ended after four seconds', async () => {
  const stopped = started().stop()
  vi.advanceTimersByTime(3999)
  expect(latest().kill).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  await stopped
  expect(latest().kill).toHaveBeenCalledOnce()
})

test('stopping while it waits to be restarted starts nothing', async () => {
  const station = started()
  latest().emit('exit', 1)
  await station.stop()
  vi.advanceTimersByTime(120_000)
  expect(electron.processes).toHaveLength(1)
})
