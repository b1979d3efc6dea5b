// A station with plans for tests: real SQLite, the shipped code table, one made-up incident.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HappenedAt, IncidentFacts } from '../../contract/index.ts'
import { readEventWords } from '../../kernel/event-words.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation, type TestStation } from '../../testing/station.ts'
import { Plans } from './plans.feature.ts'

export const samplesFolder = fileURLToPath(new URL('../../../resources/plans/', import.meta.url))
export const fixturesFolder = fileURLToPath(new URL('./parse/fixtures/', import.meta.url))
const codesFolder = fileURLToPath(new URL('../../../resources/codes', import.meta.url))

export interface PlansStation extends TestStation {
  plans: Plans
  /** The incident that `facts` tells of; change it as needed. */
  incident: IncidentFacts
  clock: { now: number }
  /** Imports a file of the sample folder (or a path) and returns the plan's id. */
  load(file: string, options?: { plan?: string; area?: string }): Promise<string>
}

export async function openPlansStation(): Promise<PlansStation> {
  const clock = { now: Date.parse('2026-11-23T06:00:00Z') }
  const station = await openTestStation({ now: () => clock.now, projections: [] })
  const incident = leak()
  const { rows } = JSON.parse(readFileSync(join(codesFolder, 'event-types.platform2009.json'), 'utf8')) as { rows: { code: string; name: string }[] }
  const plans = new Plans({
    ...station,
    now: () => clock.now,
    facts: () => Promise.resolve(incident),
    eventTypes: () => Promise.resolve(rows),
    areas: () => Promise.resolve([{ code: '610500', name: '样例市' }]),
    words: await readEventWords(codesFolder),
  })
  return {
    ...station,
    plans,
    incident,
    clock,
    async load(file, { plan, area } = {}) {
      const path = file.includes('/') ? file : samplesFolder + file
      const { sha256 } = await station.blobs.put(
        (async function* () {
          yield readFileSync(path)
        })(),
        { limitBytes: 400_000_000 },
      )
      const state = await plans.importer.run(
        { job: newId(), blob: sha256, fileName: path.split('/').at(-1) ?? 'plan', plan: plan ?? null, area: area ?? null, isSample: true },
        'officer',
      )
      if (state.plan === null) throw new Error('the import made no plan')
      return state.plan
    },
  }
}

export function leak(): IncidentFacts {
  return {
    id: newId(),
    title: '样例化工厂氯气泄漏',
    typeCode: '12D02',
    typeName: '危险化学品泄漏',
    position: [109.5, 34.5],
    area: '610502',
    grade: 'larger',
    isGradeConfirmed: false,
    words: '样例化工厂液氯储罐法兰处氯气泄漏，有刺激性气味，2人中毒送医',
    happenedAt: null,
    isClosed: false,
  }
}

export function at(ms: number): HappenedAt {
  return { at: ms, precision: 'exact', source: '电话' }
}
