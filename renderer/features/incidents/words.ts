// Words of incidents that need more than a key: why two look alike, what a figure says, what an act of the time line was.
import type { GradeReason, LikelyDuplicate, Metric, Statement, TimelineItem } from '../../../native/contract/index.ts'
import { actionWord } from '../../app/act-words.ts'
import type { TimelineEntry, TimelineKind } from '../../ui/timeline-layout.ts'
import type { Translate } from '../../ui/time-words.ts'

export function reasonWords({ kind, detail }: LikelyDuplicate['reasons'][number], t: Translate): string {
  const metres = Number(detail['metres'] ?? 0)
  if (kind === 'place' && 'metres' in detail)
    return metres < 1000 ? t('incidents.duplicate.metres', { metres }) : t('incidents.duplicate.kilometres', { km: (metres / 1000).toFixed(1) })
  return t(`incidents.duplicate.${kind}`, detail)
}

/** `2 人`, `1.5 亿元`: the value with its unit. */
export function figureText(metric: Metric, value: number, t: Translate): string {
  if (metric === 'directLossYuan')
    return value >= 1e8 ? t('incidents.unit.yi', { value: value / 1e8 }) : t('incidents.unit.wan', { value: value / 1e4 })
  return t(`incidents.unit.${metric === 'burnedForestHa' || metric === 'magnitude' || metric === 'directLossGdpPercent' ? metric : 'people'}`, {
    value,
  })
}

export function statementText(statement: Statement, t: Translate): string {
  return `${t(`incidents.metric.${statement.metric}`, {})} ${figureText(statement.metric, statement.value, t)}`
}

/** `死亡 3 人 ≥ 3 人，第三条第（三）项` */
export function gradeReasonText(reason: GradeReason, t: Translate): string {
  const metric = reason.metrics[0] ?? 'deaths'
  const names = reason.metrics.map((one) => t(`incidents.metric.${one}`, {})).join(' + ')
  const bound = reason.min !== null ? `≥ ${figureText(metric, reason.min, t)}` : `> ${figureText(metric, reason.above ?? 0, t)}`
  const below = reason.below === null ? '' : ` < ${figureText(metric, reason.below, t)}`
  const when = reason.when === null ? '' : `（${t(`incidents.circumstance.${reason.when}`, {})}）`
  return `${names} ${figureText(metric, reason.value, t)} ${bound}${below}${when} · ${reason.clause}`
}

const kinds: [prefix: string, kind: TimelineKind][] = [
  ['reports.send', 'send'],
  ['reports.receipt', 'send'],
  ['reports.export', 'send'],
  ['reports.', 'report'],
  ['incidents.', 'report'],
  ['tasks.', 'order'],
  ['contacts.', 'send'],
  ['clocks.', 'send'],
  ['instructions.', 'order'],
  ['responses.', 'response'],
  ['resources.', 'other'],
]

/** One line of the time line; acts that are not those of an incident are named as the audit names them. */
export function timelineEntry(item: TimelineItem, t: Translate, te: (key: string) => boolean): TimelineEntry {
  const [feature = '', verb = ''] = item.action.split('.')
  const key = `incidents.act.${feature}_${verb}`
  const text = (column: string) => (typeof item.values[column] === 'string' ? (item.values[column] as string) : '')
  const metric = text('metric')
  const detail =
    item.action === 'incidents.stateFigure' && metric !== ''
      ? `${t(`incidents.metric.${metric}`, {})} ${figureText(metric as Metric, Number(item.values['value']), t)}${text('source') === '' ? '' : `（${text('source')}）`}`
      : item.action === 'responses.checklist' || ['reports', 'clocks', 'instructions'].includes(feature)
        ? (item.words ?? '')
        : item.action === 'contacts.call' || item.action === 'contacts.amendCall'
          ? [text('party'), text('outcome') === '' ? '' : t(`dial.outcome.${text('outcome')}`, {}), text('who'), item.words ?? '']
              .filter((part) => part !== '')
              .join(' ')
          : text('unit') || text('title') || text('words') || text('name') || text('action') || item.words || ''
  return {
    id: item.entry,
    kind: kinds.find(([prefix]) => item.action.startsWith(prefix))?.[1] ?? 'other',
    title: `${te(key) ? t(key, {}) : actionWord(item.action, { t, te })} ${detail}`.trim(),
    who: item.who || t('incidents.program', {}),
    knownAt: item.knownAt,
    happenedAt: item.happenedAt?.at ?? null,
  }
}
