// A station that takes in an import and meanwhile writes a given number of acts, two at a time, and says each acknowledgement; watched by strace.
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { newId } from '../../kernel/ids.ts'
import { openTestStation } from '../../testing/station.ts'
import { entryId } from '../encode.ts'
import { boatDatasets, boatMigrations } from './boats.ts'
import { powerImport } from './power.ts'

const [directory, count, synchronous] = process.argv.slice(2)
if (directory === undefined || count === undefined) throw new Error('power-child DIR COUNT [NORMAL]')
const station = await openTestStation({
  directory,
  datasets: boatDatasets,
  migrations: await boatMigrations(),
  ...(synchronous === 'NORMAL' ? { synchronous } : {}),
})
const { sha256 } = await station.blobs.put(Readable.from(powerImport.lines()), { limitBytes: 1e8 })
const entry = await station.journal.writeBulk({
  actor: 'a',
  action: 'boats.import',
  subject: { dataset: 'boats', row: 'ledger' },
  dataset: 'boats',
  source: 'ledger',
  columns: [...powerImport.columns],
  blob: sha256,
  rows: powerImport.rows,
})
writeSync(1, `import ${entryId(entry)}\n`)
async function write(writer: number): Promise<void> {
  for (let index = 0; index < Number(count) / 2; index += 1) {
    const set = { name: `writer ${writer}`, crew: index, phone: 'x'.repeat((index * 97) % 3_000) }
    const row = newId()
    const entry = await station.journal.write({
      actor: 'a',
      action: 'boats.write',
      subject: { dataset: 'boats', row },
      rows: [{ dataset: 'boats', row, set }],
    })
    writeSync(1, `ack ${entryId(entry)} ${row}\n`)
  }
}
await Promise.all([write(0), write(1)])
// What follows (folding the log in, closing) is not part of the trace that is looked at.
writeSync(1, 'end\n')
await station.stop()
