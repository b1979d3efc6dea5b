// One station id is one life of one directory: a clone, a roll-back and a restore begin a new one.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function openBoats(directory: string, machine = 'm1'): Promise<TestStation> {
  return openTestStation({ datasets: boatDatasets, migrations: await boatMigrations(), directory, machine })
}
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'wanglou-life-'))
  folders.push(made)
  return made
}
async function write(station: TestStation, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    const row = newId()
    await station.journal.write({
      actor: 'a',
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set: { crew: index } }],
    })
  }
}
async function began(station: TestStation): Promise<string[]> {
  return (await station.journal.health()).filter((one) => one.subject === 'station').map((one) => one.reason)
}

test('the same directory on the same machine goes on as the same station', async () => {
  const directory = await folder()
  const first = await openBoats(directory)
  await write(first, 2)
  const { station } = first.journal
  await first.stop()
  const second = await openBoats(directory)
  expect(second.journal.station).toBe(station)
  await write(second, 1)
  expect((await second.journal.heads()).map((head) => head.seq)).toEqual([3])
  expect(await began(second)).toEqual([])
  await second.stop()
})

test('a copied directory and another machine are clones', async () => {
  const directory = await folder()
  const first = await openBoats(directory)
  await write(first, 1)
  await first.stop()
  const copied = join(await folder(), 'copy')
  await cp(directory, copied, { recursive: true })
  for (const [path, machine] of [
    [copied, 'm1'],
    [directory, 'm2'],
  ] as const) {
    const clone = await openBoats(path, machine)
    expect(clone.journal.station).not.toBe(first.journal.station)
    expect(await began(clone)).toEqual(['station.cloned'])
    await write(clone, 1)
    expect(new Set((await clone.journal.heads()).map((head) => head.seq))).toEqual(new Set([1]))
    await clone.stop()
  }
})

test('a database copied back from before is a roll-back, without its key a restore', async () => {
  const directory = await folder()
  const first = await openBoats(directory)
  await write(first, 1)
  await first.stop()
  const saved = await folder()
  await cp(join(directory, 'wanglou.db'), join(saved, 'wanglou.db'))
  const second = await openBoats(directory)
  await write(second, 3)
  await second.stop()
  await cp(join(saved, 'wanglou.db'), join(directory, 'wanglou.db'))
  const third = await openBoats(directory)
  expect(await began(third)).toEqual(['station.rolled-back'])
  await third.stop()
  await rm(join(directory, 'station.key'))
  const fourth = await openBoats(directory)
  expect(await began(fourth)).toEqual(['station.restored'])
  await fourth.stop()
})
