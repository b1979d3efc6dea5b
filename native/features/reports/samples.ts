// The sample reports of a pack as acts of the journal: drafted, signed, sent and signed for, each marked 样例; none can be sent or takes a real 期号.
import { z } from 'zod'
import { emptyFields, type HappenedAt, type PackPart, ReceiptHow, ReportKind, SendChannel, SignWay } from '../../contract/index.ts'
import type { Act, Journal, RowWrite } from '../../journal/types.ts'
import { importedId } from '../../kernel/ids.ts'
import { nameOf } from './life.ts'
import { yearOf } from './numbering.ts'
import { fieldRows } from './reports.service.ts'
import { hashOfFields } from './views.ts'

const SampleReports = z.array(
  z.object({
    key: z.string(),
    incident: z.string(),
    kind: ReportKind,
    title: z.string(),
    unit: z.string(),
    to: z.string(),
    text: z.array(z.string()),
    minutesAgo: z.number().min(0),
    drafter: z.string(),
    signer: z.string(),
    way: SignWay,
    sends: z.array(z.object({ to: z.string(), channel: SendChannel, signedBy: z.string(), how: ReceiptHow, afterMinutes: z.number().min(0) })),
  }),
)
type SampleReport = z.infer<typeof SampleReports>[number]

/** @param options.source `pack:<id>` @param options.now epoch ms of the first run */
export async function loadSampleReports(text: string, options: { journal: Journal; source: string; now: number }): Promise<PackPart> {
  const samples = SampleReports.parse(JSON.parse(text)).sort((a, b) => b.minutesAgo - a.minutesAgo)
  const serials = new Map<string, number>()
  const sequences = new Map<string, number>()
  const acts = samples.flatMap((sample) => {
    const at = options.now - sample.minutesAgo * 60_000
    // A series of their own: a sample must not use up a number of the centre.
    const series = `sample/${sample.kind}/${yearOf(at)}`
    const serial = (serials.get(series) ?? 0) + 1
    serials.set(series, serial)
    const sequence = sample.kind === 'follow-up' ? (sequences.get(sample.incident) ?? 0) + 1 : null
    if (sequence !== null) sequences.set(sample.incident, sequence)
    return actsOf(sample, { ...options, at, series, serial, sequence })
  })
  await options.journal.writeAll(acts)
  return { loaded: samples.length, refused: 0 }
}

interface Placed {
  source: string
  at: number
  series: string
  serial: number
  sequence: number | null
}

function actsOf(sample: SampleReport, placed: Placed): Act[] {
  const { source, at, series, serial, sequence } = placed
  const id = (dataset: string, key = '') => importedId(dataset, source, `${sample.key}${key}`)
  const report = id('reports')
  const incident = importedId('incidents', source, sample.incident)
  const happened = (ms: number): HappenedAt => ({ at: ms, precision: 'exact', source: sample.drafter })
  const fields = {
    ...emptyFields,
    标题: sample.title,
    报送单位: sample.unit,
    紧急程度: '特急',
    主送: sample.to,
    正文: sample.text,
    联系人: sample.drafter,
  }
  const name = nameOf(sample.kind, sequence, '首报')
  const act = (action: string, ms: number, words: string, rows: RowWrite[]): Act => ({
    actor: 'station',
    action,
    subject: { dataset: 'incidents', row: incident },
    happenedAt: happened(ms),
    note: { sample: true, kind: sample.kind, words },
    rows,
  })
  const entered = { enteredBy: 'station', enteredByName: sample.drafter }
  const draft = {
    incident,
    kind: sample.kind,
    about: null,
    corrects: null,
    told: null,
    draftedAt: at,
    draftedBy: 'station',
    draftedByName: sample.drafter,
  }
  const signature = { step: 'sign', at: happened(at), by: 'station', byName: sample.signer, enteredAt: at, words: '', way: sample.way, signer: null }
  const frozen = { signerName: sample.signer, overrides: [], series, serial, sequence, fields, hash: hashOfFields(sample.kind, fields) }
  return [
    act('reports.draft', at - 5 * 60_000, name, [
      { dataset: 'reports', row: report, set: { ...draft, isSample: true } },
      ...fieldRows({ id: report, incident }, fields, []),
    ]),
    act('reports.sign', at, `${name} 第${serial}期 ${sample.signer}`, [
      { dataset: 'reportSteps', row: id('reportSteps'), set: { report, incident, ...signature, ...frozen } },
    ]),
    ...sample.sends.flatMap((send, index) => {
      const sent = id('reportSends', `/${index}`)
      const signedAt = at + send.afterMinutes * 60_000
      const sending = { unit: null, recipient: send.to, channel: send.channel, target: '', sentAt: happened(at), words: '', receiptWithinMinutes: 15 }
      const receipt = { kind: 'signed', who: send.signedBy, how: send.how, number: '', words: '收到', at: happened(signedAt), enteredAt: signedAt }
      return [
        act('reports.send', at, `${name} → ${send.to}`, [
          { dataset: 'reportSends', row: sent, set: { report, incident, ...sending, blob: null, enteredAt: at, ...entered } },
        ]),
        act('reports.receipt', signedAt, `${send.to} ${send.signedBy}`, [
          { dataset: 'reportReceipts', row: id('reportReceipts', `/${index}`), set: { report, incident, send: sent, ...receipt, ...entered } },
        ]),
      ]
    }),
  ]
}
