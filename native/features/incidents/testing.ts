// A station with incidents and orders, and inputs that a test only needs to vary.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IntakeInput, IssueTaskInput, Metric, StatementInput } from '../../contract/index.ts'
import { readEventWords } from '../../kernel/event-words.ts'
import { readTownNames } from '../../kernel/town-names.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestStation } from '../../testing/station.ts'
import { buildIncidents } from './incidents.feature.ts'

export const officer = { account: '018f0000-0000-7000-8000-000000000001', name: '样例值班员' }
export const leader = { account: '018f0000-0000-7000-8000-000000000002', name: '样例值班长' }

export const resources = fileURLToPath(new URL('../../../resources', import.meta.url))

export async function openIncidents() {
  const station = await openTestStation()
  const feature = await buildIncidents({
    ...station,
    resources,
    areas: () => Promise.resolve([]),
    words: await readEventWords(join(resources, 'codes')),
    towns: await readTownNames(join(resources, 'codes')),
    nameOf: (account) => Promise.resolve(account === leader.account ? leader.name : officer.name),
  })
  return { ...station, ...feature }
}

export const at = (minutesAgo: number) => ({ at: Date.now() - minutesAgo * 60_000, precision: 'about' as const, source: '报警人' })

export function said(metric: Metric, value: number, source: string, minutesAgo = 1): StatementInput {
  return { metric, value, source, asOf: at(minutesAgo), state: 'unverified' }
}

export function intake(over: Partial<IntakeInput> = {}): IntakeInput {
  return {
    id: newId(),
    title: '秦东化工厂（样例）氯气泄漏',
    description: '液氯储罐阀门泄漏，有刺鼻气味',
    typeCode: '12D02',
    place: '渭南市临渭区样例工业园',
    position: [109.51, 34.51],
    placedBy: 'name',
    area: '610502',
    occurred: at(30),
    circumstances: [],
    report: {
      words: '厂里氯气漏了',
      reporter: '样例报警人',
      reporterUnit: '秦东化工厂（样例）',
      reporterPhone: '0913-0100001',
      channel: 'telephone',
      received: at(20),
    },
    statements: [],
    attachments: [],
    ...over,
  }
}

export function order(incident: string, over: Partial<IssueTaskInput> = {}): IssueTaskInput {
  return {
    id: newId(),
    incident,
    kind: 'instruction',
    inNameOf: '样例市应急管理局',
    unit: '渭南危化救援队（样例）',
    resource: null,
    contact: '样例队长',
    phone: '0913-0100002',
    task: '堵漏，稀释',
    place: '样例工业园',
    position: null,
    deadline: null,
    dueState: 'arrived',
    signWithinMinutes: 10,
    happenedAt: at(10),
    evidence: { kind: 'telephone', who: '样例队长', number: '0913-0100002', words: '', sha256: null },
    ...over,
  }
}
