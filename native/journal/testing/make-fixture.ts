// Makes `fixtures/journal-vN.db` for the release that introduces a form of the journal: node native/journal/testing/make-fixture.ts. Never made again for a released form.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDatabase } from '../../store/copy.ts'
import { entryForm } from '../encode.ts'
import { columns, Replicas, rows } from './replicas.ts'

const folder = new URL('../fixtures/', import.meta.url).pathname
const replicas = await Replicas.open()
try {
  for (let index = 0; index < 40; index += 1) {
    const row = rows[index % rows.length]
    const column = columns[index % 2]
    if (row === undefined || column === undefined) continue
    await replicas.write(index % 4, row, { [column]: `v${index % 5}` })
    if (index % 3 === 0) await replicas.deliver(index % 4, (index + 1) % 4, { skip: 0, limit: 3 })
    if (index === 20) await replicas.import(1, ['name', 'crew'], ['k0', 'k1', 'k9'], 'ledger')
    if (index === 30) await replicas.write(2, row, { '~deleted': true })
    if (index % 11 === 0) await replicas.decide(index % 4)
  }
  await replicas.settle()
  const { store, journal, blobs } = replicas.at(0)
  const row = rows[0] ?? ''
  await journal.erase({ rows: [{ dataset: 'boats', row }], actor: 'person 0', reason: 'asked for' })
  const target = join(folder, `journal-v${entryForm}`)
  await mkdir(target, { recursive: true })
  await rm(`${target}.db`, { force: true })
  await copyDatabase(store.path, `${target}.db`)
  await writeFile(join(target, 'state-hash'), `${await journal.stateHash()}\n`)
  for (const { blob } of await store.all<{ blob: string }>('SELECT DISTINCT blob FROM bulk_imports')) {
    await mkdir(join(target, 'blobs', blob.slice(0, 2)), { recursive: true })
    await copyFile(blobs.pathOf(blob), join(target, 'blobs', blob.slice(0, 2), blob))
  }
} finally {
  await replicas.close()
}
