// 100 000 entries written at a desk without a line, from the moment the line stands until the host has applied them; against the same entries each as its own
// message of JetStream, carried and not applied (`link.drain`), and carried and written by hand into the same tables (`link.drain.applied`).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AckPolicy, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { StationChild } from '../../native/link/testing/station-process.ts'
import type { NatsServer } from '../../native/testing/nats-server.ts'
import { Bare, type BoatAct } from './journal/bare.ts'
import { boatAct } from './journal/measure.ts'
import { openPaired, openServer, untilLength, untilOnline, writeBoats } from './link/measure.ts'
import type { BenchResult } from './run.ts'

const entries = Number(process.env.WANGLOU_BENCH_ENTRIES ?? 100_000)
const pulledAtOnce = 500

export default async function linkDrain(): Promise<BenchResult[]> {
  const server = await openServer()
  try {
    const ours = await drain(server)
    const carried = await plain(server, 'carried', null)
    const bare = await Bare.open()
    const applied = await plain(server, 'applied', bare)
    await bare.close()
    const result = (bench: string, baseline: number): BenchResult => ({
      bench,
      value: ours,
      unit: 'entries/s',
      baseline,
      ratio: ours / baseline,
      n: entries,
    })
    return [result('link.drain', carried), result('link.drain.applied', applied)]
  } finally {
    await server.stop()
  }
}

async function drain(server: NatsServer): Promise<number> {
  const [host, desk] = await openPaired([
    { name: 'host', isHost: true, server: server.url },
    { name: 'desk', server: server.url },
  ])
  if (host === undefined || desk === undefined) throw new Error('no stations')
  await writeBoats(desk, entries)
  await desk.stop()
  await host.link.start()
  await untilOnline(host)
  const child = await StationChild.open({ name: 'desk', directory: desk.directory, server: server.url })
  const began = performance.now()
  await child.ask('start', 'started')
  await untilLength(host, entries)
  const tookMs = performance.now() - began
  await child.stop()
  await host.close()
  await desk.close()
  return (entries * 1_000) / tookMs
}

async function plain(server: NatsServer, name: string, bare: Bare | null): Promise<number> {
  const file = join(tmpdir(), `wanglou-bench-${process.pid}.jsonl`)
  const acts = Array.from({ length: entries }, (_, index) => boatAct(index))
  writeFileSync(file, acts.map((act) => `${JSON.stringify(asEntry(act))}\n`).join(''))
  const nats = await connect({ servers: server.url })
  const manager = await jetstreamManager(nats)
  await manager.streams.add({ name, subjects: [name], storage: StorageType.File })
  await manager.consumers.add(name, { durable_name: name, ack_policy: AckPolicy.None })
  const consumer = await jetstream(nats).consumers.get(name, name)
  const child = spawn(process.execPath, [new URL('./link/plain-child.ts', import.meta.url).pathname, file, server.url, name], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  const began = performance.now()
  child.stdin.write('go\n')
  for (let got = 0; got < entries;) {
    const some: BoatAct[] = []
    for await (const message of await consumer.fetch({ max_messages: pulledAtOnce, expires: 1_000 })) some.push(actOf(message.json<PlainEntry>()))
    got += some.length
    if (bare !== null && some.length > 0) await bare.writeAll(some)
  }
  const tookMs = performance.now() - began
  await ended
  await nats.close()
  rmSync(file)
  return (entries * 1_000) / tookMs
}

interface PlainEntry {
  subject: { dataset: string; row: string }
  cells: [dataset: string, row: string, column: string, value: BoatAct['set'][string], bases: []][]
}

function actOf({ subject, cells }: PlainEntry): BoatAct {
  return { row: subject.row, set: Object.fromEntries(cells.map(([, , column, value]) => [column, value])) }
}

let seq = 0
/** What an entry says besides its cells, so that a message is as long as one. */
function asEntry(act: BoatAct): PlainEntry & Record<string, unknown> {
  seq += 1
  const at = 1_800_000_000_000 + seq
  const cells = Object.entries(act.set).map(([column, value]): PlainEntry['cells'][number] => ['boats', act.row, column, value, []])
  return {
    v: 1,
    station: '01890000-0000-7000-8000-000000000000',
    scope: 'shared',
    seq,
    hlc: { ms: at, counter: 0 },
    at,
    actor: 'person',
    action: 'boats.write',
    subject: { dataset: 'boats', row: act.row },
    cells,
  }
}
