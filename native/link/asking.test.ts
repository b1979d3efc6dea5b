// A question brings forth the owner's entry and nothing that the asker may not hold; what cannot be asked is said at once.
import { expect, test } from 'vitest'
import type { Scope } from '../contract/index.ts'
import type { SealedBatch } from '../journal/seal.ts'
import { type AnswerEntry, Asking, type AskingOptions } from './asking.ts'
import type { Superiors } from './permits.ts'
import { decode, encode } from './wire.ts'

const [province, city, county] = ['610000', '610500', '610502']
const superiors: Superiors = new Map([
  [province, null],
  [city, province],
  [county, city],
])
const hosts = [province, city, county].map((unit) => ({ station: `host of ${unit}`, unit, name: '', publicKey: '', isHost: true }))

function batchOf(station: string, scope: Scope, seq: number): SealedBatch {
  const entry = {
    v: 1,
    seq,
    hlc: { ms: 1, counter: 0 },
    at: 1,
    actor: 'a',
    action: 'resources.reserve',
    subject: { dataset: 'incidents', row: 'i' },
    body: '{}',
  }
  return { v: 1, station, scope, entries: [entry], seal: { station, scope, seq, headHash: '00'.repeat(32), signature: 'x' }, prev: '00'.repeat(32) }
}

function asking(unit: string, options: Partial<AskingOptions> & { answer?: AnswerEntry } = {}) {
  const taken: string[] = []
  const { answer, ...rest } = options
  const one = new Asking({
    journal: { station: `host of ${unit}`, sealedBatch: ({ station = '', scope, after }) => Promise.resolve(batchOf(station, scope, after + 1)) },
    unit,
    isHost: true,
    superiors: () => superiors,
    stations: () => hosts,
    request: () => Promise.resolve(null),
    above: superiors.get(unit) ?? undefined,
    take: (side) => {
      taken.push(side)
      return Promise.resolve()
    },
    onError: (error) => {
      throw error
    },
    ...rest,
  })
  if (answer !== undefined) one.answeredBy(answer)
  return { one, taken }
}

const question = (scope: Scope) => encode({ kind: 'batch', batch: batchOf('desk', scope, 7), files: [] })

test('the answer is the entry of whoever decides, sealed, ahead of what precedes it', async () => {
  const { one, taken } = asking(city, { answer: async ({ seq }) => ({ station: `host of ${city}`, scope: `down:${city}`, seq: seq + 1 }) })
  const answer = decode((await one.heard(county, question(`up:${county}`))) ?? Buffer.alloc(0))
  expect(answer).toMatchObject({ kind: 'batch', batch: { station: `host of ${city}`, scope: `down:${city}`, entries: [{ seq: 8 }] } })
  expect(taken).toEqual([county])
})

test('a county that names an entry of the city’s own hears nothing of what was said to it', async () => {
  const { one } = asking(city, { answer: async () => ({ station: `host of ${city}`, scope: `centre:${city}`, seq: 3 }) })
  expect(await one.heard(county, question(`centre:${city}`))).toBeNull()
  expect(await one.heard('centre', question(`centre:${city}`))).not.toBeNull()
})

test('who can be asked: the own host by a console, those above by a host, nobody below, nobody who is not known', async () => {
  const asked: string[] = []
  const request: AskingOptions['request'] = (way) => {
    asked.push(way)
    return Promise.resolve(question(`down:${province}`))
  }
  const entry = { station: 'desk', scope: `up:${county}` as Scope, seq: 1 }
  const host = asking(county, { request })
  expect([county, city, province].map((unit) => host.one.canAsk(unit))).toEqual([false, true, true])
  expect(await host.one.ask(entry, province)).toBe(true)
  // The answer came over the line right above, whoever wrote it.
  expect(host.taken).toEqual([city])
  const desk = asking(county, { request, isHost: false })
  expect(desk.one.canAsk(county)).toBe(true)
  expect([await desk.one.ask(entry, county), await desk.one.ask(entry, city)]).toEqual([true, false])
  expect(await asking(city, { request }).one.ask(entry, county)).toBe(false)
  expect(asking(county, { stations: () => [] }).one.canAsk(city)).toBe(false)
  expect(asked).toEqual(['above', 'centre'])
})
