// A station under load that will be killed: several writers and an import; says each acknowledgement the moment it has it.
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { newId } from '../../kernel/ids.ts'
import { openTestStation } from '../../testing/station.ts'
import { entryId } from '../encode.ts'
import { boatDatasets, boatMigrations } from './boats.ts'

const [directory, synchronous] = process.argv.slice(2)
if (directory === undefined) throw new Error('crash-child DIR [NORMAL]')
const station = await openTestStation({
  directory,
  datasets: boatDatasets,
  migrations: await boatMigrations(),
  ...(synchronous === 'NORMAL' ? { synchronous } : {}),
})
const say = (line: string) => writeSync(1, `${line}\n`)
say('ready')

const own = Array.from({ length: 5 }, newId)
async function write(writer: number): Promise<void> {
  for (let index = 0; ; index += 1) {
    const row = index % 3 === 0 ? newId() : (own[(writer + index) % own.length] ?? newId())
    const set = { name: `writer ${writer}`, crew: index, kit: { index }, phone: `0913-${index}-${'x'.repeat((index * 37) % 900)}` }
    const entry = await station.journal.write({
      actor: 'a',
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set }],
    })
    say(`ack ${entryId(entry)} ${entry.hash}`)
  }
}

async function importRows(): Promise<void> {
  const lines = Array.from({ length: 20_000 }, (_, index) => Buffer.from(`${JSON.stringify([`k${index}`, `n${index}`, index])}\n`))
  const { sha256 } = await station.blobs.put(Readable.from(lines), { limitBytes: 1e8 })
  for (;;) {
    const entry = await station.journal.writeBulk({
      actor: 'a',
      action: 'boats.import',
      subject: { dataset: 'boats', row: 'ledger' },
      dataset: 'boats',
      source: 'ledger',
      columns: ['name', 'crew'],
      blob: sha256,
      rows: lines.length,
    })
    say(`ack ${entryId(entry)} ${entry.hash}`)
    await station.journal.bulkIdle()
  }
}

await Promise.all([write(0), write(1), write(2), importRows()])
