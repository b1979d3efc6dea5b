// How a console waits for its host's snapshot: what is lost is asked for again, and the chains wait for it, but not for ever.
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Joining } from './joining.ts'
import { manifestBytes, type SignedManifest } from './manifest.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const host = {
  station: 'host',
  unit: '610500',
  name: 'host',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  isHost: true,
}
const manifest = { v: 1 as const, station: 'host', unit: '610500', madeAt: 0, entries: 5_000, sha256: 'a'.repeat(64), size: 1_000 }
const offer: SignedManifest = { manifest, signature: sign(null, manifestBytes(manifest), privateKey).toString('base64') }

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'joining-'))
})
afterEach(() => rm(directory, { recursive: true }))

function open() {
  const seen = { now: 0, asked: 0, again: 0, fetched: 0, wanted: [] as string[], held: [] as boolean[] }
  const joining = new Joining({
    directory,
    blobs: { has: () => Promise.resolve(false) } as never,
    reads: {} as never,
    timing: { now: () => seen.now, after: () => () => undefined },
    host: () => host,
    length: () => Promise.resolve(7),
    ask: () => (seen.asked += 1),
    want: (sha256) => Promise.resolve(void seen.wanted.push(sha256)),
    forget: () => Promise.resolve(),
    fetched: () => Promise.resolve(seen.fetched),
    again: () => (seen.again += 1),
    onHold: (isHeld) => seen.held.push(isHeld),
    worthEntries: 2_000,
    onChange: () => undefined,
  })
  const at = async (now: number) => {
    seen.now = now
    await joining.look()
  }
  return { joining, seen, at }
}

test('a question that nobody has heard is asked again; the chains wait for half a minute at most', async () => {
  const { joining, seen, at } = open()
  joining.begin()
  const mayCome = joining.chainsMayCome()
  for (let second = 1; second <= 29; second += 1) await at(second * 1_000)
  expect(seen).toMatchObject({ asked: 2, held: [true] })
  await at(30_000)
  await mayCome
  expect(seen.held).toEqual([true, false])
  // It goes on asking: the host may be switched on later.
  await at(60_000)
  expect(seen.asked).toBe(3)
})

test('while it is fetched the chains wait; when nothing of it comes it is asked for again, and they go on', async () => {
  const { joining, seen, at } = open()
  joining.begin()
  await joining.offered(offer)
  expect(seen.wanted).toEqual([manifest.sha256])
  for (seen.fetched = 10; seen.fetched < 500; seen.fetched += 10) await at(seen.now + 1_000)
  expect(seen).toMatchObject({ again: 0, held: [true] })
  const mayCome = joining.chainsMayCome()
  const stalledAt = seen.now
  await at(stalledAt + 1_000)
  await at(stalledAt + 7_000)
  expect(seen).toMatchObject({ again: 1, held: [true] })
  await at(stalledAt + 32_000)
  await mayCome
  expect(seen.held).toEqual([true, false])
  // It comes on: they wait again.
  seen.fetched += 10
  await at(stalledAt + 33_000)
  await at(stalledAt + 34_000)
  expect(seen.held).toEqual([true, false, true])
})

test('when the connection is gone nobody waits', async () => {
  const { joining } = open()
  joining.begin()
  const mayCome = joining.chainsMayCome()
  joining.release()
  await mayCome
})

test('a snapshot of hardly more than is here is not worth its while', async () => {
  const { joining, seen } = open()
  joining.begin()
  const few = { ...manifest, entries: 900 }
  await joining.offered({ manifest: few, signature: sign(null, manifestBytes(few), privateKey).toString('base64') })
  expect(joining.view).toBeNull()
  expect(seen).toMatchObject({ wanted: [], held: [true, false] })
})
