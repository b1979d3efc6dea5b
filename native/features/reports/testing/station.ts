// A station with incidents, orders and reports, and the steps a test only needs to name.
import { fileURLToPath } from 'node:url'
import type {
  Digest,
  InstructionFact,
  OnDuty,
  RecipientAbove,
  ReportKind,
  ResponseDecision,
  SceneWeather,
  SendInput,
} from '../../../contract/index.ts'
import { newId } from '../../../kernel/ids.ts'
import { officer, openIncidents } from '../../incidents/testing.ts'
import { TasksService } from '../../tasks/tasks.service.ts'
import { Reports } from '../reports.feature.ts'

export const watchLeader = { account: '018f0000-0000-7000-8000-000000000009', name: '样例带班领导' }

export interface Given {
  response?: string | null
  decisions?: ResponseDecision[]
  instructions?: InstructionFact[]
  onDuty?: OnDuty | null
  weather?: SceneWeather[]
  digest?: Digest
  recipients?: RecipientAbove[]
  isDrill?: boolean
  /** The unit above that the link reaches, as it stands in scopes. */
  above?: string
}

/** @param given what the other rooms would tell; it may be changed later */
export async function openReports(given: Given = {}) {
  const station = await openIncidents()
  const tasks = new TasksService({ journal: station.journal, reads: station.store, incidentFacts: station.facts })
  const reports = new Reports({
    ...station,
    resources: fileURLToPath(new URL('../../../../resources', import.meta.url)),
    sources: {
      detail: (incident) => station.incidents.detail(incident),
      tasks: (incident) => tasks.list(incident),
      response: () => Promise.resolve(given.response ?? null),
      decisions: () => Promise.resolve(given.decisions ?? []),
      instructions: () => Promise.resolve(given.instructions ?? []),
      weather: () => Promise.resolve(given.weather ?? []),
      onDuty: () => Promise.resolve(given.onDuty ?? null),
      digest: (day) => Promise.resolve(given.digest ?? { day, from: 0, to: 0, paragraphs: [] }),
      unit: () => Promise.resolve('样例市应急管理局'),
      superior: () => Promise.resolve('样例省应急厅'),
    },
    recipients: () => Promise.resolve(given.recipients ?? []),
    signers: () => [watchLeader],
    upward: { unit: 'local', name: () => Promise.resolve('样例市应急管理局'), linkedUnit: () => given.above ?? null },
    isHost: false,
    isDrill: given.isDrill ?? false,
    onError: (error) => {
      throw error
    },
  })

  /** @returns the new draft's id */
  async function draft(
    kind: ReportKind,
    incident: string | null,
    over: { corrects?: string; about?: { dataset: string; row: string } } = {},
  ): Promise<string> {
    const id = newId()
    await reports.service.draft({ id, kind, incident, about: over.about ?? null, corrects: over.corrects ?? null }, officer)
    return id
  }
  /** Signs what stands there now, overriding every warning with one reason. */
  async function sign(report: string): Promise<void> {
    await reports.signing.signInPerson(await readAs(report), watchLeader)
  }
  async function readAs(report: string) {
    const { kind, fields, fieldsHash } = await reports.service.get(report)
    const { checkWording } = await import('../../../contract/index.ts')
    const overrides = checkWording(kind, fields).map((one) => ({ kind: one.kind, words: one.words.slice(0, 200), reason: '已核对' }))
    return { report, seen: fieldsHash, overrides }
  }
  async function edit(report: string, changes: Record<string, string | string[]>): Promise<void> {
    const { fields } = await reports.service.get(report)
    await reports.service.edit(
      { report, changes: Object.entries(changes).map(([field, value]) => ({ field: field as '标题', value, seen: fields[field as '标题'] })) },
      officer,
    )
  }
  function sendInput(report: string, over: Partial<SendInput> = {}): SendInput {
    return {
      report,
      channel: 'fax',
      recipients: [{ id: newId(), unit: null, name: '样例省应急管理厅', target: '029-0100000', takenBy: '' }],
      sentAt: { at: Date.now(), precision: 'exact', source: officer.name },
      words: '',
      ...over,
    }
  }
  return { ...station, tasks, reports, given, draft, sign, readAs, edit, sendInput }
}

export type ReportsStation = Awaited<ReturnType<typeof openReports>>

/** An approved decision, as the plans would tell it. */
export function decision(incident: string, kind: ResponseDecision['kind']): ResponseDecision {
  const at = { at: Date.now(), precision: 'exact' as const, source: watchLeader.name }
  return {
    id: newId(),
    incident,
    response: newId(),
    kind,
    state: 'approved',
    tier: kind === 'end' ? null : kind === 'start' ? 'tier-3' : 'tier-2',
    fromTier: kind === 'start' ? null : 'tier-3',
    plan: null,
    version: null,
    planTitle: '样例市危险化学品事故应急预案',
    grade: null,
    clause: '第4.2条',
    reason: '下风向有村庄',
    proposedAt: at,
    proposedBy: officer.account,
    approver: watchLeader.name,
    approvalWay: 'telephone',
    approvalNumber: '0913-0100009',
    approvedAt: at,
    evidence: '同意',
  }
}
