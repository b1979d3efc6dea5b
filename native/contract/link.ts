// The link: how the line to each other side stands, what still works, what the other side has not got yet, packages on a stick.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import type { EntryId } from './entry.ts'
import { type EpochMs, Sha256, text } from './scalars.ts'

export const linkDatasets = defineDatasets({
  /** Stations whose seals are believed, row id = the station's id; written by a centre's host, who vouches for its consoles and for the hosts it is paired with. */
  stations: {
    scope: 'shared',
    columns: {
      /** The centre it belongs to, as it stands in scopes. */
      unit: { type: 'text' },
      /** What people call it: 值班台 2, 机房主机. */
      name: { type: 'text' },
      /** Ed25519, SPKI, base64. */
      publicKey: { type: 'text' },
      /** The station that carries its centre's entries up and down, and vouches for others. */
      isHost: { type: 'boolean' },
    },
  },
})

/** A centre's unit as it stands in scopes and on the wire, e.g. its area code. */
export const LinkUnit = z.string().regex(/^[\w-]{1,64}$/)

/** `centre`: the consoles of our own centre; `above`, `below`: another centre of the reporting tree. */
export const linkKinds = ['centre', 'above', 'below'] as const
export type LinkKind = (typeof linkKinds)[number]

/**
 * `online` · `slow`: answers later or loses more than a threshold · `narrow`: a byte budget is set, lesser things wait ·
 * `offline`: no answer · `refused`: they know us not or refuse us; tried again only every few minutes.
 */
export const linkStates = ['online', 'slow', 'narrow', 'offline', 'refused'] as const
export type LinkState = (typeof linkStates)[number]

/** What goes first when not everything can: incident and reports, orders, alarms, positions, the rest. */
export const linkLanes = ['incidents', 'orders', 'alarms', 'positions', 'rest'] as const
export type LinkLane = (typeof linkLanes)[number]

/** One line to another side, as the strip and the page show it. */
export interface LinkView {
  kind: LinkKind
  /** The other centre; of `centre` our own. */
  unit: string
  /** What the tree calls it; the unit itself where the tree does not have it. */
  name: string
  state: LinkState
  since: EpochMs
  /** Last time anything came from there; null = never. */
  lastHeardAt: EpochMs | null
  /** Median of the last round trips, ms; null = not measured. */
  roundTripMs: number | null
  /** Entries meant for them that they have not confirmed. */
  waiting: number
  /** Of those, by lane; only what is above zero. In narrow mode this is what is held back. */
  waitingByLane: Partial<Record<LinkLane, number>>
  /** Bytes a second that may be sent; null = no limit. */
  budgetBytesPerS: number | null
  /** A key for the page's texts: why it is refused, or what came and could not be taken. null = nothing is wrong. */
  reason: LinkReason | null
}

/** Why a line does not work as it should, or what came over it and was not taken. */
export const linkReasons = [
  'credentials', // the server refuses user, password or certificate
  'unknown-station', // they sent what a station wrote whose key nobody has vouched for
  'seal', // a seal does not verify
  'chain', // hashes do not join
  'fork', // two entries under one number
  'scope', // something that must not come to us
  'version', // another version of the protocol
  'stream-missing', // the server holds no stream for us
  'server-disk', // the server cannot store any more
  'server-stuck', // the server lets us in and stores nothing: nats-server 2.9 stands still when its disk is full
] as const
export type LinkReason = (typeof linkReasons)[number]

/** Another console that is there now. */
export interface ConsolePresence {
  station: string
  /** What people call it; '' = not named. */
  name: string
  isUs: boolean
  /** Who is signed in there; null = nobody. */
  who: string | null
  /** The record open there; null = none. */
  open: { dataset: string; row: string } | null
  /** The field being edited there; null = none. `column` is a column, or what the form there calls its field ('' = the record). Others see it and are asked to wait. */
  editing: { dataset: string; row: string; column: string } | null
  heardAt: EpochMs
}

/** How far this console is with taking its centre's data over as a whole, just after it was paired. */
export interface JoiningView {
  /** `asked`: the host makes a snapshot · `fetching` · `checking` · `ready`: the next start takes it over · `refused`: it was damaged or of a newer version. */
  state: 'asked' | 'fetching' | 'checking' | 'ready' | 'refused'
  /** When it was made; null = not known yet. */
  madeAt: EpochMs | null
  entries: number
  /** Bytes that are here, of how many. */
  fetchedBytes: number
  totalBytes: number
}

export interface LinkAnswer {
  /** false = the station is by itself, and nothing is wrong with that. */
  isConfigured: boolean
  /** Our own centre first, then above, then below by name. */
  links: LinkView[]
  consoles: ConsolePresence[]
  /** null = nothing is being taken over. */
  joining: JoiningView | null
}

/** What an officer can or cannot do now (现在还能做什么). */
export const capabilityNames = ['map', 'plans', 'resources', 'report-up', 'conference-up', 'conference-local', 'cameras', 'publish', 'wall'] as const
export type CapabilityName = (typeof capabilityNames)[number]

/** On what evidence, or why not; each has words on the page under `link.can.<reason>`. */
export const capabilityReasons = [
  'map.packs', // map packs on this machine
  'map.packsOnly', // the same, while the online layers are silent
  'map.online',
  'map.cached', // tiles fetched before the source fell silent
  'map.builtIn', // only outlines and names that come with the program
  'map.builtInOnly', // the same, while the online layers are silent
  'plans.none',
  'plans.here',
  'plans.cut', // the line up is cut
  'plans.cutCentre', // the line to the other consoles is cut
  'resources.none',
  'resources.here',
  'resources.cut',
  'resources.cutCentre',
  'resources.untouched', // imported or edited half a year ago or longer
  'report-up.byTelephone',
  'report-up.byLink',
  'report-up.slow',
  'report-up.narrow',
  'report-up.cut',
  'report-up.refused',
  'conference-up.notBuilt',
  'conference-local.here', // for the pages of this console; consoles cannot call one another yet
  'conference-local.noSfu',
  'cameras.none',
  'cameras.here',
  'cameras.noSfu',
  'publish.notBuilt',
  'wall.notBuilt',
] as const
export type CapabilityReason = (typeof capabilityReasons)[number]

/** What to do; each has words on the page under `link.do.<step>`. */
export const capabilityNextSteps = [
  'map.addPack',
  'plans.import',
  'plans.ask',
  'resources.import',
  'resources.ask',
  'resources.verify',
  'report-up.telephone',
  'conference-up.instead',
  'conference-local.setUp',
  'cameras.add',
  'cameras.setUp',
  'publish.instead',
  'wall.instead',
] as const
export type CapabilityNextStep = (typeof capabilityNextSteps)[number]

export interface Capability {
  name: CapabilityName
  state: 'works' | 'old' | 'fails'
  /** Of what age what it works on is; null = current, or it does not work. */
  asOf: EpochMs | null
  reason: CapabilityReason
  params: Record<string, string | number | boolean | null>
  /** null = nothing is to be done. */
  nextStep: CapabilityNextStep | null
}

/** An entry of ours that one of the other sides has not confirmed. */
export interface UnsentEntry {
  entry: EntryId
  /** Unit of the side it waits for. */
  unit: string
  lane: LinkLane
  at: EpochMs
  /** Account that wrote it, or `station`. */
  actor: string
  action: string
  dataset: string
  row: string
}

/** As the page lists it. */
export interface UnsentItem extends Omit<UnsentEntry, 'actor'> {
  /** Who wrote it; null = the program itself, or an account unknown here. */
  who: string | null
}
export interface UnsentList {
  entries: UnsentItem[]
  /** All there are, listed or not. */
  total: number
}

export const ListUnsentInput = z.object({ limit: z.int().min(1).max(500) })

/** Sets how much may go over a line; it counts from now on and after a restart, whatever `link.json` says. */
export const SetBudgetInput = z.object({
  /** The centre at the other end. */
  unit: LinkUnit,
  /** Bytes a second; null = no limit. */
  bytesPerS: z.int().min(50).max(10_000_000).nullable(),
})
export type SetBudgetInput = z.infer<typeof SetBudgetInput>

/** The list of what is unsent as CSV: what the page calls acts and datasets, by their code. */
export const ExportUnsentInput = z.object({ words: z.record(text(80), text(80)) })
export type ExportUnsentInput = z.infer<typeof ExportUnsentInput>

/** What this page has open and edits; said again at least every 10 s while it stands. */
export const ShowPresenceInput = z.object({
  open: z.object({ dataset: text(60), row: text(80) }).nullable(),
  editing: z.object({ dataset: text(60), row: text(80), column: text(60) }).nullable(),
})
export type ShowPresenceInput = z.infer<typeof ShowPresenceInput>

/** The same from one of several windows of a session; `page` is a word the window chose when it opened. */
export const ShowPageInput = ShowPresenceInput.extend({ page: text(40) })
export type ShowPageInput = z.infer<typeof ShowPageInput>

/** Writes a signed package of what another side lacks. */
export const ExportPackageInput = z.object({
  /** The centre it is for. */
  unit: LinkUnit,
  /** Largest part in bytes, for a small stick; null = one file. */
  partBytes: z.int().min(65_536).nullable(),
})
export type ExportPackageInput = z.infer<typeof ExportPackageInput>

export const ImportPackageInput = z.object({ parts: z.array(Sha256).min(1).max(1_000) })

/** What came of a package, said for each chain in it. */
export interface PackageReport {
  /** Who made it. */
  station: string
  unit: string
  madeAt: EpochMs
  added: number
  /** Entries that were here already: harmless. */
  duplicates: number
  /** Chains that were not taken, and why. */
  refused: { station: string; scope: string; reason: LinkReason | 'malformed' | 'held' }[]
  /** Files that came with it. */
  files: number
}

/** Why a package is refused as a whole; params of the WanglouError `PACKAGE_REFUSED`. */
export const packageRefusals = ['truncated', 'tampered', 'unknown-key', 'unsealed', 'not-for-us', 'parts-missing', 'no-package', 'version'] as const
export type PackageRefusal = (typeof packageRefusals)[number]

/** A file of a package, in the blobs until it is fetched. */
export interface PackageFile {
  sha256: string
  /** Bytes. */
  size: number
  name: string
}

export interface ExportedFiles {
  id: string
  parts: PackageFile[]
  entries: number
  /** Files of imports and attachments in it. */
  files: number
  /** Files that could not be taken along. */
  leftFiles: number
}

export interface ImportedFiles {
  report: PackageReport
  /** Goes back on the stick, so that they know what has come; null = it was a receipt itself. */
  receipt: PackageFile | null
}

/** Under a code that was made at the other side. */
export const JoinInput = z.object({ code: text(40), side: z.enum(['centre', 'above']) })
export type JoinInput = z.infer<typeof JoinInput>

/** Another station as it showed itself at pairing. */
export interface PairedStation {
  station: string
  unit: string
  name: string
  isHost: boolean
}
