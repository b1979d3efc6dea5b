// A console that joins a centre with 200 000 entries, until its chains and its rows are the centre's; against copying the centre's database file.
import { createHash } from 'node:crypto'
import { copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StationChild } from '../../native/link/testing/station-process.ts'
import { timed } from './journal/measure.ts'
import type { SmallStation } from '../../native/link/testing/small.ts'
import { openPaired, openServer, untilLength, untilOnline, writeBoats } from './link/measure.ts'
import type { BenchResult } from './run.ts'

const entries = Number(process.env.WANGLOU_BENCH_ENTRIES ?? 200_000)

export default async function linkJoin(): Promise<BenchResult[]> {
  const server = await openServer()
  const [host, desk] = await openPaired([
    { name: 'host', isHost: true, server: server.url },
    { name: 'desk', server: server.url },
  ])
  if (host === undefined || desk === undefined) throw new Error('no stations')
  try {
    await writeBoats(host, entries)
    const hash = await hashOf(host)
    await host.stop()
    const copied = await timed(() => copyFile(join(host.directory, 'wanglou.db'), join(host.directory, 'copy.db')))
    console.error(`database file ${((await stat(join(host.directory, 'wanglou.db'))).size / 1e6).toFixed(0)} MB`)
    const child = await StationChild.open({ name: 'host', isHost: true, directory: host.directory, server: server.url })
    await child.ask('start', 'started')
    // The centre has stood for long: its entries lie in its stream.
    while ((await child.ask('waiting', 'waiting')) !== '0') await new Promise((resolve) => setTimeout(resolve, 200))
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    let isEqual = false
    const joined = await timed(async () => {
      await desk.link.start()
      await untilOnline(desk)
      await untilLength(desk, entries)
      isEqual = (await hashOf(desk)) === hash
    })
    await child.stop()
    if (!isEqual) throw new Error('the console is not as the centre is')
    return [{ bench: 'link.join', value: joined / 1_000, unit: 's', baseline: copied / 1_000, ratio: joined / copied, n: entries }]
  } finally {
    await desk.close()
    await host.close()
    await rm(host.directory, { recursive: true, force: true })
    await server.stop()
  }
}

/** Where every chain ends and every row as it is shown. The journal's own hash of the state sorts all cells anew for each page and takes many minutes at this size. */
async function hashOf({ journal, store }: SmallStation): Promise<string> {
  const ends = (await journal.heads()).filter(({ scope }) => scope !== 'self')
  const hash = createHash('sha256').update(JSON.stringify(ends))
  for (let after = ''; ;) {
    const rows = await store.all<{ id: string }>(
      'SELECT id, name, length, crew, isReady, kit, seenAt, phone, _deleted, _conflicts FROM boats WHERE id > ? ORDER BY id LIMIT 5000',
      [after],
    )
    hash.update(JSON.stringify(rows))
    const last = rows.at(-1)
    if (last === undefined) return hash.digest('hex')
    after = last.id
  }
}
