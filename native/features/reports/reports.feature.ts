// Reports and their life, put together: what `app.ts` builds and the router calls.
import { join } from 'node:path'
import type { PackPart, ReadOpenMatters, ReadRecipientsAbove, ReadReportingEvidence } from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { Blobs, Store } from '../../store/types.ts'
import { DocumentsService } from './documents.service.ts'
import { Drafting, type ReportSources } from './drafting.ts'
import { reportingEvidence } from './evidence.ts'
import { ExportService } from './export.service.ts'
import { reportMatters } from './open-matters.ts'
import { ReportsService } from './reports.service.ts'
import { loadSampleReports } from './samples.ts'
import { ReceivedService } from './received.service.ts'
import { SendsService, type Upward } from './sends.service.ts'
import { SigningService } from './signing.service.ts'
import { TypedRepository } from './typed.repository.ts'

export interface ReportsOptions {
  store: Store
  journal: Journal
  blobs: Blobs
  /** The program's folder `resources`. */
  resources: string
  sources: ReportSources
  /** Whom reports go to. */
  recipients: ReadRecipientsAbove
  /** People who hold `reports.sign`: whose telephone authorisation is waited for. */
  signers: () => { account: string; name: string }[]
  /** The lines up. */
  upward: Upward
  /** Carries the centre's entries up and down. */
  isHost: boolean
  isDrill: boolean
  onError: (error: unknown) => void
}

export class Reports {
  readonly service: ReportsService
  readonly signing: SigningService
  readonly sends: SendsService
  readonly received: ReceivedService
  readonly documents: DocumentsService
  readonly exports: ExportService
  readonly typed: TypedRepository
  readonly journal: Journal
  readonly recipients: ReadRecipientsAbove
  readonly signers: ReportsOptions['signers']
  /** For the clocks. */
  readonly evidence: ReadReportingEvidence
  /** For the 交接班. */
  readonly openMatters: ReadOpenMatters

  constructor(options: ReportsOptions) {
    const { store, journal, blobs, sources } = options
    this.journal = journal
    this.recipients = options.recipients
    this.signers = options.signers
    this.service = new ReportsService({ journal, reads: store, drafting: new Drafting({ reads: store, sources }) })
    this.documents = new DocumentsService({ journal, reads: store, blobs, folder: join(options.resources, 'templates') })
    this.signing = new SigningService({ journal, reads: store, documents: this.documents, detail: sources.detail })
    const { upward, isDrill, isHost, onError } = options
    this.sends = new SendsService({ store, journal, blobs, signing: this.signing, detail: sources.detail, upward, isDrill })
    this.received = new ReceivedService({ store, journal, blobs, unit: upward.unit, name: upward.name, isHost, onError })
    this.exports = new ExportService({ journal, reads: store, documents: this.documents, detail: sources.detail })
    this.typed = new TypedRepository(store)
    this.evidence = reportingEvidence(store)
    this.openMatters = reportMatters(() => this.service.list({ query: '', incident: null, kind: null, state: null, limit: 500 }))
  }

  /** @param options.source `pack:<id>` @param options.now epoch ms of the first run */
  loadSample(text: string, options: { source: string; now: number }): Promise<PackPart> {
    return loadSampleReports(text, { journal: this.journal, ...options })
  }
}
