// A console that joins a centre with 200 000 entries by a code, until its chains and its rows are the centre's: with the snapshot of its host and a
// restart (`link.join`), and entry by entry (`link.join.chains`); both against copying the centre's database file.
import { createHash } from 'node:crypto'
import { copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StationChild } from '../../native/link/testing/station-process.ts'
import { timed } from './journal/measure.ts'
import { openSmall, type SmallStation } from '../../native/link/testing/small.ts'
import { openServer, untilLength, untilOnline, writeBoats } from './link/measure.ts'
import type { BenchResult } from './run.ts'

const entries = Number(process.env.WANGLOU_BENCH_ENTRIES ?? 200_000)

export default async function linkJoin(): Promise<BenchResult[]> {
  const server = await openServer()
  const host = await openSmall({ name: 'host', isHost: true, server: server.url })
  try {
    await writeBoats(host, entries)
    const hash = await hashOf(host)
    await host.stop()
    const copied = await timed(() => copyFile(join(host.directory, 'wanglou.db'), join(host.directory, 'copy.db')))
    console.error(`database file ${((await stat(join(host.directory, 'wanglou.db'))).size / 1e6).toFixed(0)} MB`)
    const child = await StationChild.open({ name: 'host', isHost: true, directory: host.directory, server: server.url })
    await child.ask('start', 'started')
    // The centre has stood for long: its entries lie in its stream.
    while ((await child.ask('waiting', 'waiting')) !== '0') await sleep(200)
    await sleep(2_000)
    const results: BenchResult[] = []
    for (const [bench, snapshotFromEntries] of [
      ['link.join', 0],
      ['link.join.chains', Infinity],
    ] as const) {
      const joined = await joinOnce({ server: server.url, child, hash, snapshotFromEntries })
      results.push({ bench, value: joined / 1_000, unit: 's', baseline: copied / 1_000, ratio: joined / copied, n: entries })
    }
    await child.stop()
    return results
  } finally {
    await host.close()
    await rm(host.directory, { recursive: true, force: true })
    await server.stop()
  }
}

/** @returns milliseconds from the typing of the code until all is here */
async function joinOnce(options: { server: string; child: StationChild; hash: string; snapshotFromEntries: number }): Promise<number> {
  const { server, child, hash, snapshotFromEntries } = options
  let desk = await openSmall({ name: 'desk', server, snapshotFromEntries })
  const { directory } = desk
  try {
    await desk.link.start()
    await untilOnline(desk)
    const code = await child.ask('code', 'code')
    let isEqual = false
    const joined = await timed(async () => {
      await desk.link.join(code, 'centre')
      const state = () => desk.link.view().joining?.state ?? null
      while (state() !== null && state() !== 'ready') await sleep(50)
      if (await desk.link.adopt()) {
        await desk.stop()
        desk = await openSmall({ name: 'desk', server, directory })
        await desk.link.start()
      } else if (snapshotFromEntries === 0) throw new Error('no snapshot was offered')
      await untilLength(desk, entries)
      isEqual = (await hashOf(desk)) === hash
    })
    if (!isEqual) throw new Error('the console is not as the centre is')
    return joined
  } finally {
    await desk.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** The last of the entries, whose hash stands for all before it, and every row as it is shown. The journal's own hash of the state takes longer at this size. */
async function hashOf({ store }: SmallStation): Promise<string> {
  const end = await store.get<{ hash: string }>("SELECT hex(hash) AS hash FROM journal WHERE scope = 'shared' AND dataset = 'boats' AND seq = ?", [
    entries,
  ])
  const hash = createHash('sha256').update(end?.hash ?? '')
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
