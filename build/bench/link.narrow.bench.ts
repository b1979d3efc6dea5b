// 1 000 mixed entries up a line of 64 kbit/s with 600 ms round trip that stands still for a second at a random 2 % of its 1 400-byte segments, as loss
// looks through TCP (tc netem is absent on the build machine): bytes an entry as the line carries them, both ways and with everything; time against what
// those bytes and stalls alone take; and how soon something urgent that is written behind 1 000 others is acknowledged above.
import { setTimeout as sleep } from 'node:timers/promises'
import { Proxy } from '../../native/link/testing/proxy.ts'
import { randomOf } from '../../native/link/testing/simulation.ts'
import { lowerUnit, type SmallStation } from '../../native/link/testing/small.ts'
import type { Act } from '../../native/journal/types.ts'
import { newId } from '../../native/kernel/ids.ts'
import { openPaired, openServer } from './link/measure.ts'
import type { BenchResult } from './run.ts'

const entries = 1_000
const bytesPerS = 8_000
const oneWayMs = 300
const narrow = { delayMs: oneWayMs, bytesPerS, stallShare: 0.02 }
const rounds = 5

export default async function linkNarrow(): Promise<BenchResult[]> {
  const seed = Number(process.env.WANGLOU_SEED ?? Date.now() % 2 ** 31)
  console.error(`seed ${seed}`)
  const server = await openServer()
  const line = await Proxy.open(() => ({ port: server.port }), randomOf(seed))
  const [upper, lower] = await openPaired([
    { name: 'upper', isHost: true, below: [lowerUnit], server: server.url },
    // Its own centre's server stands beside it; only the line up is narrow.
    { name: 'lower', unit: lowerUnit, isHost: true, server: server.url, above: `nats://127.0.0.1:${line.port}` },
  ])
  if (upper === undefined || lower === undefined) throw new Error('no stations')
  try {
    await upper.link.start()
    await lower.link.start()
    while (above(lower)?.state !== 'online') await sleep(20)
    await sleep(3_000)
    line.quality = narrow

    const [bytes, stalledMs] = [line.bytes, line.stalledMs]
    const began = performance.now()
    await lower.journal.writeAll(Array.from({ length: entries }, (_, index) => mixed(index)))
    await acknowledged(lower)
    const tookMs = performance.now() - began
    const carried = line.bytes - bytes
    const stalls = line.stalledMs - stalledMs
    const leastMs = (carried * 1_000) / bytesPerS + stalls

    const waits: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      // A thousand of the lanes behind it wait, and the line is in the midst of them.
      const { total } = await lower.link.unsent(1)
      await lower.journal.writeAll(Array.from({ length: entries - total }, (_, index) => lesser(index + round * entries)))
      await sleep(3_000)
      const writtenAt = performance.now()
      const { subject } = await lower.journal.write(incident())
      while ((await upper.store.get('SELECT 1 FROM incidents WHERE id = ?', [subject.row])) === null) await sleep(10)
      // Acknowledged: the answer of the centre above is a way back.
      waits.push(performance.now() - writtenAt + oneWayMs)
    }
    console.error(`urgent: ${waits.map((ms) => Math.round(ms)).join(', ')} ms`)
    const worstS = Math.max(...waits) / 1_000
    return [
      { bench: 'link.narrow.bytes', value: carried / entries, unit: 'B/entry', baseline: null, ratio: null, n: entries },
      { bench: 'link.narrow.time', value: tookMs / 1_000, unit: 's', baseline: leastMs / 1_000, ratio: tookMs / leastMs, n: entries },
      { bench: 'link.narrow.urgent', value: worstS, unit: 's worst', baseline: null, ratio: null, n: rounds },
    ]
  } finally {
    await lower.close()
    await upper.close()
    await line.close()
    await server.stop()
  }
}

const above = ({ link }: SmallStation) => link.view().links.find(({ kind }) => kind === 'above')

/** The centre above has said that it holds everything, and so has our own server. */
async function acknowledged({ link }: SmallStation): Promise<void> {
  while ((await link.unsent(1)).total > 0) await sleep(50)
}

const scope = `up:${lowerUnit}` as const
const incidentId = newId()
const words = [
  '现场有两人被困，消防已到',
  '道路塌方约三十米，正在绕行',
  '水位上涨，转移安置点群众',
  '危化品槽车侧翻，未见泄漏',
  '电力抢修队到达，预计两小时恢复',
]
const places = ['韩城市龙门镇', '新城街道办', '桑树坪镇', '西庄镇', '芝川镇']
const pick = <T>(all: readonly T[], index: number) => all[index % all.length] as T

/** What a county sends in a bad hour: orders and what becomes of them, words from the scene, positions of units, contacts. */
function mixed(index: number): Act {
  const now = Date.now()
  const person = `account-${index % 7}`
  switch (index % 5) {
    case 0:
      return act(person, 'tasks.order', 'tasks', {
        incident: incidentId,
        kind: 'resource',
        inNameOf: '现场指挥部',
        unit: `第${(index % 12) + 1}救援队`,
        task: pick(words, index),
        place: pick(places, index),
        deadline: now + (index % 50) * 60_000,
        signWithinMinutes: 10,
      })
    case 1:
      return act(person, 'reports.words', 'incidentReports', {
        incident: incidentId,
        kind: 'further',
        words: `${pick(words, index)}，${pick(places, index + 1)}，${index} 号`,
        reporter: `报告人${index % 40}`,
        channel: 'telephone',
        enteredAt: now,
      })
    case 2:
      return act(person, 'positions.report', 'resources', { lon: 110.4 + (index % 997) / 5_000, lat: 35.4 + (index % 883) / 5_000, asOf: now })
    case 3:
      return act(person, 'resources.edit', 'resources', {
        kind: 'team',
        name: `${pick(places, index)}救援队 ${index}`,
        readiness: pick(['ready', 'out', 'resting'], index),
        telephone: `0913-5${100_000 + index}`,
        asOf: now,
      })
    default:
      return act(person, 'contacts.write', 'contacts', {
        unitName: pick(places, index),
        post: '值班员',
        name: `张${index}`,
        telephones: [{ kind: 'mobile', number: `1389${1_000_000 + index * 7}` }],
        rank: index % 9,
      })
  }
}

/** Everything but words about incidents, which are as urgent as the incident. */
const lesser = (index: number): Act => mixed(index % 5 === 1 ? index + 1 : index)

const incident = (): Act =>
  act('account-1', 'incidents.report', 'incidents', { title: '龙门镇危化品槽车泄漏', description: pick(words, 3), place: pick(places, 0) })

function act(actor: string, action: string, dataset: string, set: Act['rows'][number]['set']): Act {
  const row = newId()
  return { actor, action, subject: { dataset, row }, rows: [{ dataset, row, set }], scope }
}
