// Queries and acts on reports; whatever belongs to one refreshes it.
import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { ReportKind, ReportListInput, ReportSummary } from '../../../native/contract/index.ts'
import { onChange, queryClient } from '../../app/queries.ts'
import { rpc } from '../../app/rpc.ts'

const parts = [
  'reportFields',
  'reportSteps',
  'reportSends',
  'reportReceipts',
  'receivedReports',
  'documentTemplates',
  'settings',
  'incidentStatements',
  'incidentFigures',
  'taskStates',
]
onChange((change) => {
  if (parts.includes(change.dataset)) void queryClient.invalidateQueries({ queryKey: ['reports'] })
})

/** A send becomes overdue with the clock. */
const clockMs = 30_000

export const everyReport: ReportListInput = { query: '', incident: null, kind: null, state: null, limit: 500 }
export const allReportsQuery = {
  queryKey: ['reports', 'list', everyReport],
  queryFn: () => rpc.reports.list.query(everyReport),
  refetchInterval: clockMs,
}

export function useReports(filter: MaybeRefOrGetter<ReportListInput>) {
  return useQuery({
    queryKey: computed(() => ['reports', 'list', toValue(filter)]),
    queryFn: () => rpc.reports.list.query(toValue(filter)),
    placeholderData: (rows) => rows,
    refetchInterval: clockMs,
  })
}
export function useReport(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ['reports', 'get', toValue(id)]),
    queryFn: () => rpc.reports.get.query({ report: toValue(id) }),
    refetchInterval: clockMs,
  })
}
/** 下级来报; a document may come after its entry, without a change of any row. */
export const receivedQuery = { queryKey: ['reports', 'received'], queryFn: () => rpc.reports.received.query(), refetchInterval: clockMs }
export function useReceived() {
  return useQuery(receivedQuery)
}
export function receivedHref({ blob, title }: { blob: string; title: string }): string {
  return `/blobs/${blob}?save&name=${encodeURIComponent(`${title}.docx`)}`
}
export function useSigners() {
  return useQuery({ queryKey: ['reports', 'signers'], queryFn: () => rpc.reports.signers.query() })
}
export function useRecipients() {
  return useQuery({ queryKey: ['reports', 'recipients'], queryFn: () => rpc.reports.recipients.query() })
}
export function useReportSettings() {
  return useQuery({ queryKey: ['reports', 'settings'], queryFn: () => rpc.reports.settings.query() })
}
export function useTemplate(kind: MaybeRefOrGetter<ReportKind>) {
  return useQuery({
    queryKey: computed(() => ['reports', 'template', toValue(kind)]),
    queryFn: () => rpc.reports.template.query({ kind: toValue(kind) }),
  })
}

/** An act; what it touched is asked for again at once, without waiting for the feed. */
export function useAct<Input = void, Output = unknown>(act: (input: Input) => Promise<Output>) {
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: ['reports'] }) })
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const eml = 'message/rfc822'

/** Where a document is fetched from, and what its file is called. */
export function documentHref(blob: string, report: Pick<ReportSummary, 'title' | 'name'>): string {
  return fileHref(blob, `${report.name}_${report.title}.docx`, docx)
}
export function mailHref(blob: string, report: Pick<ReportSummary, 'title'>, recipient: string): string {
  return fileHref(blob, `${report.title}_${recipient}.eml`, eml)
}
function fileHref(blob: string, name: string, type: string): string {
  const end = name.lastIndexOf('.')
  const base = name
    .slice(0, end)
    .replace(/[\\/:*?"<>|\s]+/gu, '_')
    .slice(0, 80)
  return `/blobs/${blob}?${new URLSearchParams({ name: `${base}${name.slice(end)}`, type, save: '1' }).toString()}`
}
