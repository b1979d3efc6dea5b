// What the resources room needs to know of the link and the reporting tree to find out who decides about a resource.
import { alone, type OwnersPort } from '../features/resources/owners.ts'
import type { UnitTree } from '../features/station/unit-tree.ts'
import type { Asking } from '../link/asking.ts'
import type { LinkSettings } from '../link/settings.ts'

export function ownersPort(options: { unit: string; settings: LinkSettings | null; asking: Asking | null; tree: UnitTree }): OwnersPort {
  const { unit, settings, asking, tree } = options
  if (settings === null || asking === null) return alone(unit)
  return {
    unit,
    isHost: settings.isHost,
    consoleName: settings.name,
    unitNamed: (name) => tree.unitNamed(name),
    nameOf: (of) => tree.nameOf(of),
    canAsk: (of) => asking.canAsk(of),
    way: (of) => asking.way(of),
    ask: (entry, of) => asking.ask(entry, of),
  }
}
