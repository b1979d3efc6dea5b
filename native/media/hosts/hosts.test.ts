// The line between stations: both prove their keys, nothing of it can be read, changed or said twice; and everybody picks the same host.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WanglouError } from '../../contract/index.ts'
import { bestHost, holderOf, type HostState, movesTo } from './choose.ts'
import { greet, type Identity } from './greet.ts'
import { HostDoor } from './host-door.ts'
import { Opening, Seal } from './seal.ts'
import { Talk } from './talk.ts'

const seed = Math.trunc(Math.random() * 2 ** 31)
console.log(`hosts: fast-check seed ${seed}`)
const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

interface Known {
  station: string
  publicKey: string
  privateKey: KeyObject
}
function station(name: string): Known {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { station: name, privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }
}
const identity = (us: Known, ...believed: Known[]): Identity => ({
  station: us.station,
  sign: (bytes) => sign(null, bytes, us.privateKey),
  keyOf: (name) => believed.find((one) => one.station === name)?.publicKey ?? null,
})

async function door(us: Known, ...believed: Known[]): Promise<string> {
  const answers = {
    call: async (from: Talk, { method }: { method: string }) => {
      if (method === 'who') return from.station
      throw new WanglouError('NOT_FOUND')
    },
    async *open() {
      yield 1
      yield 2
    },
  }
  const opened = new HostDoor({ ip: '127.0.0.1', port: 0, identity: identity(us, ...believed), answers, lostMs: 500, onError: () => undefined })
  await opened.start()
  stops.push(() => opened.stop())
  return `ws://127.0.0.1:${opened.port}`
}

async function call(url: string, who: Identity): Promise<Talk> {
  const socket = new WebSocket(url, { allowSynchronousEvents: false })
  stops.push(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  const { station: other, seal } = await greet(socket, { side: 'caller', identity: who })
  const never = { call: () => Promise.reject(new WanglouError('NOT_FOUND')), open: () => (async function* () {})() }
  return new Talk({ socket, seal, station: other, answers: never, lostMs: 500, onError: () => undefined })
}

describe('a line', () => {
  test('between two that know each other: asked, answered, refused by name; cut, it says so', async () => {
    const [host, desk] = [station('host'), station('desk')]
    const talk = await call(await door(host, desk), identity(desk, host))
    expect(talk.station).toBe('host')
    expect(await talk.call('who', null)).toBe('desk')
    await expect(talk.call('other', null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const items = []
    for await (const item of talk.open('any', { input: null, signal: new AbortController().signal })) items.push(item)
    expect(items).toEqual([1, 2])
    await stops[0]?.()
    await expect(talk.call('who', null)).rejects.toMatchObject({ code: 'HOST_SILENT' })
  })

  test('a line on which nothing is heard any more, as when the host has lost its power, is given up by itself', async () => {
    const [host, desk] = [station('host'), station('desk')]
    const socket = new WebSocket(await door(host, desk), { allowSynchronousEvents: false })
    stops.push(() => socket.terminate())
    await new Promise((resolve) => socket.once('open', resolve))
    const greeted = await greet(socket, { side: 'caller', identity: identity(desk, host) })
    const never = { call: () => Promise.reject(new WanglouError('NOT_FOUND')), open: () => (async function* () {})() }
    const talk = new Talk({ socket, ...greeted, answers: never, lostMs: 300, onError: () => undefined })
    expect(await talk.call('who', null)).toBe('desk')
    socket.pause()
    await expect(talk.call('who', null)).rejects.toMatchObject({ code: 'HOST_SILENT' })
    expect(talk.isClosed).toBe(true)
  })

  test('an unknown station, a borrowed name, a host that is not who we believe, and rubbish get nothing', async () => {
    const [host, desk] = [station('host'), station('desk')]
    const url = await door(host, desk)
    await expect(call(url, identity(station('nobody'), host))).rejects.toThrow()
    await expect(call(url, identity(station('desk'), host)).then((talk) => talk.call('who', null))).rejects.toThrow()
    await expect(call(url, identity(desk, station('host')))).rejects.toThrow()
    const rubbish = new WebSocket(url)
    const closed = new Promise<number>((resolve) => rubbish.once('close', resolve))
    rubbish.once('open', () => rubbish.send('{'))
    expect(await closed).toBe(4004)
  })

  test('what was changed, repeated or left out opens nothing', () => {
    const [a, b] = [new Opening('a'), new Opening('b')]
    const [ours, theirs] = [a.seal({ side: 'caller', theirs: b.hello }), b.seal({ side: 'called', theirs: a.hello })]
    const [first, second, third] = [ours.close('一'), ours.close('二'), ours.close('三')]
    expect(first.includes(Buffer.from('一'))).toBe(false)
    expect(theirs.open(first)).toBe('一')
    expect(() => theirs.open(first)).toThrow()
    expect(() => theirs.open(third)).toThrow()
    const changed = Buffer.from(second)
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0)
    expect(() => theirs.open(changed)).toThrow()
    expect(theirs.open(second)).toBe('二')
    expect(theirs.close('四')).toBeInstanceOf(Buffer)
    expect(ours).toBeInstanceOf(Seal)
  })
})

describe('which host', () => {
  const room = 'room'
  const host = fc.record({
    station: fc.constantFrom('a', 'b', 'c', 'd'),
    priority: fc.integer({ min: 1, max: 4 }),
    hasWorker: fc.boolean(),
    present: fc.integer({ min: 0, max: 3 }),
  })
  const hosts = fc.uniqueArray(host, { selector: ({ station: name }) => name, maxLength: 4 }).map((all) =>
    all.map(({ present, ...one }): HostState => ({
      ...one,
      name: one.station,
      unit: 'city',
      load: present,
      rooms: present === 0 ? [] : [{ conference: room, title: '', present, openedAt: 0, openedByName: '', rules: null }],
    })),
  )

  test('everybody who hears the same hosts picks the same one, in whatever order they came', () => {
    fc.assert(
      fc.property(hosts, fc.constantFrom('a', 'z'), (all, home) => {
        const picked = holderOf(room, { home, hosts: all })
        expect(holderOf(room, { home, hosts: all.toReversed() })).toEqual(picked)
        const held = all.some(({ rooms }) => rooms.length > 0)
        if (picked === null) expect(held || all.some(({ hasWorker }) => hasWorker)).toBe(false)
        if (!held && picked !== null && picked.station !== home) {
          expect(picked.hasWorker).toBe(true)
          expect(picked.priority).toBe(Math.min(...all.filter(({ hasWorker }) => hasWorker).map(({ priority }) => priority)))
        }
        expect(bestHost(all, null)?.station).toBe(bestHost(all.toReversed(), null)?.station)
      }),
      { seed },
    )
  })

  test('of all that hold one room exactly one stays, and the others go to it', () => {
    fc.assert(
      fc.property(hosts, (all) => {
        const holding = all.filter(({ rooms }) => rooms.length > 0)
        const goals = holding.map((us) => movesTo(room, { us, others: all.filter((other) => other !== us) }))
        expect(goals.filter((goal) => goal === null)).toHaveLength(Math.min(1, holding.length))
        const stays = holding[goals.indexOf(null)]
        expect(goals.every((goal) => goal === null || goal.station === stays?.station)).toBe(true)
      }),
      { seed },
    )
  })
})
