// Holds the outlines of a foreign file against the areas in force: codes and names change, so what is outdated is proposed, never assumed.
import type { Area, BoundaryRow } from '../../contract/index.ts'
import type { AreaIndex } from './area-index.ts'
import { isInside, type Outline } from './point-in-outline.ts'

export interface BoundaryTask {
  path: string
}

/** A feature as the file has it; `outline` null = no usable polygon. */
export interface FoundBoundary {
  row: number
  code: string | null
  name: string | null
  outline: Outline | null
  box: [number, number, number, number] | null
}

export function proposeBoundaries(found: readonly FoundBoundary[], index: AreaIndex): BoundaryRow[] {
  return found.map((boundary) => {
    const { row, code, name } = boundary
    const say = (state: BoundaryRow['state'], area: Area | null, reason: BoundaryRow['reason']): BoundaryRow => ({
      row,
      code,
      name,
      state,
      proposed: area?.code ?? null,
      proposedName: area?.name ?? null,
      reason,
    })
    if (boundary.outline === null) return say('bad-geometry', null, null)
    const byCode = code === null ? null : index.byCode(code)
    if (byCode !== null && (name === null || byCode.name === name)) return say('ok', byCode, null)
    const formerByName = name === null ? undefined : one(index.byName(name).filter((area) => area.former.some((former) => former.name === name)))
    if (byCode !== null) return formerByName?.code === byCode.code ? say('outdated', byCode, 'former-name') : say('name-differs', byCode, null)
    const byFormerCode = code === null ? null : index.byFormerCode(code)
    if (byFormerCode !== null) return say('outdated', byFormerCode, 'former-code')
    if (formerByName !== undefined) return say('outdated', formerByName, 'former-name')
    const sameName = name === null ? undefined : one(index.byName(name))
    const state = code === null ? 'no-code' : 'unknown'
    if (sameName !== undefined) return say(state, sameName, 'same-name')
    const inside = one(centresInside(boundary.outline, index))
    return say(state, inside ?? null, inside === undefined ? null : 'centre-inside')
  })
}

/** Counties whose centre lies in the outline; more than one means that it is no county. */
function centresInside(outline: Outline, index: AreaIndex): Area[] {
  return index.all.filter((area) => area.kind === 'county' && area.position !== null && isInside(area.position, outline))
}

function one(areas: readonly Area[]): Area | undefined {
  return areas.length === 1 ? areas[0] : undefined
}
