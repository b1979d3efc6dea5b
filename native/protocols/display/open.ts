// Which driver speaks to a device.
import { type CommandTemplate, type DisplayActKind, DisplayError, type DisplayIdentity } from '../../contract/index.ts'
import { openTemplate } from '../command-template/connection.ts'
import { templateCapabilities } from '../command-template/template.ts'
import { openComputer } from '../computer/connection.ts'
import { openEventMaster } from '../event-master/connection.ts'
import { openExtronSis } from '../extron-sis/connection.ts'
import { openHikvisionIsapi } from '../hikvision-isapi/connection.ts'
import { openLg } from '../lg/connection.ts'
import { openNovastarCoex } from '../novastar-coex/connection.ts'
import { openNovastarH } from '../novastar-h/connection.ts'
import { openPjlink } from '../pjlink/connection.ts'
import { openSamsungMdc } from '../samsung-mdc/connection.ts'
import { capabilities, type Driver, type DriverTiming, usualTiming } from './driver.ts'

export interface OpenDisplay {
  identity: DisplayIdentity
  login: { username: string; password: string } | null
  /** The template that `identity` names; null = none, or it is not here any more. */
  template: CommandTemplate | null
  timing?: DriverTiming
}

/** @throws DisplayError */
export async function openDisplay({ identity, login, template, timing = usualTiming }: OpenDisplay): Promise<Driver> {
  const { protocol, address, unit } = identity
  const options = { timing, unit, username: login?.username ?? null, password: login?.password ?? null }
  switch (protocol) {
    case 'pjlink':
      return openPjlink(address, options)
    case 'samsung-mdc':
      return openSamsungMdc(address, options)
    case 'lg':
      return openLg(address, options)
    case 'novastar-h':
      return openNovastarH(address, options)
    case 'novastar-coex':
      return openNovastarCoex(address, options)
    case 'extron-sis':
      return openExtronSis(address, options)
    case 'event-master':
      return openEventMaster(address, options)
    case 'hikvision-isapi':
      return openHikvisionIsapi(address, options)
    case 'computer':
      return openComputer(address, options)
    case 'template':
      if (template === null) throw new DisplayError('template-missing')
      return openTemplate(address, { ...options, template })
    default:
      return protocol satisfies never
  }
}

/** What may be asked of it, before it is reached. A network card wakes whatever is behind it. */
export function capabilitiesOf({ protocol }: DisplayIdentity, options: { template: CommandTemplate | null; mac: string }): DisplayActKind[] {
  const own = protocol !== 'template' ? capabilities[protocol] : options.template === null ? [] : templateCapabilities(options.template)
  return options.mac === '' ? [...own] : [...own, 'wake']
}
