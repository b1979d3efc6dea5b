// Who may hold what: scopes against the reporting tree (报送关系). Pure; the table of units is handed in.
import type { Scope } from '../contract/index.ts'

/** The unit above each unit, as they stand in scopes; null = the top. A unit that is missing is nobody's. */
export type Superiors = ReadonlyMap<string, string | null>

/** Longer chains than this are a loop somebody typed. */
const deepest = 20

/** @returns whether `unit` is `above` itself or lies below it */
export function isWithin(unit: string, above: string, superiors: Superiors): boolean {
  let each: string | null = unit
  for (let depth = 0; each !== null && depth < deepest; depth += 1) {
    if (each === above) return true
    each = superiors.get(each) ?? null
  }
  return false
}

/**
 * The tree as the lines of this station stand: who is next above and below us was written into our settings, and no row that came over a line
 * moves it, or a county could make itself the superior of its neighbour and be sent what that one reports.
 */
export function withNeighbours(
  superiors: Superiors,
  settings: { unit: string; above?: { unit: string } | undefined; below: readonly string[] },
): Superiors {
  const tree = new Map(superiors)
  if (settings.above !== undefined) tree.set(settings.unit, settings.above.unit)
  for (const child of settings.below) tree.set(child, settings.unit)
  return tree
}

/**
 * Whether a centre may hold a scope: its own console's `self` nobody else, `centre:U` U alone, `up:U` U and all above it,
 * `down:U` U and all below it, `shared` everybody.
 */
export function mayHold(scope: Scope, unit: string, superiors: Superiors): boolean {
  if (scope === 'shared') return true
  const colon = scope.indexOf(':')
  if (colon < 0) return false
  const [kind, of] = [scope.slice(0, colon), scope.slice(colon + 1)]
  if (kind === 'centre') return of === unit
  if (kind === 'up') return isWithin(of, unit, superiors)
  return kind === 'down' && isWithin(unit, of, superiors)
}

/** Whether a station of a centre may write a scope at all: every scope but `shared` names the writer's own centre. */
export function mayWrite(scope: Scope, unit: string): boolean {
  return scope === 'shared' || scope.slice(scope.indexOf(':') + 1) === unit
}

/**
 * Whether the host of one centre is believed when it names a station of another: only where that centre's way to us in the reporting tree
 * leads through the host's own. So no county can bring forth a station of the province.
 */
export function mayVouch(hostUnit: string, unit: string, way: { ourUnit: string; superiors: Superiors }): boolean {
  return wayBetween(unit, way.ourUnit, way.superiors).includes(hostUnit)
}

/** Every unit from one to the other, both included; without a common superior only the first. */
function wayBetween(from: string, to: string, superiors: Superiors): string[] {
  const [up, down] = [upwards(from, superiors), upwards(to, superiors)]
  const meeting = up.find((unit) => down.includes(unit))
  if (meeting === undefined) return [from]
  return [...up.slice(0, up.indexOf(meeting) + 1), ...down.slice(0, down.indexOf(meeting))]
}

function upwards(unit: string, superiors: Superiors): string[] {
  const way: string[] = []
  for (let each: string | null = unit; each !== null && !way.includes(each); each = superiors.get(each) ?? null) way.push(each)
  return way
}
