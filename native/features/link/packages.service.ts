// 导出数据包 and 导入数据包: what another centre lacks on a stick, what it made taken in, and the receipt that goes back.
import { Readable } from 'node:stream'
import type { ExportedFiles, ExportPackageInput, ImportedFiles, PackageFile } from '../../contract/index.ts'
import type { LocalJournal } from '../../journal/journal.ts'
import { exportPackage } from '../../link/packages/export.ts'
import { importPackage } from '../../link/packages/import.ts'
import type { PackagePart } from '../../link/packages/parts.ts'
import { receiptPackage } from '../../link/packages/receipt.ts'
import type { HeldStore } from '../../link/held-store.ts'
import type { Superiors } from '../../link/permits.ts'
import type { Blobs, Store } from '../../store/types.ts'
import type { LinkNote } from './note.ts'

export interface PackagesOptions {
  store: Store
  journal: LocalJournal
  blobs: Blobs
  /** Ours, as it stands in scopes. */
  unit: string
  superiors: () => Superiors
  held: HeldStore
  /** A package said what its maker holds: what is on its way to them counts anew. */
  onHeld: (unit: string, held: ReadonlyMap<string, number>) => void
  /** Writes into the journal of this console who took what out or in. */
  note: LinkNote
  now?: () => number
}

export class PackagesService {
  readonly #options: PackagesOptions
  readonly #now: () => number

  constructor(options: PackagesOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  async export({ unit, partBytes }: ExportPackageInput, actor: string): Promise<ExportedFiles> {
    const { store, journal, blobs, superiors, held } = this.#options
    const made = await exportPackage({
      journal,
      store,
      blobs,
      own: this.#maker(),
      unit,
      superiors: superiors(),
      held: await held.load(unit),
      partBytes,
      now: this.#now(),
    })
    const parts: PackageFile[] = []
    for await (const part of made.parts) parts.push(await this.#keep(part, unit, `${parts.length + 1}`))
    const { entries, files, left } = made.made
    await this.#options.note('link.exportPackage', actor, { unit, id: made.id, entries, files })
    return { id: made.id, parts, entries, files, leftFiles: left.files.length }
  }

  /** @throws WanglouError PACKAGE_REFUSED with `reason`: then nothing was changed */
  async import(parts: readonly string[], actor: string): Promise<ImportedFiles> {
    const { store, journal, blobs, unit, superiors, held, onHeld } = this.#options
    const imported = await importPackage({
      journal,
      store,
      blobs,
      ourUnit: unit,
      superiors: superiors(),
      parts: parts.map((sha256) => ({ name: sha256.slice(0, 8), read: () => blobs.read(sha256) })),
    })
    const { report, holds, id, kind } = imported
    if (holds.size > 0) {
      await held.raise(report.unit, holds)
      onHeld(report.unit, holds)
    }
    await this.#options.note('link.importPackage', actor, { unit: report.unit, id, added: report.added, duplicates: report.duplicates })
    if (kind === 'receipt') return { report, receipt: null }
    const receipt = await receiptPackage({ journal, own: this.#maker(), unit: report.unit, superiors: superiors(), answers: id, now: this.#now() })
    return { report, receipt: await this.#keep(receipt, report.unit, '回执') }
  }

  #maker(): Parameters<typeof exportPackage>[0]['own'] {
    const { journal, unit } = this.#options
    return { station: journal.station, unit, publicKey: journal.publicKey, sign: (bytes) => journal.sign(bytes) }
  }

  async #keep(part: PackagePart, unit: string, what: string): Promise<PackageFile> {
    const { sha256, size } = await this.#options.blobs.put(Readable.from(part.bytes), { limitBytes: Infinity })
    const day = new Date(this.#now() + 8 * 3_600_000).toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')
    return { sha256, size, name: `望楼数据包-${unit}-${day}-${what}.wlpack` }
  }
}
