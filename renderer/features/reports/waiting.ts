// What of a report waits, and whether for this person. Pure.
import type { Person, ReportSummary } from '../../../native/contract/index.ts'

/** 拟稿人, 审核, 签发, 补签, 回执; `me`: whichever of them this person may do. */
export type Waiting = 'me' | 'draft' | 'review' | 'sign' | 'countersign' | 'receipt'

export function waitsFor(report: ReportSummary, person: Pick<Person, 'account' | 'permissions'> | null): Waiting[] {
  const found: Waiting[] = []
  const can = (permission: Person['permissions'][number]) => person?.permissions.includes(permission) ?? false
  const isOwn = report.draftedBy === person?.account
  let isMine = false
  const add = (what: Waiting, mine: boolean) => {
    found.push(what)
    isMine ||= mine
  }
  if (report.state === 'drafted' && report.path !== 'spoken') add('draft', isOwn && can('reports.write'))
  if (report.state === 'submitted' && report.path === 'review-sign') add('review', !isOwn && can('reports.review'))
  if (report.state === 'reviewed' || (report.state === 'submitted' && report.path === 'sign')) add('sign', can('reports.sign'))
  if (report.needsCountersign !== null) {
    const { signer } = report.needsCountersign
    add('countersign', can('reports.sign') && (signer === null || signer === person?.account))
  }
  if (report.unsigned > 0) add('receipt', can('reports.write') && report.urge !== null)
  return isMine ? ['me', ...found] : found
}
