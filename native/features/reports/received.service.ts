// 下级来报: reports that came up by the link. 送达 is said by this station once the report is here, 签收 and 阅示 by a person; each is an entry of ours that goes down.
import {
  type ActingPerson,
  type AnswerReceivedInput,
  type HappenedAt,
  type Id,
  type ReceivedReport,
  type ReportKind,
  type ReportReceipt,
  WanglouError,
} from '../../contract/index.ts'
import type { Act, Journal } from '../../journal/types.ts'
import { importedId, newId } from '../../kernel/ids.ts'
import { refuseMarked } from '../../kernel/marking.ts'
import type { Blobs, Store } from '../../store/types.ts'

export interface ReceivedOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  /** Our own unit, as it stands in scopes. */
  unit: string
  name: () => Promise<string>
  /** Only one station of a centre says 送达: its host. */
  isHost: boolean
  onError: (error: unknown) => void
}

interface Row {
  id: Id
  fromUnit: string
  fromName: string
  report: Id
  incident: Id | null
  kind: ReportKind
  title: string
  incidentTitle: string
  words: string
  signerName: string
  blob: string
  sentAt: string
  sentByName: string
  receivedAt: number
}

const columns =
  'r.id, r.fromUnit, r.fromName, r.report, r.incident, r.kind, r.title, r.incidentTitle, r.words, r.signerName, r.blob, r.sentAt, r.sentByName'

export class ReceivedService {
  readonly name = 'received-reports'
  readonly #options: ReceivedOptions
  #unsubscribe: () => void = () => undefined
  #saying: Promise<void> = Promise.resolve()

  constructor(options: ReceivedOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { journal, isHost } = this.#options
    if (!isHost) return
    this.#unsubscribe = journal.onChange((changes) => {
      if (changes.some(({ dataset }) => dataset === 'receivedReports')) this.#sayDelivered()
    })
    // What came while nobody was here to say so.
    this.#sayDelivered()
  }

  async stop(): Promise<void> {
    this.#unsubscribe()
    await this.#saying
  }

  /** Newest first. */
  async list(limit: number): Promise<ReceivedReport[]> {
    const { store, blobs, unit } = this.#options
    const rows = await store.all<Row>(
      `SELECT ${columns}, (SELECT min(j.receivedAt) FROM journal AS j WHERE j.row = r.id AND j.dataset = 'receivedReports') AS receivedAt
         FROM receivedReports AS r WHERE r.toUnit = ? AND r._deleted = 0 ORDER BY receivedAt DESC LIMIT ?`,
      [unit, limit],
    )
    const receipts = await this.#receiptsOf(rows.map(({ id }) => id))
    return Promise.all(
      rows.map(async ({ report: _report, incident: _incident, sentAt, ...row }) => ({
        ...row,
        sentAt: JSON.parse(sentAt) as HappenedAt,
        hasDocument: await blobs.has(row.blob),
        receipts: receipts.get(row.id) ?? [],
      })),
    )
  }

  /** @throws WanglouError NOT_FOUND · EVIDENCE_REQUIRED {field: who} · DUPLICATE when it has been signed for · CLASSIFIED_MARKING */
  async answer(input: AnswerReceivedInput, by: ActingPerson): Promise<void> {
    refuseMarked(input)
    const { received, kind, who, words } = input
    const { store, journal } = this.#options
    if (who.trim() === '') throw new WanglouError('EVIDENCE_REQUIRED', { field: 'who' })
    const row = await store.get<Row>(`SELECT ${columns} FROM receivedReports AS r WHERE r.id = ? AND r.toUnit = ? AND r._deleted = 0`, [
      received,
      this.#options.unit,
    ])
    if (row === null) throw new WanglouError('NOT_FOUND', { received })
    await journal.write({
      ...this.#receipt(row, { id: newId(), kind, who: who.trim(), words, actor: by.account, name: by.name }),
      check: async (tx) => {
        const found = await tx.get("SELECT 1 AS found FROM reportReceipts WHERE send = ? AND kind = 'signed' AND _deleted = 0", [received])
        if (kind === 'signed' && found !== null) throw new WanglouError('DUPLICATE', { received })
      },
    })
  }

  #sayDelivered(): void {
    this.#saying = this.#saying.then(() => this.#sayAll()).catch(this.#options.onError)
  }

  async #sayAll(): Promise<void> {
    const { store, journal, unit, name } = this.#options
    const rows = await store.all<Row>(
      `SELECT ${columns} FROM receivedReports AS r WHERE r.toUnit = ? AND r._deleted = 0
         AND NOT EXISTS (SELECT 1 FROM reportReceipts AS c WHERE c.send = r.id AND c.kind = 'delivered')`,
      [unit],
    )
    const who = rows.length === 0 ? '' : await name()
    for (const row of rows) {
      // The same id whoever says it: said twice it is one.
      const id = importedId('reportReceipts', 'link', `${row.id}/delivered`)
      await journal.write(this.#receipt(row, { id, kind: 'delivered', who, words: '', actor: 'station', name: '' }))
    }
  }

  #receipt(row: Row, receipt: { id: Id; kind: ReportReceipt['kind']; who: string; words: string; actor: string; name: string }): Act {
    const { unit } = this.#options
    const at: HappenedAt = { at: Date.now(), precision: 'exact', source: receipt.who }
    return {
      actor: receipt.actor,
      action: `reports.${receipt.kind === 'read' ? 'readByLeader' : receipt.kind === 'signed' ? 'receipt' : 'delivered'}`,
      subject: { dataset: 'receivedReports', row: row.id },
      scope: `down:${unit}`,
      happenedAt: at,
      note: { words: `${row.fromName}《${row.title}》${receipt.who === '' ? '' : ` ${receipt.who}`}` },
      rows: [
        {
          dataset: 'reportReceipts',
          row: receipt.id,
          set: {
            report: row.report,
            incident: row.incident,
            send: row.id,
            kind: receipt.kind,
            who: receipt.who,
            how: 'link',
            number: '',
            words: receipt.words,
            at: { ...at },
            enteredAt: Date.now(),
            enteredBy: receipt.actor,
            enteredByName: receipt.name,
          },
        },
      ],
    }
  }

  async #receiptsOf(sends: readonly Id[]): Promise<Map<Id, ReportReceipt[]>> {
    const rows = await this.#options.store.all<Omit<ReportReceipt, 'at'> & { at: string }>(
      `SELECT id, send, kind, who, how, number, words, at, enteredAt, enteredByName FROM reportReceipts
        WHERE send IN (SELECT value FROM json_each(?)) AND _deleted = 0 ORDER BY enteredAt`,
      [JSON.stringify(sends)],
    )
    return Map.groupBy(
      rows.map((row) => ({ ...row, at: JSON.parse(row.at) as HappenedAt })),
      (row) => row.send,
    )
  }
}
