// plans.search: 100 000 plan paragraphs, the first 50 ranked hits through the service beside FTS5's own ranked query on the same words in the same store.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { newId } from '../../native/kernel/ids.ts'
import { indexText, matchQuery } from '../../native/store/fulltext.ts'
import { planSearchProjection } from '../../native/features/plans/plans.projection.ts'
import { searchPlans } from '../../native/features/plans/plans.search.ts'
import { openTestStation, type TestStation } from '../../native/testing/station.ts'
import type { BenchResult } from './run.ts'

const paragraphs = 100_000
const plans = 200
const rounds = 15
const seed = 20_261_123

/** One and two characters, common and rare, phrases, words together, numbers, Latin. */
const queries = [
  '氯',
  '震',
  '市',
  '水',
  '火',
  '疏散',
  '应急',
  '洪水',
  '氯气',
  '堵漏',
  '负责',
  '泄漏 疏散',
  '启动一级响应',
  '0913-0100024',
  '市应急管理局',
  '指挥部',
  '30分钟内',
  '余震',
  '二级响应',
  '转移群众',
  '警戒 交通管制',
  '风向',
  '尾矿库',
  '正压式空气呼吸器',
  'Ⅲ级',
]

export default async function bench(): Promise<BenchResult[]> {
  const station = await openTestStation({ projections: [planSearchProjection] })
  try {
    await fill(station)
    await bare(station)
    const ours: number[] = []
    const theirs: number[] = []
    const ratios: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, query] of queries.entries()) {
        const pair =
          (round + index) % 2 === 0
            ? [await timed(() => mine(station, query)), await timed(() => bareQuery(station, query))]
            : [await timed(() => bareQuery(station, query)), await timed(() => mine(station, query))].toReversed()
        const [our = 0, their = 0] = pair
        if (round === 0) continue
        ours.push(our)
        theirs.push(their)
        ratios.push(our / their)
      }
    }
    const short = queries.flatMap((query, index) => (query.length <= 2 ? [index] : []))
    const ofShort = (all: readonly number[]) => all.filter((_, index) => short.includes(index % queries.length))
    return [
      result('plans.search', 'ms p95', p(ours, 0.95), p(theirs, 0.95), ours.length),
      result('plans.search.median', 'ms', p(ours, 0.5), p(theirs, 0.5), ours.length),
      result('plans.search.short', 'ms p95, 1–2 characters', p(ofShort(ours), 0.95), p(ofShort(theirs), 0.95), ofShort(ours).length),
      {
        bench: 'plans.search.each',
        value: round3(p(ratios, 0.5)),
        unit: 'median of ours / bare, query by query',
        baseline: 1,
        ratio: round3(p(ratios, 0.5)),
        n: ratios.length,
      },
    ]
  } finally {
    await station.close()
  }
}

/** Sentences of the sample plans put together anew: the words and their frequencies are those of plans. Rows come in by bulk import. */
async function fill(station: TestStation): Promise<void> {
  const sentences = ['hazchem', 'earthquake', 'flood', 'forest-fire', 'tailings'].flatMap((name) =>
    readFileSync(fileURLToPath(new URL(`../../resources/plans/source/${name}.md`, import.meta.url)), 'utf8')
      .split('\n')
      .slice(6)
      .map((line) =>
        line
          .replace(/^\{[^}]*\}/u, '')
          .replace(/<!--.*-->|[#|-]/gu, ' ')
          .trim(),
      )
      .filter((line) => line.length > 6)
      .flatMap((line) => line.split(/(?<=[。；])/u)),
  )
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state % below
  }
  const versions = Array.from({ length: plans }, () => ({ plan: newId(), version: newId() }))
  await station.journal.writeAll(
    versions.map(({ plan, version }, index) => ({
      actor: 'station',
      action: 'plans.import',
      subject: { dataset: 'plans', row: plan },
      rows: [{ dataset: 'plans', row: plan, set: { title: `样例预案 ${index}`, currentVersion: version, isRetired: false } }],
    })),
  )
  const lines = function* () {
    for (let key = 0; key < paragraphs; key += 1) {
      const { plan, version } = versions[key % plans] ?? { plan: '', version: '' }
      const body = Array.from({ length: 1 + random(4) }, () => sentences[random(sentences.length)]).join('')
      yield Buffer.from(`${JSON.stringify([String(key), plan, version, key, random(12) === 0 ? 'heading' : 'text', body, [], []])}\n`)
    }
  }
  const { sha256 } = await station.blobs.put(
    (async function* () {
      yield* lines()
    })(),
    { limitBytes: 500_000_000 },
  )
  await station.journal.writeBulk({
    actor: 'station',
    action: 'plans.import',
    subject: { dataset: 'plans', row: versions[0]?.plan ?? '' },
    dataset: 'planParagraphs',
    source: 'bench',
    columns: ['plan', 'version', 'position', 'kind', 'body', 'tiers', 'unsure'],
    blob: sha256,
    rows: paragraphs,
  })
  await station.journal.bulkIdle()
}

/** The bare thing: the same words in a plain FTS5 table of the same store, ranked by bm25. */
async function bare(station: TestStation): Promise<void> {
  await station.store.write((tx) => tx.exec("CREATE VIRTUAL TABLE benchBare USING fts5(body, content='', tokenize='unicode61')"))
  const rows = await station.store.all<{ key: number; body: string }>('SELECT key, body FROM planParagraphs ORDER BY key')
  for (let at = 0; at < rows.length; at += 2_000) {
    const part = rows.slice(at, at + 2_000).map((row) => [row.key, indexText(row.body)])
    await station.store.write(
      async (tx) =>
        void (await tx.run('INSERT INTO benchBare (rowid, body) SELECT value ->> 0, value ->> 1 FROM json_each(?)', [JSON.stringify(part)])),
    )
  }
}

async function mine(station: TestStation, query: string): Promise<number> {
  return (await searchPlans(station.store, { query, plan: null, tier: null, limit: 50 })).hits.length
}
async function bareQuery(station: TestStation, query: string): Promise<number> {
  return (await station.store.all('SELECT rowid, rank FROM benchBare WHERE benchBare MATCH ? ORDER BY rank LIMIT 50', [matchQuery(query) ?? '']))
    .length
}

async function timed(work: () => Promise<number>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
function p(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
}
function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
function result(name: string, unit: string, value: number, baseline: number, n: number): BenchResult {
  return { bench: name, value: round3(value), unit, baseline: round3(baseline), ratio: round3(value / baseline), n }
}
