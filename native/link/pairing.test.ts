// Pairing by a code: both learn each other, once, in time; whoever guesses is out after five tries.
import { expect, test } from 'vitest'
import { Pairing, plainCode, type ShownCard, showCard } from './pairing.ts'
import type { StationCard } from './stations.ts'

const cardOf = (station: string): StationCard => ({
  station,
  unit: '610500',
  name: station,
  publicKey: `key of ${station}`,
  isHost: station === 'host',
})

function pair() {
  const wall = { ms: 1_000_000 }
  const timing = { now: () => wall.ms, after: (_: number, call: () => void) => (waiting.push(call), () => undefined) }
  const waiting: (() => void)[] = []
  const known = { host: [] as string[], desk: [] as string[] }
  const of = (name: 'host' | 'desk') =>
    new Pairing({ timing, own: () => cardOf(name), accept: ({ station }) => (known[name].push(station), Promise.resolve(true)) })
  const [host, desk] = [of('host'), of('desk')]
  const say = async (shown: ShownCard) => {
    const answer = await host.heard(shown, '610500')
    if (answer !== null) await desk.heard(answer, '610500')
    else waiting.at(-1)?.()
  }
  return { host, desk, say, known, wall }
}

test('whoever types the code learns the host and is learnt', async () => {
  const { host, desk, say, known } = pair()
  const { code } = host.begin()
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)
  expect(await desk.join(` ${code.toLowerCase()} `, say)).toEqual(cardOf('host'))
  expect(known).toEqual({ host: ['desk'], desk: ['host'] })
  // Good once.
  expect(await desk.join(code, say)).toBeNull()
})
test('a code that is wrong, late, or guessed at too often opens nothing', async () => {
  const late = pair()
  const { code } = late.host.begin()
  late.wall.ms += 11 * 60_000
  expect(await late.desk.join(code, late.say)).toBeNull()
  const guessed = pair()
  const good = guessed.host.begin().code
  for (let guess = 0; guess < 5; guess += 1) expect(await guessed.desk.join('AAAAA-AAAAA', guessed.say)).toBeNull()
  expect(await guessed.desk.join(good, guessed.say)).toBeNull()
  expect(guessed.known).toEqual({ host: [], desk: [] })
})
test('a card changed on its way is not believed, nor one of an earlier asking sent back', async () => {
  const { host, desk, known } = pair()
  const { code } = host.begin()
  const shown = showCard(cardOf('desk'), false, code)
  expect(await host.heard({ ...shown, card: { ...shown.card, publicKey: 'another' } }, '610500')).toBeNull()
  const joining = desk.join(code, async (own) => {
    await desk.heard({ ...own, isAnswer: true }, '610500')
    await desk.heard({ ...showCard(cardOf('host'), true, code), card: cardOf('other') }, '610500')
    // The right card over the line of another centre.
    await desk.heard(showCard(cardOf('host'), true, code), '610502')
    await desk.heard(showCard(cardOf('host'), true, code), '610500')
  })
  expect(await joining).toEqual(cardOf('host'))
  expect(known.host).toEqual([])
})
test('spaces, small letters and full width make no difference', () => {
  expect(plainCode(' k7m2q－９xrta ')).toBe('K7M2Q9XRTA')
})
