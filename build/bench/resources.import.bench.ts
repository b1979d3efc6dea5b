// 100 000 rows of 15 columns, from the file's first byte until the last row is in: CSV and XLSX; by stage, in CPU time (which a busy machine falsifies
// less than the clock), with the parser's memory and the longest time the main loop was busy. Asked: CSV 25 s, XLSX 60 s, parser 400 MB, loop 200 ms.
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import writeXlsxFile from 'write-excel-file/node'
import type { ImportTargetId } from '../../native/contract/index.ts'
import { seedAreas } from '../../native/features/areas/testing/seed-areas.ts'
import { ImportsService } from '../../native/features/imports/imports.service.ts'
import { resourceProjection } from '../../native/features/resources/resources.projection.ts'
import { openTestStation } from '../../native/testing/station.ts'
import { random } from './resources/million.ts'
import type { BenchResult } from './run.ts'

const rows = 100_000
const header = [
  '编号',
  '名称',
  '类别',
  '子类',
  '行政区划代码',
  '地址',
  '经度',
  '纬度',
  '联系人',
  '联系电话',
  '人数',
  '装备',
  '准备状态',
  '权属单位',
  '更新日期',
]
const kinds = ['救援队伍', '物资储备库', '装备', '避难场所', '医疗机构', '消防救援站', '防护目标']

function* table(): Generator<string[]> {
  const next = random(5)
  yield header
  for (let index = 0; index < rows; index += 1) {
    const lon = (108.3 + next() * 1.2).toFixed(6)
    const lat = (34.1 + next() * 0.9).toFixed(6)
    yield [
      `B-${index}`,
      `临渭区第${index}综合应急资源`,
      kinds[index % kinds.length] ?? '',
      '综合',
      '610502',
      `朝阳大街${index}号`,
      lon,
      lat,
      '样例甲',
      `0913-01${String(index % 100_000).padStart(5, '0')}`,
      String(index % 400),
      '水罐消防车2辆、照明车1辆',
      '战备',
      '临渭区应急管理局（样例）',
      '2026-01-05',
    ]
  }
}

async function writeCsv(path: string): Promise<void> {
  const stream = createWriteStream(path)
  for (const cells of table()) if (!stream.write(`${cells.join(',')}\r\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'close')
}

async function rssMb(): Promise<number> {
  return (Number(/VmRSS:\s+(\d+) kB/.exec(await readFile('/proc/self/status', 'utf8'))?.[1]) * 1024) / 1e6
}

interface Measured {
  seconds: number
  /** Looking at the file, checking its rows, keeping the good ones. */
  checkSeconds: number
  /** The rows into their table, the R*Tree and the full text. */
  projectSeconds: number
  /** All threads. */
  cpuSeconds: number
  parserMb: number
  longestMs: number
}

async function measure(path: string, fileName: string): Promise<Measured> {
  const station = await openTestStation({ projections: [resourceProjection] })
  const areas = await seedAreas(station)
  const imports = new ImportsService({ ...station, areas, onError: (error) => console.error(error) })
  await imports.start()
  const blob = await station.blobs.put(createReadStream(path), { limitBytes: 1e9 })
  const delay = monitorEventLoopDelay({ resolution: 10 })
  globalThis.gc?.()
  const idleMb = await rssMb()
  let highestMb = idleMb
  const watch = setInterval(() => void rssMb().then((mb) => (highestMb = Math.max(highestMb, mb))), 50)
  delay.enable()
  const cpu = process.cpuUsage()
  const started = performance.now()
  const target: ImportTargetId = 'resources'
  const file = { blob: blob.sha256, fileName, target, source: fileName }
  const proposal = await imports.inspect({ ...file, sheet: null, encoding: null, headerRows: null })
  const { id } = await imports.check(
    {
      ...file,
      sheet: null,
      encoding: null,
      headerRows: proposal.headerRows,
      mapping: proposal.mapping,
      datum: 'wgs84',
      kind: null,
      area: '610500',
      accepted: ['outside-area'],
    },
    'bench',
  )
  await imports.settled(id)
  const checkedMb = highestMb
  const checkSeconds = (performance.now() - started) / 1000
  await imports.commit(id, 'bench')
  await imports.settled(id)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  delay.disable()
  clearInterval(watch)
  const { good } = await imports.job(id)
  const found = await station.store.get<{ n: number }>('SELECT count(*) AS n FROM resources')
  if (good !== rows || found?.n !== rows) throw new Error(`${good} good, ${found?.n} in`)
  await station.close()
  return {
    seconds,
    checkSeconds,
    projectSeconds: seconds - checkSeconds,
    cpuSeconds: (user + system) / 1e6,
    parserMb: checkedMb - idleMb,
    longestMs: delay.max / 1e6,
  }
}

/** Bare work for comparison: csv-parse alone over the same bytes, nothing checked, nothing stored. */
async function bareSeconds(path: string): Promise<number> {
  const started = performance.now()
  let count = 0
  for await (const _ of createReadStream(path).pipe(parse())) count += 1
  if (count !== rows + 1) throw new Error(String(count))
  return (performance.now() - started) / 1000
}

export default async function bench(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wanglou-bench-'))
  const round = (value: number) => Math.round(value * 100) / 100
  try {
    const [csv, xlsx] = [join(folder, 'ledger.csv'), join(folder, 'ledger.xlsx')]
    await writeCsv(csv)
    await writeXlsxFile([...table()].map((cells) => cells.map((value) => ({ value, type: String })))).toFile(xlsx)
    console.error(`CSV ${(await stat(csv)).size} bytes, XLSX ${(await stat(xlsx)).size} bytes`)
    const results: BenchResult[] = []
    for (const [kind, path] of [
      ['csv', csv],
      ['xlsx', xlsx],
    ] as const) {
      const baseline = kind === 'csv' ? await bareSeconds(path) : null
      const { seconds, checkSeconds, projectSeconds, cpuSeconds, parserMb, longestMs } = await measure(path, `ledger.${kind}`)
      results.push(
        {
          bench: `resources.import.${kind}`,
          value: round(seconds),
          unit: 's for 100 000 rows',
          baseline: baseline === null ? null : round(baseline),
          ratio: baseline === null ? null : round(seconds / baseline),
          n: 1,
        },
        {
          bench: `resources.import.${kind}.check`,
          value: round(checkSeconds),
          unit: 's until the rows are checked',
          baseline: null,
          ratio: null,
          n: 1,
        },
        { bench: `resources.import.${kind}.project`, value: round(projectSeconds), unit: 's until they are in', baseline: null, ratio: null, n: 1 },
        { bench: `resources.import.${kind}.cpu`, value: round(cpuSeconds), unit: 'CPU s of all threads', baseline: null, ratio: null, n: 1 },
        {
          bench: `resources.import.${kind}.parser`,
          value: Math.round(parserMb),
          unit: 'MB above idle, highest during the check',
          baseline: null,
          ratio: null,
          n: 1,
        },
        { bench: `resources.import.${kind}.loop`, value: round(longestMs), unit: 'ms longest main-loop delay', baseline: null, ratio: null, n: 1 },
      )
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
