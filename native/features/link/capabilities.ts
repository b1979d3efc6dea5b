// The one place that says what an officer can do now (现在还能做什么), from evidence handed in. Pure.
import type { Capability, CapabilityName, CapabilityReason, EpochMs, LinkView } from '../../contract/index.ts'

export interface CapabilityEvidence {
  now: EpochMs
  map: {
    /** Map packs on this machine: they need no network. */
    packs: number
    /** Online layers whose source answers, or has not been asked yet. */
    answering: number
    /** Online layers whose source does not answer. */
    silent: number
    /** When the newest tile kept here of a silent layer was fetched; null = none is kept. */
    cachedAt: EpochMs | null
  }
  /** Plans in force, and when the newest version of any was taken in. */
  plans: { count: number; newestAt: EpochMs | null }
  /** Resources, and when any was last imported or edited. */
  resources: { count: number; newestAt: EpochMs | null }
  /** Cameras that are known here. */
  cameras: number
  /** Whether the SFU of this station, through which all pictures go, can start. */
  hasSfu: boolean
  links: readonly LinkView[]
}

const dayMs = 24 * 3_600_000
/** A register nobody has touched for so long is old, whatever the lines say: teams move, stocks expire. */
export const registerOldAfterMs = 180 * dayMs

/** All nine, in the order of the contract. */
export function capabilities(evidence: CapabilityEvidence): Capability[] {
  return [
    map(evidence),
    shared('plans', evidence.plans, evidence),
    resources(evidence),
    reportUp(evidence.links),
    notBuilt('conference-up'),
    evidence.hasSfu ? one('conference-local.here', 'works') : one('conference-local.noSfu', 'fails', { nextStep: 'conference-local.setUp' }),
    cameras(evidence),
    notBuilt('publish'),
    notBuilt('wall'),
  ]
}

/** The part of the reason before the dot names the capability. */
function one(reason: CapabilityReason, state: Capability['state'], rest: Partial<Capability> = {}): Capability {
  const name = reason.slice(0, reason.indexOf('.')) as CapabilityName
  return { name, state, asOf: null, reason, params: {}, nextStep: null, ...rest }
}

function map({ map: { packs, answering, silent, cachedAt } }: CapabilityEvidence): Capability {
  if (packs > 0) return one(silent === 0 ? 'map.packs' : 'map.packsOnly', 'works', { params: { packs, silent } })
  if (answering > 0) return one('map.online', 'works', { params: { answering } })
  if (cachedAt !== null) return one('map.cached', 'old', { asOf: cachedAt, params: { silent }, nextStep: 'map.addPack' })
  // Outlines and place names come with the program.
  return one(silent === 0 ? 'map.builtIn' : 'map.builtInOnly', 'works', { params: { silent }, nextStep: 'map.addPack' })
}

function isCut({ state }: LinkView): boolean {
  return state === 'offline' || state === 'refused'
}

/** What several sides write: with a line cut it stands as of when that line was last heard, the longest silence first. */
function shared(name: 'plans' | 'resources', { count, newestAt }: CapabilityEvidence['plans'], { links }: CapabilityEvidence): Capability {
  if (count === 0) return one(`${name}.none`, 'fails', { nextStep: `${name}.import` })
  const params = { count, newestAt }
  // Those below send us their own; what we hold of ours does not age with them.
  const [cut] = links.filter((link) => link.kind !== 'below' && isCut(link)).sort((a, b) => (a.lastHeardAt ?? 0) - (b.lastHeardAt ?? 0))
  if (cut === undefined) return one(`${name}.here`, 'works', { params })
  return one(cut.kind === 'centre' ? `${name}.cutCentre` : `${name}.cut`, 'old', {
    asOf: cut.lastHeardAt ?? newestAt,
    params: { ...params, name: cut.name },
    nextStep: `${name}.ask`,
  })
}

function resources(evidence: CapabilityEvidence): Capability {
  const found = shared('resources', evidence.resources, evidence)
  const { newestAt, count } = evidence.resources
  if (found.state !== 'works' || newestAt === null || evidence.now - newestAt < registerOldAfterMs) return found
  return one('resources.untouched', 'old', { asOf: newestAt, params: { count, newestAt }, nextStep: 'resources.verify' })
}

/** By link where one stands; telephone, fax and an e-mail file need none of ours and always work. */
function reportUp(links: readonly LinkView[]): Capability {
  const above = links.filter((link) => link.kind === 'above')
  const [first] = above
  if (first === undefined) return one('report-up.byTelephone', 'works')
  const open = above.find((link) => !isCut(link))
  if (open !== undefined) {
    const reason = open.state === 'narrow' ? 'report-up.narrow' : open.state === 'slow' ? 'report-up.slow' : 'report-up.byLink'
    return one(reason, 'works', { params: { name: open.name, waiting: open.waiting } })
  }
  return one(first.state === 'refused' ? 'report-up.refused' : 'report-up.cut', 'works', {
    params: { name: first.name, since: first.since, waiting: first.waiting },
    nextStep: 'report-up.telephone',
  })
}

/** Whether each of them answers is said by its tile: nobody asks them all at once. */
function cameras({ cameras: count, hasSfu }: CapabilityEvidence): Capability {
  if (!hasSfu) return one('cameras.noSfu', 'fails', { nextStep: 'cameras.setUp' })
  return count === 0 ? one('cameras.none', 'fails', { nextStep: 'cameras.add' }) : one('cameras.here', 'works', { params: { count } })
}

/** Not part of this release: said so, with what does it meanwhile. */
function notBuilt(name: 'conference-up' | 'publish' | 'wall'): Capability {
  return one(`${name}.notBuilt`, 'fails', { nextStep: `${name}.instead` })
}
