// The layers of the centre: map packs taken in, online sources configured, keys kept apart, who may name which address.
import { type Layer, type LayerView, type OnlineLayerInput, type PackLayerInput, type LayerSource, WanglouError } from '../../contract/index.ts'
import type { Actor } from '../../door/trpc.ts'
import type { Journal } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'
import type { Blobs } from '../../store/types.ts'
import type { LayerRow, LayersRepository } from './layers.repository.ts'
import { examinePack } from './mbtiles.ts'
import type { TilesService } from './tiles.service.ts'

/** Hosts anybody who may add layers can use without an administrator: the national map platform. */
const knownHosts = [/^t[0-7]?\.tianditu\.gov\.cn$/]

export class LayersService {
  readonly #journal: Journal
  readonly #repository: LayersRepository
  readonly #tiles: TilesService
  readonly #blobs: Blobs

  constructor(options: { journal: Journal; repository: LayersRepository; tiles: TilesService; blobs: Blobs }) {
    this.#journal = options.journal
    this.#repository = options.repository
    this.#tiles = options.tiles
    this.#blobs = options.blobs
  }

  async list(): Promise<Layer[]> {
    return (await this.#repository.list()).map((row) => this.#layer(row))
  }

  /** Takes a map pack in. Throws what `examinePack` throws, NOT_FOUND for an unknown blob. */
  async addPack(actor: Actor, input: PackLayerInput): Promise<Layer> {
    if (!(await this.#blobs.has(input.blob))) throw new WanglouError('NOT_FOUND')
    const facts = await examinePack(this.#blobs.pathOf(input.blob), input.fileName)
    const source: LayerSource = {
      kind: 'mbtiles',
      blob: input.blob,
      tiling: input.tiling ?? facts.tiling,
      rows: input.rows ?? facts.rows,
      format: facts.format,
      minLevel: facts.minLevel,
      maxLevel: facts.maxLevel,
      box: facts.box,
      datum: input.datum,
    }
    const name = (input.name?.trim() || facts.name || input.fileName.replace(/\.mbtiles$/i, '')).slice(0, 80)
    return this.#add(actor, {
      name,
      source,
      attribution: facts.attribution?.slice(0, 200) ?? null,
      reviewNumber: input.reviewNumber,
      isTrusted: false,
    })
  }

  /** Throws ADDRESS_NOT_ALLOWED unless an administrator adds it, the host is known, or an administrator has added one of that host before. */
  async addOnline(actor: Actor, input: OnlineLayerInput): Promise<Layer> {
    const isTrusted = actor.can('layers.admin')
    if (!isTrusted) await this.#requireKnownHost(input.source)
    const { name, source, attribution, reviewNumber, key } = input
    return this.#add(actor, { name: name.trim(), source, attribution, reviewNumber, isTrusted }, key)
  }

  async rename(actor: Actor, id: string, name: string): Promise<void> {
    await this.#require(id)
    await this.#write(actor, 'layers.rename', id, { name: name.trim() })
  }

  /** A new key; null takes it away. Not a cell and not an entry's value: the entry says only that it was changed. */
  async setKey(actor: Actor, id: string, key: string | null): Promise<void> {
    const { isTrusted } = await this.#require(id)
    // Whoever cannot have named the address cannot send it another secret.
    if (isTrusted && !actor.can('layers.admin')) throw new WanglouError('FORBIDDEN', { permission: 'layers.admin' })
    await this.#repository.setKey(id, key)
    await this.#journal.write({
      actor: actor.account,
      action: 'layers.key',
      subject: { dataset: 'layers', row: id },
      rows: [],
      note: { hasKey: key !== null },
    })
    this.#tiles.health.forget(id)
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.#require(id)
    await this.#journal.write({
      actor: actor.account,
      action: 'layers.remove',
      subject: { dataset: 'layers', row: id },
      rows: [],
      deletes: [{ dataset: 'layers', row: id }],
    })
    await this.#repository.setKey(id, null)
    await this.#tiles.forget(id)
  }

  /** Asks the source now. */
  async check(id: string): Promise<Layer> {
    await this.#tiles.check(id)
    return this.#layer(await this.#require(id))
  }

  views(account: string): Promise<LayerView[]> {
    return this.#repository.views(account)
  }

  setViews(account: string, views: readonly LayerView[]): Promise<void> {
    return this.#repository.setViews(account, views)
  }

  async #add(actor: Actor, row: Omit<LayerRow, 'id' | 'hasKey'>, key: string | null = null): Promise<Layer> {
    const id = newId()
    if (key !== null && key !== '') await this.#repository.setKey(id, key)
    const position = (await this.#repository.topPosition()) + 1
    await this.#write(actor, 'layers.add', id, { ...row, kind: row.source.kind, position, opacity: 1, isVisible: true })
    return this.#layer(await this.#require(id))
  }

  async #write(actor: Actor, action: string, row: string, set: Record<string, unknown>): Promise<void> {
    await this.#journal.write({
      actor: actor.account,
      action,
      subject: { dataset: 'layers', row },
      rows: [{ dataset: 'layers', row, set: set as Record<string, string> }],
    })
  }

  async #require(id: string): Promise<LayerRow> {
    const row = await this.#repository.get(id)
    if (row === null) throw new WanglouError('NOT_FOUND')
    return row
  }

  async #requireKnownHost(source: OnlineLayerInput['source']): Promise<void> {
    const hosts = hostsOf(source)
    const entered = (await this.#repository.list())
      .filter((row) => row.isTrusted && row.source.kind !== 'mbtiles')
      .flatMap((row) => hostsOf(row.source as OnlineLayerInput['source']))
    const unknown = hosts.find((host) => !entered.includes(host) && !knownHosts.some((known) => known.test(host)))
    if (unknown !== undefined) throw new WanglouError('ADDRESS_NOT_ALLOWED', { host: unknown.slice(0, 100) })
  }

  #layer(row: LayerRow): Layer {
    const isLocal = row.source.kind === 'mbtiles'
    return {
      ...row,
      tilesPath: row.source.kind === 'tiles3d' ? `tiles/${row.id}/3d/tileset.json` : `tiles/${row.id}/{z}/{x}/{y}`,
      health: this.#tiles.health.of(row.id, isLocal),
      fetchedAt: isLocal ? null : this.#tiles.newest(row.id),
    }
  }
}

/** Every host a source may name: a template's subdomains each. An address that is none names no host anybody knows. */
function hostsOf(source: OnlineLayerInput['source']): string[] {
  const addresses =
    source.kind === 'tiles3d'
      ? [source.url]
      : (source.subdomains.length === 0 ? [''] : source.subdomains).map((part) => source.template.replaceAll('{s}', part))
  // A placeholder in the host would let the host be chosen by the tile asked for.
  return addresses.map((address) => {
    const plain = address.replaceAll(/\{[^}]*\}/g, 'x')
    const host = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? ''
    return /[{}]/.test(host) || !URL.canParse(plain) ? `?${host}` : new URL(plain).host.toLowerCase()
  })
}
