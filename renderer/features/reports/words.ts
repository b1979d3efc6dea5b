// Words of reports that need more than a key: state with its number, a warning, what is waited for.
import type { ReportSummary, WordingWarning } from '../../../native/contract/index.ts'
import type { StatusTone } from '../../ui/StatusTag.vue'
import type { Translate } from '../../ui/time-words.ts'

export function warningText(warning: WordingWarning, t: Translate): string {
  return t(`reports.warning.${warning.kind}`, { words: warning.words })
}

export function stateTone(report: Pick<ReportSummary, 'state' | 'returned' | 'needsCountersign' | 'urge'>): StatusTone {
  if (report.urge !== null) return 'alarm'
  if (report.returned !== null || report.needsCountersign !== null) return 'attention'
  switch (report.state) {
    case 'drafted':
      return 'neutral'
    case 'submitted':
    case 'reviewed':
    case 'signed':
    case 'sent':
      return 'active'
    case 'receipted':
      return 'ok'
    case 'discarded':
      return 'neutral'
    default:
      return report.state satisfies never
  }
}

/** 拟稿, 待审核 …; a draft that came back says so. */
export function stateText(report: Pick<ReportSummary, 'state' | 'returned' | 'path'>, t: Translate): string {
  if (report.returned !== null) return t('reports.state.returned', {})
  if (report.path === 'spoken' && report.state === 'drafted') return t('reports.state.ready', {})
  return t(`reports.state.${report.state}`, {})
}

/** `2026 年第 12 期`; empty while it has none. */
export function serialText(report: Pick<ReportSummary, 'serial' | 'year'>, t: Translate): string {
  return report.serial === null ? '' : t('reports.serial', { year: report.year ?? '', serial: report.serial })
}
