// What a feature gives to the page: its routes, palette entries, workspace tabs and matters to do; the page finds each by its file name.
import type { Component } from 'vue'
import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router'
import type { EpochMs, Id, IncidentFacts, Permission, WallTileKind } from '../../native/contract/index.ts'

export type { GlobeFeature } from '../globe/types.ts'

/** A place on the rail, left. `order` also gives the key: the first nine are Alt+1 … Alt+9. */
export interface RailEntry {
  /** An icon component, e.g. from `@element-plus/icons-vue`. */
  icon: Component
  order: number
  /** Full i18n key, e.g. `incidents.title`. */
  titleKey: string
  /** `foot` stands at the lower end (settings, accounts). Default `main`. */
  part?: 'main' | 'foot'
}

declare module 'vue-router' {
  interface RouteMeta {
    rail?: RailEntry
    /** False: the page alone, without strip, rail and globe (sign-in, set-up). */
    frame?: boolean
    /** Full i18n key of the window's title; default: that of the rail entry. */
    titleKey?: string
    /** Without it the rail does not offer the route and the page says who can. */
    permission?: Permission
    /** What a narrow console shows first, where list and context cannot both be seen; default: `context` when the address names a thing. `middle`: the thing
     * stands in the middle, and neither lies over it. */
    first?: 'list' | 'middle'
    /** True where the idle lock does not close the middle: begin a report, watch an alarm. */
    isOpenWhileLocked?: boolean
    /** True for pages where nobody has signed in yet. */
    isOpen?: boolean
    /** True for a page that asks nobody to sign in, whoever sits there: a screen of the wall. */
    isForAnybody?: boolean
  }
}

/**
 * `<f>.routes.ts`, default export. Flat (no children). Named views, all optional, each a component that fills its place:
 * `list` (360 px, left) · `default` (the middle, over the globe, which stays alive beneath) · `context` (420 px, right, above 待办) ·
 * `timeline` (160 px, below). A route without `default` leaves the globe free. With `frame: false` only `default` is drawn.
 */
export type FeatureRoutes = RouteRecordRaw[]

/** `<f>.messages.ts`, default export; reached as `t('<f>.key')`. Nested objects are fine. */
export interface FeatureMessages {
  'zh-CN': MessageTree
  en: MessageTree
}
export interface MessageTree {
  [key: string]: string | MessageTree
}

export type PaletteKind = 'page' | 'action' | 'incident' | 'plan' | 'resource' | 'place' | 'task' | 'report' | 'contact'

/** One line of the command palette. Either `to` or `run`. */
export interface PaletteItem {
  /** Unique within its feature. */
  id: string
  kind: PaletteKind
  /** In the operator's language. */
  title: string
  /** Second line: area, kind, state. */
  detail?: string
  /** Higher first within its kind; default 0. */
  rank?: number
  /** When something is as old as this, shown as words. */
  at?: EpochMs
  to?: RouteLocationRaw
  run?: () => void | Promise<void>
}

/** `<f>.palette.ts`, default export. Called at each pause of typing with the trimmed query (may be empty: what is most likely wanted). At most 10 items. */
export type PaletteSource = (query: string) => Promise<PaletteItem[]>

/** `<f>.tabs.ts`, default export `IncidentTab[]`: a tab of the incident's workspace. The component gets the prop `incident: IncidentFacts`. */
export interface IncidentTab {
  id: string
  order: number
  /** Full i18n key. */
  titleKey: string
  component: Component
}
export interface IncidentTabProps {
  incident: IncidentFacts
}

/** `<f>.overview.ts`, default export `OverviewPart[]`: a box of the workspace's 态势, below the grade. The component gets the prop `incident: IncidentFacts`. */
export interface OverviewPart {
  id: string
  order: number
  component: Component
}

/** `urgent`: a person or a limit is waiting now; `due`: in this watch; `open`: when there is time. */
export type TodoUrgency = 'urgent' | 'due' | 'open'

/** One matter of the 待办 stack. */
export interface TodoItem {
  /** Unique within its feature. */
  id: string
  urgency: TodoUrgency
  /** In the operator's language: what is to be done. */
  title: string
  /** Whose, where. */
  detail?: string
  /** Since when it waits. */
  since: EpochMs
  /** Limit, if any; passed = 超时. */
  dueAt?: EpochMs | null
  /** Nobody else of the watch can do it: a signature waits for whoever may sign, however late others are with theirs. Default false. */
  isMineAlone?: boolean
  to: RouteLocationRaw
}

/**
 * `<f>.todos.ts`, default export. Asked after every change of the datasets named in the file's export `datasets` (default: the feature word); with
 * `isOpenWhileLocked` also while the console is locked: what rings is not hidden.
 */
export type TodoSource = () => Promise<TodoItem[]>

/**
 * A piece of the frame that a feature brings: `lock` in place of the list while locked, `banner` below the strip, `strip` among its right-hand items,
 * `fact` among its left-hand ones, after how this station stands.
 */
export interface FramePart {
  id: string
  slot: 'lock' | 'banner' | 'strip' | 'fact'
  order: number
  component: Component
}
/** `<f>.frame.ts`, default export. */
export type FrameParts = FramePart[]

/** Where a tile of the wall stands: on a screen, which asks as a screen, or in the composer (`screen` null), which asks as its operator. */
export interface WallTilePlace {
  screen: Id | null
  /** Before the paths of pictures: '' in the composer. */
  mediaBase: string
  isInternal: boolean
}
/** `<f>.wall.ts`, default export: draws tiles of this kind. The component gets `tile`, `moving` (how many of its pictures move, the others are stills), `place`, and says `ready` with null or why it cannot show what it should. */
export interface WallTilePart {
  kind: WallTileKind
  component: Component
}
