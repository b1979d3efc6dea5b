// The sample incidents of a pack as acts of the journal, so that their time lines read like real ones.
import { z } from 'zod'
import { ClockRecipient, LonLat, Metric, ReportingMeans, StatementState } from '../../contract/index.ts'
import { importedId } from '../../kernel/ids.ts'
import type { Act, RowWrite } from '../../journal/types.ts'

const minutes = z.number().min(0)
export const SampleIncidents = z.array(
  z.object({
    key: z.string(),
    title: z.string(),
    typeCode: z.string(),
    area: z.string(),
    place: z.string(),
    position: LonLat,
    happenedMinutesAgo: minutes,
    reportedMinutesAgo: minutes,
    closedMinutesAgo: minutes.nullable(),
    description: z.string(),
    source: z.string(),
    figures: z.array(z.object({ metric: Metric, value: z.number(), source: z.string(), state: StatementState, minutesAgo: minutes })),
    reports: z.array(z.object({ kind: z.string(), afterMinutes: minutes, words: z.string() })),
    /** Who has been told of it: evidence for the reporting clocks. */
    told: z.array(z.object({ to: ClockRecipient, means: ReportingMeans, who: z.string(), minutesAgo: minutes, words: z.string() })).default([]),
  }),
)
export type SampleIncident = z.infer<typeof SampleIncidents>[number]

/** @param now epoch milliseconds of the first run @param source e.g. `pack:shaanxi` */
export function incidentActs(sample: SampleIncident, options: { now: number; source: string }): Act[] {
  const incident = importedId('incidents', options.source, sample.key)
  const at = (minutesAgo: number) => options.now - minutesAgo * 60_000
  const moment = (minutesAgo: number, source: string) => ({ at: at(minutesAgo), precision: 'exact' as const, source })
  const subject = { dataset: 'incidents', row: incident }
  const id = (dataset: string, key: string) => importedId(dataset, options.source, `${sample.key}/${key}`)
  const act = (action: string, minutesAgo: number, source: string, rows: RowWrite[]): Act => ({
    actor: 'station',
    action,
    subject,
    happenedAt: moment(minutesAgo, source),
    rows,
    note: { sample: true },
  })

  const reported = act('incidents.report', sample.reportedMinutesAgo, sample.source, [
    {
      dataset: 'incidents',
      row: incident,
      set: {
        title: sample.title,
        description: sample.description,
        typeCode: sample.typeCode,
        place: sample.place,
        position: sample.position,
        placedBy: 'area',
        area: sample.area,
        occurred: moment(sample.happenedMinutesAgo, sample.source),
        received: moment(sample.reportedMinutesAgo, sample.source),
        informationState: 'verified',
        circumstances: [],
        isSample: true,
      },
    },
    report('first', 0, sample.description, sample.reportedMinutesAgo),
  ])
  const figures = sample.figures.map((figure, index) =>
    act('incidents.stateFigure', figure.minutesAgo, figure.source, [
      {
        dataset: 'incidentStatements',
        row: id('incidentStatements', String(index)),
        set: {
          incident,
          metric: figure.metric,
          value: figure.value,
          source: figure.source,
          asOf: moment(figure.minutesAgo, figure.source),
          state: figure.state,
          enteredAt: at(figure.minutesAgo),
          enteredBy: 'station',
        },
      },
    ]),
  )
  const followUps = sample.reports.slice(1).map((item, index) => {
    const minutesAgo = sample.happenedMinutesAgo - item.afterMinutes
    return act('incidents.followUp', minutesAgo, sample.source, [report('follow-up', index + 1, `【${item.kind}】${item.words}`, minutesAgo)])
  })
  const told = sample.told.map(({ to, means, who, minutesAgo, words }, index) =>
    act('clocks.evidence', minutesAgo, who, [
      {
        dataset: 'clockEvidence',
        row: id('clockEvidence', String(index)),
        set: {
          incident,
          recipientKey: to,
          recipientUnit: null,
          recipient: who,
          means,
          stage: 'first',
          happenedAt: moment(minutesAgo, who),
          who,
          number: '',
          said: words,
          enteredAt: at(minutesAgo),
          enteredByName: '样例',
          isWithdrawn: false,
        },
      },
    ]),
  )
  const closed =
    sample.closedMinutesAgo === null
      ? []
      : [
          act('incidents.close', sample.closedMinutesAgo, sample.source, [
            { dataset: 'incidents', row: incident, set: { closedAt: at(sample.closedMinutesAgo) } },
          ]),
        ]
  return [reported, ...[...figures, ...followUps, ...told].sort((one, other) => (one.happenedAt?.at ?? 0) - (other.happenedAt?.at ?? 0)), ...closed]

  function report(kind: 'first' | 'follow-up', index: number, words: string, minutesAgo: number): RowWrite {
    return {
      dataset: 'incidentReports',
      row: id('incidentReports', String(index)),
      set: {
        incident,
        kind,
        words,
        reporter: '样例',
        reporterUnit: sample.source,
        reporterPhone: '',
        channel: 'telephone',
        received: moment(minutesAgo, sample.source),
        enteredAt: at(minutesAgo),
      },
    }
  }
}
