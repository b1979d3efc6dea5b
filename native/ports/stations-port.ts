// What the conference room needs to know of other stations: whose key is believed, and which centre each belongs to.
import type { StationsPort } from '../features/conference/conference.feature.ts'
import type { UnitTree } from '../features/station/unit-tree.ts'
import type { LocalJournal } from '../journal/journal.ts'
import type { Link } from '../link/link.ts'
import type { LinkSettings } from '../link/settings.ts'

export function stationsPort(options: {
  journal: LocalJournal
  unit: string
  settings: LinkSettings | null
  engine: Link | null
  tree: UnitTree
}): StationsPort {
  const { journal, unit, settings, engine, tree } = options
  return {
    consoleName: settings?.name ?? '',
    unit,
    sign: (bytes) => journal.sign(bytes),
    keyOf: (station) => engine?.stations.all.find((card) => card.station === station)?.publicKey ?? null,
    unitOf: (station) => engine?.stations.unitOf(station) ?? null,
    linkName: (id) => tree.linkName(id),
    unitName: (of) => tree.nameOf(of),
  }
}
