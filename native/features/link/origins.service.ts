// 来源 of a record: which console or centre and who wrote it, from which file it came, how old it is, what about it is unsent.
import { type OriginWrite, type Permission, type RecordInput, type RecordOrigin, WanglouError } from '../../contract/index.ts'
import type { Reads } from '../../store/types.ts'
import type { LinkPort } from './link-port.ts'
import { OriginsRepository, type RecordAct } from './origins.repository.ts'
import { type RecordKind, records } from './records.ts'

export interface OriginsOptions {
  port: Pick<LinkPort, 'placeOf' | 'waitingAmong' | 'view'>
  reads: Reads
  /** Our centre, as it stands in scopes. */
  unit: string
  nameOf: (account: string) => string | null
}

export class OriginsService {
  readonly #options: OriginsOptions
  readonly #repository: OriginsRepository

  constructor(options: OriginsOptions) {
    this.#options = options
    this.#repository = new OriginsRepository(options.reads)
  }

  /** @throws WanglouError NOT_FOUND (no such kind of record) · FORBIDDEN (who may not read it need not know who wrote it) */
  async read({ dataset, row }: RecordInput, can: (permission: Permission) => boolean): Promise<RecordOrigin> {
    const kind = Object.hasOwn(records, dataset) ? records[dataset] : undefined
    if (kind === undefined) throw new WanglouError('NOT_FOUND', { dataset })
    if (!can(kind.read)) throw new WanglouError('FORBIDDEN', { permission: kind.read })
    const acts = await this.#repository.acts(dataset, row, kind)
    const byHand = acts.filter((act) => act.isWrite && act.importedFrom === null)
    const [first, last] = [byHand[0], byHand.at(-1)]
    const imported = await this.#imported({ dataset, row, kind, acts })
    return {
      // What came with an import was not made by whoever changed it first.
      first: first === undefined || acts.some(({ importedFrom }) => importedFrom !== null) ? null : this.#write(first),
      last: last === undefined ? null : this.#write(last),
      imported,
      unsent: await this.#unsent(acts),
    }
  }

  async #imported({ dataset, row, kind, acts }: RecordInput & { kind: RecordKind; acts: readonly RecordAct[] }): Promise<RecordOrigin['imported']> {
    const file = await this.#repository.file(dataset, row, kind)
    const act = acts.findLast((one) => (file === null ? one.importedFrom !== null : one.arrival === file.arrival))
    return act === undefined ? null : { ...this.#write(act), from: file?.fileName ?? act.importedFrom ?? '' }
  }

  async #unsent(acts: readonly RecordAct[]): Promise<RecordOrigin['unsent']> {
    const waiting = await this.#options.port.waitingAmong(acts)
    const { links } = waiting.length === 0 ? { links: [] } : this.#options.port.view()
    const names = waiting.map(({ unit }) => links.find((link) => link.unit === unit)?.name ?? unit)
    return { acts: new Set(waiting.map(({ entry }) => entry)).size, names: [...new Set(names)] }
  }

  #write({ station, actor, at, receivedAt, isOurs }: RecordAct): OriginWrite {
    const who = this.#options.nameOf(actor)
    const { port, unit } = this.#options
    const place = isOurs ? null : port.placeOf(station)
    const common = { station, who, at, receivedAt }
    if (isOurs) return { place: 'here', name: port.view().consoles.find((one) => one.isUs)?.name ?? '', ...common }
    if (place === null) return { place: 'unknown', name: '', ...common }
    return place.unit === unit ? { place: 'console', name: place.name, ...common } : { place: 'centre', name: place.unitName, ...common }
  }
}
