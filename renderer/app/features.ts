// Finds what the features bring, by the names of their files.
import type { FeatureRoutes, FrameParts, IncidentTab, OverviewPart, PaletteSource, TodoSource, WallTilePart } from './feature.ts'

const routeFiles = import.meta.glob<FeatureRoutes>('../features/*/*.routes.ts', { eager: true, import: 'default' })
const paletteFiles = import.meta.glob<PaletteSource>('../features/*/*.palette.ts', { eager: true, import: 'default' })
const tabFiles = import.meta.glob<IncidentTab[]>('../features/*/*.tabs.ts', { eager: true, import: 'default' })
const overviewFiles = import.meta.glob<OverviewPart[]>('../features/*/*.overview.ts', { eager: true, import: 'default' })
const todoFiles = import.meta.glob<{ default: TodoSource; datasets?: readonly string[]; isOpenWhileLocked?: true }>('../features/*/*.todos.ts', {
  eager: true,
})
const frameFiles = import.meta.glob<FrameParts>('../features/*/*.frame.ts', { eager: true, import: 'default' })
const wallFiles = import.meta.glob<WallTilePart>('../features/*/*.wall.ts', { eager: true, import: 'default' })

/** `…/plans.palette.ts` → `plans`. */
export function featureWord(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '')
}

export const featureRoutes: FeatureRoutes = Object.values(routeFiles).flat()

export const paletteSources = Object.entries(paletteFiles).map(([path, search]) => ({ feature: featureWord(path), search }))

/** Tabs of the incident's workspace, in order. */
export const incidentTabs: IncidentTab[] = Object.values(tabFiles)
  .flat()
  .sort((a, b) => a.order - b.order)

/** Boxes of the workspace's 态势, in order. */
export const overviewParts: OverviewPart[] = Object.values(overviewFiles)
  .flat()
  .sort((a, b) => a.order - b.order)

export const todoSources = Object.entries(todoFiles).map(([path, file]) => {
  const feature = featureWord(path)
  return { feature, ask: file.default, datasets: file.datasets ?? [feature], isOpenWhileLocked: file.isOpenWhileLocked === true }
})

export const frameParts = Object.values(frameFiles)
  .flat()
  .sort((a, b) => a.order - b.order)

/** Tiles of the wall that other rooms draw, by kind. */
export const wallTileParts = new Map(Object.values(wallFiles).map(({ kind, component }) => [kind, component]))
