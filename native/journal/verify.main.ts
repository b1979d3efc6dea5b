// `npm run verify -- --data DIR`: reads the whole journal, names what is damaged. Changes nothing; a station may be running.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { datasets } from '../contract/index.ts'
import { FileBlobs } from '../store/blobs.ts'
import { Connection } from '../store/database.ts'
import { databaseName } from '../store/store.ts'
import { verify } from './verify.ts'

/** @returns the exit status: 0 whole, 1 damaged, 2 asked wrongly */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' } } })
  const path = values.data === undefined ? null : join(values.data, databaseName)
  if (values.data === undefined || path === null || !existsSync(path)) {
    console.error('verify: name a data directory that holds a database: npm run verify -- --data DIR')
    return 2
  }
  const connection = await Connection.open(path, { isReadOnly: true })
  try {
    const { entries, chains, blobs, damage } = await verify(connection, FileBlobs.reading(join(values.data, 'blobs')), datasets)
    for (const { kind, name } of damage) console.log(`damaged ${kind} ${name}`)
    console.log(`${entries} entries in ${chains} chains, ${blobs} import files, ${damage.length} damaged`)
    return damage.length === 0 ? 0 : 1
  } finally {
    await connection.close()
  }
}

process.exitCode = await main()
