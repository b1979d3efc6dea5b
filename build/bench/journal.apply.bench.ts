// Sealed batches of another station, checked and applied, against the same rows written by hand in three bulk statements.
import { Bare } from './journal/bare.ts'
import { asAct, boatAct, median, openBoats, timed } from './journal/measure.ts'
import type { BenchResult } from './run.ts'

const batches = 15
const size = 1_000

export default async function journalApply(): Promise<BenchResult[]> {
  const author = await openBoats()
  const station = await openBoats()
  const bare = await Bare.open()
  try {
    await station.journal.trust({ station: author.journal.station, publicKey: author.journal.publicKey, certifiedBy: null })
    const ours: number[] = []
    const theirs: number[] = []
    for (let index = -2; index < batches; index += 1) {
      const acts = Array.from({ length: size }, (_, each) => boatAct(each + size * (index + 2)))
      await author.journal.writeAll(acts.map(asAct))
      const sealed = []
      for (let after = (index + 2) * size; ;) {
        const batch = await author.journal.sealedBatch({ scope: 'shared', after })
        if (batch === null) break
        sealed.push(batch)
        after = batch.seal.seq
      }
      const wire = JSON.stringify(sealed)
      const journal = await timed(async () => {
        const received = await station.journal.apply(JSON.parse(wire) as unknown[])
        if (received.some((one) => one.refusal !== null)) throw new Error('a batch was refused')
      })
      const plain = await timed(() => bare.writeAll(acts))
      if (index < 0) continue
      ours.push(journal)
      theirs.push(plain)
    }
    const rate = (times: number[]) => (size * 1_000) / median(times)
    return [
      { bench: 'journal.apply', value: rate(ours), unit: 'entries/s', baseline: rate(theirs), ratio: rate(ours) / rate(theirs), n: batches * size },
    ]
  } finally {
    await station.close()
    await author.close()
    await bare.close()
  }
}
