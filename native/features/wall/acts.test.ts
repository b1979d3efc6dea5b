// Acts with their rests: in order, ended by a failure, by a newer switch, by the end of the program; and each wall for itself.
import { expect, test } from 'vitest'
import type { DisplayAct, DisplayResult, SceneAct } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import { ActRuns } from './acts.ts'

const by = { account: newId(), name: '李值班' }
const [hall, room] = [newId(), newId()]
const on: DisplayAct = { kind: 'power', isOn: true }
const act = (device: string, waitS = 0, isStopping = false): SceneAct => ({ device, act: on, waitS, isStopping })

/** Rests end when the test says so. */
function runsOf(results: Readonly<Record<string, DisplayResult>> = {}) {
  const done: string[] = []
  const notes: string[] = []
  const rests: { ms: number; end: () => void }[] = []
  const errors: unknown[] = []
  const runs = new ActRuns({
    journal: { write: ({ note }: { note: { words: string } }) => Promise.resolve(void notes.push(note.words)) } as unknown as Journal,
    devices: {
      nameOf: (id) => Promise.resolve(id),
      perform({ device }) {
        done.push(device)
        return Promise.resolve({ result: results[device] ?? 'confirmed', at: 0, fault: null, evidence: '' })
      },
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        rests.push({ ms, end: resolve })
        signal.addEventListener('abort', () => resolve())
      }),
    onChanged: () => undefined,
    onError: (error) => errors.push(error),
  })
  const states = (wall = hall) => runs.of(wall).map(({ device, state, outcome }) => [device, outcome?.result ?? state])
  return { runs, done, notes, rests, errors, states }
}

test('one after another, each after the rest of the one before', async () => {
  const { runs, done, rests, states } = runsOf()
  runs.start(hall, [act('左屏', 30), act('右屏', 5), act('拼接器')], { by, isBehind: false })
  await expect.poll(() => rests.map(({ ms }) => ms)).toEqual([30_000])
  expect(states()).toEqual([
    ['左屏', 'confirmed'],
    ['右屏', 'waiting'],
    ['拼接器', 'waiting'],
  ])
  rests[0]!.end()
  await expect.poll(() => rests.map(({ ms }) => ms)).toEqual([30_000, 5_000])
  expect(done).toEqual(['左屏', '右屏'])
  rests[1]!.end()
  await runs.idle()
  expect(done).toEqual(['左屏', '右屏', '拼接器'])
})

test('one that must succeed and does not ends the rest, though it would have rested; what was not done is in the journal', async () => {
  const { runs, done, rests, notes, states } = runsOf({ 左屏: 'unknown', 右屏: 'refused' })
  runs.start(hall, [act('左屏'), act('右屏', 60, true), act('拼接器', 60)], { by, isBehind: false })
  await runs.idle()
  expect([done, rests]).toEqual([['左屏', '右屏'], []])
  expect(states()).toEqual([
    ['左屏', 'unknown'],
    ['右屏', 'refused'],
    ['拼接器', 'stopped'],
  ])
  expect(notes).toEqual(['未执行（前一动作未成功）：拼接器 开机'])
})

test('a newer switch ends the older at once, and says what it kept from being done; another wall goes on', async () => {
  const { runs, done, rests, notes, states } = runsOf()
  runs.start(hall, [act('左屏', 300), act('右屏')], { by, isBehind: false })
  runs.start(room, [act('会商屏', 300), act('音响')], { by, isBehind: false })
  await expect.poll(() => rests.length).toBe(2)
  runs.cancel(hall)
  expect(states()).toEqual([['右屏', 'cancelled']])
  runs.start(hall, [act('应急屏')], { by, isBehind: false })
  await expect.poll(() => done).toEqual(['左屏', '会商屏', '应急屏'])
  await expect.poll(() => notes).toEqual(['未执行（已有新的上屏）：右屏 开机'])
  expect(states()).toEqual([
    ['右屏', 'cancelled'],
    ['应急屏', 'confirmed'],
  ])
  rests[1]!.end()
  await runs.idle()
  expect(done).toEqual(['左屏', '会商屏', '应急屏', '音响'])
  // What was cancelled then is of no switch any more.
  runs.cancel(hall)
  expect(states()).toEqual([])
})

test('two switches asked at once: only the later one’s acts go on', async () => {
  const { runs, done, states } = runsOf()
  runs.cancel(hall)
  runs.cancel(hall)
  runs.start(hall, [act('甲一', 10), act('甲二')], { by, isBehind: false })
  runs.start(hall, [act('乙')], { by, isBehind: false })
  await runs.idle()
  expect(done).toEqual(['乙'])
  expect(states()).toEqual([
    ['甲一', 'cancelled'],
    ['甲二', 'cancelled'],
    ['乙', 'confirmed'],
  ])
})

test('what the clock brings waits for what the clock brought before', async () => {
  const { runs, done, rests, states } = runsOf()
  runs.start(hall, [act('左屏', 30)], { by, isBehind: true })
  runs.start(hall, [act('右屏')], { by, isBehind: true })
  await expect.poll(() => rests.length).toBe(1)
  expect(done).toEqual(['左屏'])
  expect(states()).toEqual([
    ['左屏', 'confirmed'],
    ['右屏', 'waiting'],
  ])
  rests[0]!.end()
  await runs.idle()
  expect(done).toEqual(['左屏', '右屏'])
})

test('the program ends: nothing more is begun, what is left is in the journal', async () => {
  const { runs, done, rests, notes, errors } = runsOf()
  runs.start(hall, [act('左屏', 300), act('右屏')], { by, isBehind: false })
  await expect.poll(() => rests.length).toBe(1)
  runs.stop()
  runs.start(room, [act('会商屏')], { by, isBehind: false })
  await runs.idle()
  expect([done, errors]).toEqual([['左屏'], []])
  expect(notes.toSorted()).toEqual(['未执行（席位程序退出）：会商屏 开机', '未执行（席位程序退出）：右屏 开机'])
})
