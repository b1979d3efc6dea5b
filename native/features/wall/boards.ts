// What the boards of a scene show now, masked here: what a wall must not show does not leave the station.
import type { BoardData, BoardLine, OnDuty, OpenMatter, WallTile, WallTileKind } from '../../contract/index.ts'
import { masked } from './mask.ts'

/** What other rooms say, handed in by `app.ts`. */
export interface BoardSources {
  incidents: () => Promise<OpenMatter[]>
  /** What is known of one. */
  incident: (incident: string) => Promise<BoardLine[]>
  plan: (plan: string) => Promise<BoardLine[]>
  /** People whose names the wall does not show. */
  names: () => Promise<readonly string[]>
  /** null = of every open incident. */
  orders: (incident: string | null) => Promise<OpenMatter[]>
  alarms: () => Promise<OpenMatter[]>
  duty: () => Promise<OnDuty | null>
  /** Of the newest response where no incident is named. */
  checklist: (incident: string | null) => Promise<BoardLine[]>
  weather: (incident: string | null) => Promise<BoardLine[]>
  /** Ready and all, by kind. */
  resources: () => Promise<BoardLine[]>
}

/** Two-metre letters: more lines than these are not read. */
const mostLines = 40

/** Datasets whose change changes a board. */
export const boardDatasets: Readonly<Partial<Record<WallTileKind, readonly string[]>>> = {
  incidents: ['incidents', 'incidentStatements', 'incidentFigures'],
  orders: ['tasks', 'taskStates'],
  alarms: ['incidents', 'calls', 'reports', 'reportReceipts', 'clockRules', 'streams', 'station'],
  duty: ['dutyRoster', 'dutyWatches', 'dutyHandovers', 'dutyShifts'],
  checklist: ['responseTasks', 'responses', 'incidents'],
  weather: ['sceneWeather'],
  resources: ['resources', 'reservations'],
  plan: ['plans', 'planVersions'],
  chart: ['resources', 'incidentStatements', 'taskStates', 'tasks'],
  globe: ['incidents', 'tasks', 'taskStates', 'cameras', 'resources', 'drawings', 'layers', 'wallHolds'],
  camera: ['cameras'],
}

/** @returns null for a tile that is no board */
export async function boardOf(tile: WallTile, sources: BoardSources, options: { isInternal: boolean; now: number }): Promise<BoardData | null> {
  const lines = await linesOf(tile, sources)
  if (lines === null) return null
  // The watch's own names are no victims', though one may be called the same.
  const names = options.isInternal || tile.kind === 'duty' ? [] : await sources.names()
  const hide = options.isInternal ? (text: string) => text : (text: string) => masked(text, names)
  return {
    lines: lines.slice(0, mostLines).map((line) => ({ ...line, title: hide(line.title), detail: hide(line.detail) })),
    more: Math.max(0, lines.length - mostLines),
    readAt: options.now,
  }
}

async function linesOf(tile: WallTile, sources: BoardSources): Promise<BoardLine[] | null> {
  switch (tile.kind) {
    case 'incidents':
      // A scene kept by an earlier version has no such field.
      return (tile.incident ?? null) === null ? (await sources.incidents()).map(lineOf) : sources.incident(tile.incident ?? '')
    case 'plan':
      return tile.plan === null ? [] : sources.plan(tile.plan)
    case 'orders':
      return (await sources.orders(tile.incident)).map(lineOf)
    case 'alarms':
      return (await sources.alarms()).map(lineOf)
    case 'checklist':
      return sources.checklist(tile.incident)
    case 'weather':
      return sources.weather(tile.incident)
    case 'resources':
      return sources.resources()
    case 'duty':
      return dutyLines(await sources.duty())
    default:
      return null
  }
}

function lineOf({ id, title, detail, since, dueAt }: OpenMatter): BoardLine {
  return { id, title, detail, at: since === 0 ? null : since, dueAt }
}

function dutyLines(duty: OnDuty | null): BoardLine[] {
  if (duty === null) return []
  const posts = [
    ['带班领导', duty.watchLeaders],
    ['值班长', duty.shiftLeaders],
    ['值班员', duty.officers],
  ] as const
  return posts.flatMap(([post, people]) =>
    people.map(({ name, telephone }, index) => ({
      id: `${post}${index}`,
      title: name,
      detail: [post, telephone].filter(Boolean).join(' '),
      at: null,
      dueAt: null,
    })),
  )
}
