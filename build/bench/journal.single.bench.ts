// One act at a time, each on disk before it is acknowledged; and the same while an import of 100 000 rows runs.
import { Readable } from 'node:stream'
import { Bare } from './journal/bare.ts'
import { asAct, boatAct, median, openBoats, quantile, timed } from './journal/measure.ts'
import type { BenchResult } from './run.ts'

const acts = 2_000
const importRows = 100_000

export default async function journalSingle(): Promise<BenchResult[]> {
  const station = await openBoats()
  const bare = await Bare.open()
  try {
    const ours: number[] = []
    const theirs: number[] = []
    for (let index = -100; index < acts; index += 1) {
      const act = boatAct(index + 200)
      const journal = await timed(() => station.journal.write(asAct(act)))
      const plain = await timed(() => bare.write(act))
      if (index < 0) continue
      ours.push(journal)
      theirs.push(plain)
    }
    const lines = Array.from({ length: importRows }, (_, index) => `${JSON.stringify([`k${index}`, ...Object.values(boatAct(index).set)])}\n`)
    const { sha256 } = await station.blobs.put(Readable.from(lines.map((line) => Buffer.from(line))), { limitBytes: 1e9 })
    const subject = { dataset: 'boats', row: 'ledger' }
    const columns = Object.keys(boatAct(0).set)
    let isDone = false
    await station.journal.writeBulk({
      actor: 'person',
      action: 'boats.import',
      subject,
      dataset: 'boats',
      source: 'bench',
      columns,
      blob: sha256,
      rows: importRows,
    })
    const running = station.journal.bulkIdle().then(() => (isDone = true))
    const during: number[] = []
    while (!isDone) {
      during.push(await timed(() => station.journal.write(asAct(boatAct(during.length)))))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await running
    const rate = (times: number[]) => 1_000 / median(times)
    const tail = { ours: quantile(ours, 0.99), theirs: quantile(theirs, 0.99) }
    return [
      { bench: 'journal.single', value: rate(ours), unit: 'entries/s by median', baseline: rate(theirs), ratio: rate(ours) / rate(theirs), n: acts },
      { bench: 'journal.single', value: tail.ours, unit: 'ms p99', baseline: tail.theirs, ratio: tail.ours / tail.theirs, n: acts },
      { bench: 'journal.single', value: quantile(during, 0.99), unit: 'ms p99 while an import runs', baseline: null, ratio: null, n: during.length },
    ]
  } finally {
    await station.close()
    await bare.close()
  }
}
