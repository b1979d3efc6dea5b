// Templates of makes nobody knows: kept, read when a device is spoken to, tried dry.
import {
  type ActingPerson,
  type CommandChoice,
  type CommandTemplate,
  DELETED,
  type DisplayAct,
  type DisplayActKind,
  DisplayError,
  type DryRun,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import { dryRun } from '../../protocols/command-template/render.ts'
import { commandChoices, commandOf, readTemplate, templateCapabilities } from '../../protocols/command-template/template.ts'
import type { Store } from '../../store/types.ts'

export interface DeviceTemplatesOptions {
  store: Store
  journal: Journal
  /** It says something else from now on, or is gone. */
  onReplaced: (id: string) => Promise<void>
}

export class DeviceTemplates {
  readonly #options: DeviceTemplatesOptions
  readonly #read = new Map<string, CommandTemplate>()

  constructor(options: DeviceTemplatesOptions) {
    this.#options = options
  }

  list(): Promise<{ id: string; name: string; source: string }[]> {
    return this.#options.store.all('SELECT id, name, source FROM deviceTemplates WHERE _deleted = 0 ORDER BY name, key')
  }

  /** @throws WanglouError DEVICE_TEMPLATE_INVALID */
  async save(id: string, source: string, by: ActingPerson): Promise<CommandTemplate> {
    const template = readTemplate(source)
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.saveTemplate',
      subject: { dataset: 'deviceTemplates', row: id },
      note: { words: template.name },
      rows: [{ dataset: 'deviceTemplates', row: id, set: { name: template.name, source } }],
    })
    await this.#options.onReplaced(id)
    return template
  }

  async remove(id: string, by: ActingPerson): Promise<void> {
    const found = (await this.list()).find((one) => one.id === id)
    if (found === undefined) throw new WanglouError('NOT_FOUND')
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.removeTemplate',
      subject: { dataset: 'deviceTemplates', row: id },
      note: { words: found.name },
      rows: [{ dataset: 'deviceTemplates', row: id, set: { [DELETED]: true } }],
    })
    await this.#options.onReplaced(id)
  }

  /** Those that this version can read. */
  async all(): Promise<Map<string, CommandTemplate>> {
    return new Map(
      (await this.list()).flatMap(({ id, source }) => {
        const template = this.#readKept(source)
        return template === null ? [] : [[id, template] as const]
      }),
    )
  }

  /** @throws WanglouError DEVICE_TEMPLATE_INVALID for one of a version that this one cannot read */
  async get(id: string | null): Promise<CommandTemplate | null> {
    const row =
      id === null ? null : await this.#options.store.get<{ source: string }>('SELECT source FROM deviceTemplates WHERE id = ? AND _deleted = 0', [id])
    return row === null ? null : readTemplate(row.source)
  }

  /** What a file in the making can do. @throws WanglouError DEVICE_TEMPLATE_INVALID */
  check(source: string): { name: string; capabilities: DisplayActKind[]; commands: CommandChoice[] } {
    const template = readTemplate(source)
    return { name: template.name, capabilities: templateCapabilities(template), commands: commandChoices(template) }
  }

  /** 试运行: the bytes of one act; nothing is sent. @throws WanglouError DEVICE_TEMPLATE_INVALID · INVALID_INPUT */
  dryRun(source: string, act: DisplayAct): DryRun {
    const template = readTemplate(source)
    try {
      const { command, values } = commandOf(template, act)
      return dryRun(template, command, values)
    } catch (error) {
      if (error instanceof DisplayError) throw new WanglouError('INVALID_INPUT', { field: error.fault.evidence }, { cause: error })
      throw error
    }
  }

  /** Asked for every time the page looks. @returns null for a file of another version that this one cannot read */
  #readKept(source: string): CommandTemplate | null {
    const known = this.#read.get(source)
    if (known !== undefined) return known
    if (this.#read.size > 200) this.#read.clear()
    try {
      const template = readTemplate(source)
      this.#read.set(source, template)
      return template
    } catch (error) {
      if (error instanceof WanglouError) return null
      throw error
    }
  }
}
