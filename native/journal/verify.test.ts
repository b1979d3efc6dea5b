// What is on disk is checked: a flipped byte is found and named, a rebuild gives the same state, journals of earlier releases open.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { importedId, newId } from '../kernel/ids.ts'
import { openTestStation, type TestStation } from '../testing/station.ts'
import { entryId } from './encode.ts'
import { boatDatasets, boatMigrations } from './testing/boats.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function openBoats(directory?: string): Promise<TestStation> {
  const station = await openTestStation({
    datasets: boatDatasets,
    migrations: await boatMigrations(),
    ...(directory === undefined ? {} : { directory }),
  })
  folders.push(station.directory)
  return station
}

async function verifyProgram(directory: string): Promise<{ code: number; out: string }> {
  const program = new URL('./verify.main.ts', import.meta.url).pathname
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--data', directory])
    return { code: 0, out: stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, out: stdout }
  }
}

test('a flipped byte of an entry is found and named by the program', async () => {
  const station = await openBoats()
  const row = newId()
  const entries = []
  for (let index = 0; index < 30; index += 1) {
    entries.push(
      await station.journal.write({
        actor: 'a',
        action: 'boats.write',
        subject: { dataset: 'boats', row },
        rows: [{ dataset: 'boats', row, set: { name: `MARK-${index}-` } }],
      }),
    )
  }
  await station.stop()
  expect(await verifyProgram(station.directory)).toEqual({ code: 0, out: '30 entries in 1 chains, 0 import files, 0 damaged\n' })

  const path = join(station.directory, 'wanglou.db')
  const bytes = await readFile(path)
  const at = bytes.indexOf('"name","MARK-17-"')
  expect(at).toBeGreaterThan(0)
  const file = await open(path, 'r+')
  await file.write(Buffer.from('m'), 0, 1, at + 8)
  await file.close()
  const seventeenth = entries[17]
  const { code, out } = await verifyProgram(station.directory)
  expect(code).toBe(1)
  expect(out).toContain(`damaged body ${seventeenth === undefined ? '' : entryId(seventeenth)}\n`)
})

test('what was made from the entries is checked against them, and a rebuild makes it again', async () => {
  const station = await openBoats()
  const row = newId()
  await station.journal.write({
    actor: 'a',
    action: 'boats.write',
    subject: { dataset: 'boats', row },
    rows: [{ dataset: 'boats', row, set: { name: 'n', length: 1.5, isReady: true, kit: { b: 1, a: [null] } } }],
  })
  expect((await station.journal.verify()).damage).toEqual([])
  await station.store.write((tx) => tx.exec(`UPDATE boats SET length = 1.25; UPDATE cell_history SET value = '"m"' WHERE "column" = 'name'`))
  expect((await station.journal.verify()).damage).toEqual([
    { kind: 'history', name: `boats/${row}/name` },
    { kind: 'row', name: `boats/${row}/length` },
    { kind: 'row', name: `boats/${row}/name` },
  ])
  await station.journal.rebuild()
  expect((await station.journal.verify()).damage).toEqual([])
  await station.stop()
})

test('a flipped byte of an import file is found and named', async () => {
  const station = await openBoats()
  const { sha256 } = await station.blobs.put(Readable.from([Buffer.from('["k","n"]\n')]), { limitBytes: 100 })
  const subject = { dataset: 'boats', row: importedId('boats', 'l', '') }
  await station.journal.writeBulk({
    actor: 'a',
    action: 'boats.import',
    subject,
    dataset: 'boats',
    source: 'l',
    columns: ['name'],
    blob: sha256,
    rows: 1,
  })
  await station.journal.bulkIdle()
  const file = await open(station.blobs.pathOf(sha256), 'r+')
  await file.write(Buffer.from('x'), 0, 1, 3)
  await file.close()
  expect((await station.journal.verify()).damage).toEqual([{ kind: 'blob', name: sha256 }])
  await station.stop()
})

const fixture = new URL('./fixtures/journal-v1', import.meta.url).pathname

test('the journal of release 0.1 opens, verifies and rebuilds to the state it had', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'wanglou-v1-'))
  await cp(fixture, directory, { recursive: true })
  await cp(`${fixture}.db`, join(directory, 'wanglou.db'))
  const station = await openBoats(directory)
  const expected = (await readFile(join(directory, 'state-hash'), 'utf8')).trim()
  expect((await station.journal.verify()).damage).toEqual([])
  expect(await station.journal.length()).toBeGreaterThan(40)
  expect(await station.journal.stateHash()).toBe(expected)
  await station.journal.rebuild()
  expect(await station.journal.stateHash()).toBe(expected)
  await station.stop()
})
