// Which schedules come due between two moments, by the wall clock of Asia/Shanghai (no summer time), and what stands in the way of one. Pure.
import type { WallSchedule, WallScene, WallTile } from '../../contract/index.ts'
import type { OpenIncident } from './scenes.service.ts'

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000

/** @param span after `from`, up to and with `to` @returns in the order in which they came due, the latest moment of each */
export function dueSchedules(
  schedules: readonly WallSchedule[],
  { from, to }: { from: number; to: number },
): { schedule: WallSchedule; at: number }[] {
  const due = schedules.flatMap((schedule) => {
    const { isOn, minute, days } = schedule
    if (!isOn) return []
    for (let day = Math.floor((to + shanghaiMs) / dayMs); day >= Math.floor((from + shanghaiMs) / dayMs); day -= 1) {
      const at = day * dayMs + minute * 60_000 - shanghaiMs
      // 1970-01-01 was a Thursday; the week begins on Monday.
      if (at > from && at <= to && days[(day + 3) % 7] === '1') return [{ schedule, at }]
    }
    return []
  })
  return due.sort((a, b) => a.at - b.at)
}

/**
 * The open incident that the wall is at work on: one of its tiles is about it, or its scene is one for the phase of such an incident. A board of whatever
 * is open, as every day has it, is none. @returns null = none
 */
export function incidentShown(
  { tiles, scene }: { tiles: readonly WallTile[]; scene: Pick<WallScene, 'phase' | 'incidentType'> | null },
  incidents: readonly OpenIncident[],
): OpenIncident | null {
  const named = new Set(tiles.flatMap((tile) => ('incident' in tile && tile.incident !== null ? [tile.incident] : [])))
  const isMeant = ({ phase, typeCode }: OpenIncident) =>
    scene !== null && scene.phase === phase && (scene.incidentType === null || typeCode?.startsWith(scene.incidentType) === true)
  return incidents.find((incident) => incident.phase !== 'ended' && (named.has(incident.id) || isMeant(incident))) ?? null
}
