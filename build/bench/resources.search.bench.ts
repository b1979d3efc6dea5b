// The first fifty hits of words and pinyin initials over a million resources with their count, through the service, beside the bare FTS5 query.
import { ResourceFilter } from '../../native/contract/index.ts'
import { matches } from '../../native/features/resources/resource-query.ts'
import { openMillion, quantile } from './resources/million.ts'
import type { BenchResult } from './run.ts'

const rounds = 12
const queries = [
  '救援',
  '库',
  '临渭',
  '吴堡防汛',
  '柞水隧道救援队',
  '物资储备库77号',
  'wbzh',
  'lwwhp',
  'hzdz',
  '佛坪 医院',
  '应急管理局',
  '999号',
  'yyslylz',
  '消防车',
  '鄠邑燃气抢险装备',
  '队',
  '水',
  '医院',
  '7',
  'lw',
  'jy',
]

export default async function bench(): Promise<BenchResult[]> {
  const services = await openMillion()
  const ours: number[] = []
  const bare: number[] = []
  const short: number[] = []
  const shortBare: number[] = []
  try {
    for (let turn = 0; turn <= rounds; turn += 1) {
      // A service that remembers no counts: every question is asked for the first time.
      const resources = services.fresh()
      for (const query of queries) {
        const filter = ResourceFilter.parse({ query })
        const from = performance.now()
        await resources.list({ filter, offset: 0, limit: 50 })
        const middle = performance.now()
        const match = matches(filter)
        if (match === null) throw new Error(query)
        await services.store.all('SELECT r.* FROM resourceSearch s CROSS JOIN resources r ON r.key = s.rowid WHERE resourceSearch MATCH ? LIMIT 50', [
          match.anywhere,
        ])
        const end = performance.now()
        if (turn === 0) continue
        ours.push(middle - from)
        bare.push(end - middle)
        if (query.length > 2) continue
        short.push(middle - from)
        shortBare.push(end - middle)
      }
    }
  } finally {
    await services.close()
  }
  const round = (value: number) => Math.round(value * 1000) / 1000
  const figure = (bench: string, unit: string, q: number, all: readonly number[], theirs: readonly number[]): BenchResult => {
    const [value, baseline] = [quantile(all, q), quantile(theirs, q)]
    return { bench, value: round(value), unit, baseline: round(baseline), ratio: round(value / baseline), n: all.length }
  }
  return [
    figure('resources.search', 'ms median', 0.5, ours, bare),
    figure('resources.search.p95', 'ms p95', 0.95, ours, bare),
    figure('resources.search.short', 'ms p95, 1–2 characters', 0.95, short, shortBare),
  ]
}
