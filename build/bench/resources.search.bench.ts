// The first fifty hits of words and pinyin initials over a million resources, through the service, beside the bare FTS5 query.
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
]

export default async function bench(): Promise<BenchResult[]> {
  const services = await openMillion()
  const ours: number[] = []
  const bare: number[] = []
  try {
    for (let turn = 0; turn <= rounds; turn += 1) {
      for (const query of queries) {
        const filter = ResourceFilter.parse({ query })
        const from = performance.now()
        await services.resources.list({ filter, offset: 0, limit: 50 })
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
      }
    }
  } finally {
    await services.close()
  }
  const round = (value: number) => Math.round(value * 1000) / 1000
  return (
    [
      ['resources.search', 0.5, 'ms median'],
      ['resources.search.p95', 0.95, 'ms p95'],
    ] as const
  ).map(([name, q, unit]) => {
    const [value, baseline] = [quantile(ours, q), quantile(bare, q)]
    return { bench: name, value: round(value), unit, baseline: round(baseline), ratio: round(value / baseline), n: ours.length }
  })
}
