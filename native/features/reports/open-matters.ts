// What of the reports the next watch must know: unsigned ones, missing 补签, sends nobody has signed for.
import type { OpenMatter, ReadOpenMatters, ReportSummary } from '../../contract/index.ts'

const stateWords: Partial<Record<ReportSummary['state'], string>> = { drafted: '拟稿，未签发', submitted: '待审核', reviewed: '待签发' }

/** @param list every report that is not thrown away */
export function reportMatters(list: () => Promise<ReportSummary[]>): ReadOpenMatters {
  return async () => (await list()).filter((report) => !report.isSample).flatMap(mattersOf)
}

function mattersOf(report: ReportSummary): OpenMatter[] {
  const about = `${report.name}：${report.title}`
  const to = { name: 'report', params: { id: report.id } }
  const matters: OpenMatter[] = []
  const state = stateWords[report.state]
  if (state !== undefined && report.path !== 'spoken')
    matters.push({ id: `report:${report.id}`, kind: 'report', title: about, detail: state, since: report.draftedAt, dueAt: null, to })
  if (report.needsCountersign !== null) {
    const { signerName, at } = report.needsCountersign
    matters.push({
      id: `report:${report.id}/countersign`,
      kind: 'report',
      title: about,
      detail: `电话授权签发，${signerName}未补签`,
      since: at,
      dueAt: null,
      to,
    })
  }
  if (report.unsigned > 0) {
    const { urge } = report
    const detail = `${report.unsigned}处未签收${urge === null ? '' : `，${urge.recipient}已超时`}`
    matters.push({ id: `report:${report.id}/receipts`, kind: 'report', title: about, detail, since: report.stateAt, dueAt: urge?.since ?? null, to })
  }
  return matters
}
