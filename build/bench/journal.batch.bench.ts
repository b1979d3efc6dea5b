// A thousand acts in one transaction, against the same rows written by hand in three bulk statements.
import { Bare } from './journal/bare.ts'
import { asAct, boatAct, median, openBoats, timed } from './journal/measure.ts'
import type { BenchResult } from './run.ts'

const batches = 15
const size = 1_000

export default async function journalBatch(): Promise<BenchResult[]> {
  const station = await openBoats()
  const bare = await Bare.open()
  try {
    const ours: number[] = []
    const theirs: number[] = []
    for (let index = -2; index < batches; index += 1) {
      const acts = Array.from({ length: size }, (_, each) => boatAct(each + size * (index + 2)))
      const journal = await timed(() => station.journal.writeAll(acts.map(asAct)))
      const plain = await timed(() => bare.writeAll(acts))
      if (index < 0) continue
      ours.push(journal)
      theirs.push(plain)
    }
    const rate = (times: number[]) => (size * 1_000) / median(times)
    return [
      { bench: 'journal.batch', value: rate(ours), unit: 'entries/s', baseline: rate(theirs), ratio: rate(ours) / rate(theirs), n: batches * size },
    ]
  } finally {
    await station.close()
    await bare.close()
  }
}
