// What the camera room needs to know of the other consoles of our centre: their names, and the lines to them.
import { hostname } from 'node:os'
import type { LocalJournal } from '../journal/journal.ts'
import type { Link } from '../link/link.ts'
import type { LinkSettings } from '../link/settings.ts'
import type { CaptureConsolesPort } from '../media/capture/captures.ts'
import type { Hosts } from '../media/hosts/hosts.ts'

export function consolesPort(options: {
  journal: LocalJournal
  unit: string
  settings: LinkSettings | null
  engine: Link | null
  hosts: () => Hosts
}): CaptureConsolesPort {
  const { journal, unit, settings, engine, hosts } = options
  // A console that was never given a name goes by that of its machine.
  const names = () => ({
    ...Object.fromEntries((engine?.stations.all ?? []).filter((card) => card.unit === unit).map(({ station, name }) => [station, name])),
    [journal.station]: settings?.name ?? hostname(),
  })
  return {
    here: () => journal.station,
    names,
    nameOf: (station) => names()[station] ?? station,
    talk(station, { isDirect }) {
      const direct = hosts().lineTo(station)
      if (direct !== null || isDirect) return direct
      const others = hosts().all.filter((host) => host.unit === unit && host.station !== journal.station && host.hasWorker)
      const [nearest] = others.toSorted((a, b) => a.priority - b.priority)
      return nearest === undefined ? null : hosts().talk(nearest.station)
    },
  }
}
