// The one place that says what an officer can do now (现在还能做什么), from evidence handed in. Pure.
import type { Capability, CapabilityName, EpochMs, LinkView } from '../../contract/index.ts'

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
    notBuilt('conference-local'),
    notBuilt('cameras'),
    notBuilt('publish'),
    notBuilt('wall'),
  ]
}

/** Dots are levels of the page's texts: `map.packs` → `link.can.map.packs`. */
function one(name: CapabilityName, state: Capability['state'], reason: string, rest: Partial<Capability> = {}): Capability {
  return { name, state, asOf: null, reason: `${name}.${reason}`, params: {}, nextStep: null, ...rest }
}

function map({ map: { packs, answering, silent, cachedAt } }: CapabilityEvidence): Capability {
  if (packs > 0) return one('map', 'works', silent === 0 ? 'packs' : 'packsOnly', { params: { packs, silent } })
  if (answering > 0) return one('map', 'works', 'online', { params: { answering } })
  if (cachedAt !== null) return one('map', 'old', 'cached', { asOf: cachedAt, params: { silent }, nextStep: 'map.addPack' })
  // Outlines and place names come with the program.
  return one('map', 'works', silent === 0 ? 'builtIn' : 'builtInOnly', { params: { silent }, nextStep: 'map.addPack' })
}

function isCut({ state }: LinkView): boolean {
  return state === 'offline' || state === 'refused'
}

/** What several sides write: with a line cut it stands as of when that line was last heard, the longest silence first. */
function shared(name: 'plans' | 'resources', { count, newestAt }: CapabilityEvidence['plans'], { links }: CapabilityEvidence): Capability {
  if (count === 0) return one(name, 'fails', 'none', { nextStep: `${name}.import` })
  const params = { count, newestAt }
  // Those below send us their own; what we hold of ours does not age with them.
  const [cut] = links.filter((link) => link.kind !== 'below' && isCut(link)).sort((a, b) => (a.lastHeardAt ?? 0) - (b.lastHeardAt ?? 0))
  if (cut === undefined) return one(name, 'works', 'here', { params })
  return one(name, 'old', cut.kind === 'centre' ? 'cutCentre' : 'cut', {
    asOf: cut.lastHeardAt ?? newestAt,
    params: { ...params, name: cut.name },
    nextStep: `${name}.ask`,
  })
}

function resources(evidence: CapabilityEvidence): Capability {
  const found = shared('resources', evidence.resources, evidence)
  const { newestAt, count } = evidence.resources
  if (found.state !== 'works' || newestAt === null || evidence.now - newestAt < registerOldAfterMs) return found
  return one('resources', 'old', 'untouched', { asOf: newestAt, params: { count, newestAt }, nextStep: 'resources.verify' })
}

/** By link where one stands; telephone, fax and an e-mail file need none of ours and always work. */
function reportUp(links: readonly LinkView[]): Capability {
  const above = links.filter((link) => link.kind === 'above')
  const [first] = above
  if (first === undefined) return one('report-up', 'works', 'byTelephone')
  const open = above.find((link) => !isCut(link))
  if (open !== undefined) {
    const reason = open.state === 'narrow' ? 'narrow' : open.state === 'slow' ? 'slow' : 'byLink'
    return one('report-up', 'works', reason, { params: { name: open.name, waiting: open.waiting } })
  }
  return one('report-up', 'works', first.state === 'refused' ? 'refused' : 'cut', {
    params: { name: first.name, since: first.since, waiting: first.waiting },
    nextStep: 'report-up.telephone',
  })
}

/** Not part of this release: said so, with what does it meanwhile. */
function notBuilt(name: CapabilityName): Capability {
  return one(name, 'fails', 'notBuilt', { nextStep: `${name}.instead` })
}
