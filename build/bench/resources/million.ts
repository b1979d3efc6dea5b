// A station directory with a million resources, built once and kept in `.cache`; and the services on top of it.
// The rows are put straight into the projected table, in large transactions: how fast the journal takes rows in is what `resources.import` measures.
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LonLat, type ResourceKind, resourceKinds, WanglouError } from '../../../native/contract/index.ts'
import { noAreaTables } from '../../../native/features/areas/area-tables.ts'
import { AreasService } from '../../../native/features/areas/areas.service.ts'
import { seedAreas } from '../../../native/features/areas/testing/seed-areas.ts'
import { resourceProjection } from '../../../native/features/resources/resources.projection.ts'
import { ResourcesService } from '../../../native/features/resources/resources.service.ts'
import { LocalJournal } from '../../../native/journal/journal.ts'
import { importedId } from '../../../native/kernel/ids.ts'
import { FileBlobs } from '../../../native/store/blobs.ts'
import { SqliteStore } from '../../../native/store/store.ts'

export const millionRows = 1_000_000
export const rareKind: ResourceKind = 'expert'
const cache = fileURLToPath(new URL('../../../.cache/bench/', import.meta.url))
const directory = join(cache, 'resources-1m')

const common = resourceKinds.filter((kind) => kind !== rareKind)
const first = ['临渭', '华州', '吴堡', '柞水', '鄠邑', '佛坪', '雁塔', '榆阳', '汉台', '王益', '秦都', '洛南']
const second = ['综合', '危化品', '森林', '防汛', '矿山', '地质', '医疗', '通信', '电力', '交通', '市政', '水利', '燃气', '建筑', '隧道', '航空']
const third: Record<ResourceKind, string> = { team: '救援队', store: '物资储备库', equipment: '抢险装备', shelter: '避难场所', hospital: '人民医院', expert: '专家', 'fire-station': '消防救援站', 'protection-target': '中心小学' }
const columns = ['kind', 'name', 'area', 'address', 'lon', 'lat', 'contact', 'telephone', 'capacity', 'equipment', 'readiness', 'unit', 'source', 'sourceKey', 'asOf']

const transactionRows = 10_000
const statementRows = 1000
const insertSql = `INSERT INTO resources (id, ${columns.join(', ')}) SELECT ${['id', ...columns].map((_, index) => `value ->> ${index}`).join(', ')} FROM json_each(?)`
const rowId = (index: number) => importedId('resources', 'bench', String(index))

/** mulberry32: the same million every time. */
export function random(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Seven in ten lie around one of the county towns, the rest anywhere in the province. */
export function somewhere(next: () => number, centres: readonly LonLat[]): LonLat {
  const [lon, lat] = centres[Math.floor(next() * centres.length)] ?? [109, 34]
  const spread = () => (next() + next() + next() - 1.5) * 0.15
  return next() < 0.7 ? [lon + spread(), lat + spread()] : [105.6 + next() * 5.5, 31.8 + next() * 7.7]
}

export function line(index: number, next: () => number, centres: readonly LonLat[], codes: readonly string[]): string {
  const kind = index % 1000 === 0 ? rareKind : (common[index % 7] ?? 'team')
  const [lon, lat] = somewhere(next, centres)
  const town = first[Math.floor(next() * first.length)] ?? ''
  const name = `${town}${second[Math.floor(next() * second.length)]}${third[kind]}${index}号`
  const code = codes[Math.floor(next() * codes.length)] ?? null
  return JSON.stringify([rowId(index), kind, name, code, `${town}镇${index % 97}号`, lon, lat, '样例甲', `0913-01${String(index % 100_000).padStart(5, '0')}`, index % 300, '水罐消防车2辆、照明车1辆', 'ready', `${town}应急管理局（样例）`, 'bench', String(index), 1_700_000_000_000])
}

export interface Services {
  store: SqliteStore
  resources: ResourcesService
  areas: AreasService
  directory: string
  /** Another resource service on the same rows, which remembers nothing yet. */
  fresh(): ResourcesService
  close(): Promise<void>
}

async function open(at: string): Promise<{ store: SqliteStore; journal: LocalJournal; blobs: FileBlobs; close(): Promise<void> }> {
  const store = await SqliteStore.open({ directory: at })
  const blobs = await FileBlobs.open(join(at, 'blobs'))
  const journal = new LocalJournal({ store, blobs, directory: at })
  journal.project(resourceProjection)
  await journal.start()
  return {
    store, journal, blobs,
    async close() {
      await journal.stop()
      await store.close()
    },
  }
}

async function build(): Promise<void> {
  const making = `${directory}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const station = await open(making)
  const areas = await seedAreas(station)
  const { all } = await areas.index()
  const counties = all.filter((area) => area.kind === 'county')
  const centres = counties.flatMap((area) => (area.position === null ? [] : [area.position]))
  const next = random(20_260_101)
  const started = performance.now()
  const codes = counties.map((area) => area.code)
  for (let at = 0; at < millionRows; at += transactionRows) {
    await station.store.write(async (tx) => {
      for (let from = at; from < at + transactionRows; from += statementRows) {
        const lines = Array.from({ length: statementRows }, (_, i) => line(from + i, next, centres, codes))
        await tx.run(insertSql, [`[${lines.join(',')}]`])
        const ids = Array.from({ length: statementRows }, (_, i) => rowId(from + i))
        await resourceProjection.update(tx, ids, { isNew: true, prepared: null })
      }
    })
  }
  console.error(`a million resources in ${Math.round((performance.now() - started) / 1000)} s`)
  await areas.stop()
  await station.close()
  await rename(making, directory)
}

/** Opens the million, building it first where it is absent (some minutes). */
export async function openMillion(): Promise<Services> {
  if (!existsSync(directory)) await build()
  const station = await open(directory)
  const areas = new AreasService({ ...station, tables: noAreaTables })
  const fresh = () => new ResourcesService({ ...station, areas, incident: () => Promise.reject(new WanglouError('NOT_FOUND')) })
  return { store: station.store, resources: fresh(), areas, directory, fresh, close: () => station.close() }
}

/** Questions as duty officers ask them: where people and things are. */
export async function places(services: Services, count: number, seed: number): Promise<LonLat[]> {
  const { all } = await services.areas.index()
  const centres = all.filter((area) => area.kind === 'county').flatMap((area) => (area.position === null ? [] : [area.position]))
  const next = random(seed)
  return Array.from({ length: count }, () => somewhere(next, centres))
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
