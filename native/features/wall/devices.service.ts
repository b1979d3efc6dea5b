// Displays and splicers behind the walls: kept as records, their passwords sealed apart, each driven over one line.
import { isDeepStrictEqual } from 'node:util'
import {
  type ActingPerson,
  type CommandChoice,
  DELETED,
  type DeviceInput,
  type DisplayAct,
  type DisplayActKind,
  type DisplayIdentity,
  type DisplayOutcome,
  type DisplayStatus,
  DisplayError,
  type TemplateTrial,
  WanglouError,
} from '../../contract/index.ts'
import type { Journal } from '../../journal/types.ts'
import type { MachineConfig } from '../../kernel/config.ts'
import type { MachineKey } from '../../kernel/machine-key.ts'
import { commandChoices, readTemplate } from '../../protocols/command-template/template.ts'
import { Device } from '../../protocols/display/device.ts'
import type { Reading } from '../../protocols/display/driver.ts'
import { capabilitiesOf, openDisplay } from '../../protocols/display/open.ts'
import { wake } from '../../protocols/display/wake.ts'
import { type PjlinkFound, searchPjlink } from '../../protocols/pjlink/notices.ts'
import type { Store } from '../../store/types.ts'
import { actWords, resultWords } from './act-words.ts'
import { DeviceNotices } from './device-notices.ts'
import { DeviceTemplates } from './device-templates.ts'
import { cell } from './wall.repository.ts'

export interface StoredDevice {
  id: string
  name: string
  identity: DisplayIdentity
  mac: string
  station: string
}
export interface DeviceRow extends Omit<StoredDevice, 'station'> {
  hasLogin: boolean
  isHere: boolean
  status: DisplayStatus | null
  capabilities: DisplayActKind[]
  /** Of a template. */
  commands: CommandChoice[]
}

interface Login {
  username: string
  password: string
}

export interface DevicesServiceOptions {
  store: Store
  journal: Journal
  key: MachineKey
  /** `config.json`, `wall`: where devices are heard and called. */
  network: Pick<MachineConfig['wall'], 'notices' | 'broadcast'>
  onChanged: () => void
  onError: (error: unknown) => void
  now: () => number
}

const searchMs = 1_500

export class DevicesService {
  readonly #options: DevicesServiceOptions
  readonly #devices = new Map<string, Device>()
  readonly notices: DeviceNotices
  readonly templates: DeviceTemplates
  #isStopped = false

  constructor(options: DevicesServiceOptions) {
    this.#options = options
    this.templates = new DeviceTemplates({ store: options.store, journal: options.journal, onReplaced: (id) => this.#hangUp(id) })
    this.notices = new DeviceNotices({
      listen: options.network.notices,
      onNotice: (id, reading) => void this.#noticed(id, reading).catch(options.onError),
      onError: options.onError,
    })
  }

  start(): Promise<void> {
    return this.#hear()
  }

  /** No line is opened any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.notices.stop()
    await this.#hangUp()
  }

  async list(): Promise<DeviceRow[]> {
    const { store, journal } = this.#options
    const rows = await store.all<{ id: string; name: string; identity: string; mac: string | null; station: string; hasLogin: number }>(
      `SELECT d.id, d.name, d.identity, d.mac, d.station, s.device IS NOT NULL AS hasLogin
       FROM displayDevices d LEFT JOIN secret_display_devices s ON s.device = d.id WHERE d._deleted = 0 ORDER BY d.name, d.key`,
    )
    const templates = await this.templates.all()
    return rows.map(({ station, ...row }) => {
      const [identity, mac] = [JSON.parse(row.identity) as DisplayIdentity, row.mac ?? '']
      const template = templates.get(identity.template ?? '') ?? null
      return {
        ...row,
        mac,
        identity,
        hasLogin: row.hasLogin === 1,
        isHere: station === journal.station,
        status: this.#devices.get(row.id)?.status ?? null,
        capabilities: capabilitiesOf(identity, { template, mac }),
        commands: template === null ? [] : commandChoices(template),
      }
    })
  }

  async save({ id, name, identity, mac, login }: DeviceInput, by: ActingPerson): Promise<void> {
    const { journal, store, key } = this.#options
    const known = await this.#stored(id)
    await journal.write({
      actor: by.account,
      action: known === null ? 'wall.addDevice' : 'wall.editDevice',
      subject: { dataset: 'displayDevices', row: id },
      note: { words: name },
      rows: [{ dataset: 'displayDevices', row: id, set: { name: name.trim(), identity: cell(identity), mac, station: journal.station } }],
    })
    if (login !== undefined)
      await store.write(async (tx) => {
        await tx.run('DELETE FROM secret_display_devices WHERE device = ?', [id])
        if (login !== null)
          await tx.run('INSERT INTO secret_display_devices (device, sealed) VALUES (?, ?)', [id, key.seal(JSON.stringify(login), `display:${id}`)])
      })
    // Another name, or another network card, is the same device on the same line.
    if (login === undefined && isDeepStrictEqual(known?.identity, identity)) this.#options.onChanged()
    else await this.#forget(id)
  }

  async remove(id: string, by: ActingPerson): Promise<void> {
    const device = await this.#mustBe(id)
    await this.#options.journal.write({
      actor: by.account,
      action: 'wall.removeDevice',
      subject: { dataset: 'displayDevices', row: id },
      note: { words: device.name },
      rows: [{ dataset: 'displayDevices', row: id, set: { [DELETED]: true } }],
    })
    await this.#options.store.write((tx) => tx.run('DELETE FROM secret_display_devices WHERE device = ?', [id]))
    await this.#forget(id)
  }

  /** Asks it now. @throws WanglouError NOT_FOUND */
  async refresh(id: string): Promise<DisplayStatus> {
    return (await this.#device(id)).refresh()
  }

  /** One act by hand, on the record with what came of it. @throws WanglouError NOT_FOUND */
  async act(id: string, act: DisplayAct, by: ActingPerson): Promise<DisplayOutcome> {
    await this.#mustBe(id)
    return this.perform({ device: id, act }, { by, subject: { dataset: 'displayDevices', row: id } })
  }

  /** One act, and its entry as soon as it is known what came of it: whatever comes later, this stands. */
  async perform(
    one: { device: string; act: DisplayAct },
    options: { by: ActingPerson; subject: { dataset: string; row: string } },
  ): Promise<DisplayOutcome> {
    const outcome = await this.#try(one.device, one.act)
    await this.#write(options, `${await this.nameOf(one.device)} ${actWords(one.act)}：${resultWords[outcome.result]}`)
    return outcome
  }

  async #write({ by, subject }: { by: ActingPerson; subject: { dataset: string; row: string } }, words: string): Promise<void> {
    await this.#options.journal.write({ actor: by.account, action: 'wall.act', subject, note: { words: words.slice(0, 500) }, rows: [] })
  }

  /** `—` for one that is gone. */
  async nameOf(id: string): Promise<string> {
    return (await this.#stored(id))?.name ?? '—'
  }

  /** Calls PJLink devices on the network; only those of class 2 answer. */
  search(): Promise<PjlinkFound[]> {
    return searchPjlink({ broadcast: this.#options.network.broadcast.ip, waitMs: searchMs })
  }

  /** 试发: one act by a file that need not be kept, at a device that is driven by a template; on the record as any act. @throws WanglouError NOT_FOUND, STATE_NOT_ALLOWED */
  async tryTemplate({ id, source, act }: { id: string; source: string; act: DisplayAct }, by: ActingPerson): Promise<TemplateTrial> {
    const sent = this.templates.dryRun(source, act)
    const { identity, name } = await this.#mustBeHere(id)
    if (identity.protocol !== 'template') throw new WanglouError('STATE_NOT_ALLOWED', { device: name })
    const template = readTemplate(source)
    // It has one line, which may be taken.
    await this.#devices.get(id)?.stop()
    this.#devices.delete(id)
    const device = new Device({
      open: async () => openDisplay({ identity, login: await this.#login(id), template }),
      attempts: 1,
      now: this.#options.now,
    })
    try {
      const outcome = await device.apply(act)
      await this.#write({ by, subject: { dataset: 'displayDevices', row: id } }, `${name} 试发 ${actWords(act)}：${resultWords[outcome.result]}`)
      return { sent, outcome }
    } finally {
      await device.stop()
    }
  }

  async #try(id: string, act: DisplayAct): Promise<DisplayOutcome> {
    try {
      return act.kind === 'wake' ? await this.#wake(id) : await (await this.#device(id)).apply(act)
    } catch (error) {
      if (!(error instanceof WanglouError)) throw error
      return { result: 'unreached', at: this.#options.now(), fault: { code: 'address-invalid', evidence: error.code }, evidence: '' }
    }
  }

  /** Nobody answers a magic packet: it was sent, more is not known. */
  async #wake(id: string): Promise<DisplayOutcome> {
    const { network, now } = this.#options
    const { mac } = await this.#mustBeHere(id)
    const at = now()
    if (mac === '') return { result: 'refused', at, fault: { code: 'mac-missing', evidence: '' }, evidence: '' }
    const { ip, wakePort } = network.broadcast
    try {
      await wake({ mac, broadcast: ip, port: wakePort })
      return { result: 'accepted', at, fault: null, evidence: `${mac} → ${ip}` }
    } catch (error) {
      if (!(error instanceof DisplayError)) throw error
      return { result: 'unreached', at, fault: error.fault, evidence: error.fault.evidence }
    }
  }

  async #mustBeHere(id: string): Promise<StoredDevice> {
    const stored = await this.#mustBe(id)
    if (stored.station !== this.#options.journal.station) throw new WanglouError('STATE_NOT_ALLOWED', { device: stored.name })
    return stored
  }

  async #device(id: string): Promise<Device> {
    const known = this.#devices.get(id)
    if (known !== undefined) return known
    const stored = await this.#mustBeHere(id)
    const template = await this.templates.get(stored.identity.template)
    // Asked for by two at once: one line all the same.
    const meanwhile = this.#devices.get(id)
    if (meanwhile !== undefined) return meanwhile
    if (this.#isStopped) throw new WanglouError('STATE_NOT_ALLOWED', { device: stored.name })
    const device = new Device({
      open: async () => openDisplay({ identity: stored.identity, login: await this.#login(id), template }),
      ...(template === null ? {} : { attempts: template.retries + 1 }),
      onChange: this.#options.onChanged,
      now: this.#options.now,
    })
    this.#devices.set(id, device)
    return device
  }

  async #login(id: string): Promise<Login | null> {
    const row = await this.#options.store.get<{ sealed: string }>('SELECT sealed FROM secret_display_devices WHERE device = ?', [id])
    const open = row === null ? null : this.#options.key.unseal(row.sealed, `display:${id}`)
    return open === null ? null : (JSON.parse(open) as Login)
  }

  async #stored(id: string): Promise<StoredDevice | null> {
    const row = await this.#options.store.get<Omit<StoredDevice, 'identity'> & { identity: string }>(
      'SELECT id, name, identity, mac, station FROM displayDevices WHERE id = ? AND _deleted = 0',
      [id],
    )
    return row === null ? null : { ...row, identity: JSON.parse(row.identity) as DisplayIdentity }
  }

  async #mustBe(id: string): Promise<StoredDevice> {
    const device = await this.#stored(id)
    if (device === null) throw new WanglouError('NOT_FOUND', { device: id })
    return device
  }

  async #forget(id: string): Promise<void> {
    const device = this.#devices.get(id)
    this.#devices.delete(id)
    await device?.stop()
    await this.#hear()
  }

  /** @param template those that are spoken to by it; the others keep their lines and what is known of them */
  async #hangUp(template?: string): Promise<void> {
    const meant =
      template === undefined ? null : new Set((await this.list()).flatMap(({ id, identity }) => (identity.template === template ? [id] : [])))
    const devices = [...this.#devices].filter(([id]) => meant === null || meant.has(id))
    for (const [id] of devices) this.#devices.delete(id)
    await Promise.all(devices.map(([, device]) => device.stop()))
  }

  async #hear(): Promise<void> {
    const projectors = (await this.list()).filter(({ isHere, identity }) => isHere && identity.protocol === 'pjlink')
    await this.notices.follow(projectors.flatMap(({ id, identity: { address } }) => (address.kind === 'network' ? [{ id, host: address.host }] : [])))
  }

  /** One that says no more than that it is there (link up) is asked how it stands. */
  async #noticed(id: string, reading: Reading): Promise<void> {
    const device = await this.#device(id)
    if (Object.keys(reading.values).length > 0) device.notice(reading)
    else if (device.status.queued === 0) await device.refresh()
  }
}
