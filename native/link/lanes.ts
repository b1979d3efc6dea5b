// What goes first when not everything can: incident and reports, orders, alarms, positions, the rest.
import { type LinkLane, linkLanes } from '../contract/index.ts'

/** By the feature an action begins with; what is not named is the rest. */
const laneOfFeature: Readonly<Record<string, LinkLane>> = {
  incidents: 'incidents',
  reports: 'incidents',
  responses: 'incidents',
  tasks: 'orders',
  instructions: 'orders',
  resources: 'rest',
  alerts: 'alarms',
  sensors: 'alarms',
  positions: 'positions',
}

/** Who holds a vehicle is an order, whatever feature writes it. */
const orders: ReadonlySet<string> = new Set([
  'resources.reserve',
  'resources.use',
  'resources.giveBack',
  'resources.cancelReservation',
  'resources.confirmReservation',
  'resources.refuseReservation',
])

/** @param action `<feature>.<verb>` of an entry */
export function laneOf(action: string): LinkLane {
  if (orders.has(action)) return 'orders'
  return laneOfFeature[action.slice(0, action.indexOf('.'))] ?? 'rest'
}

/** 0 = first. */
export function rankOf(action: string): number {
  return linkLanes.indexOf(laneOf(action))
}

/** Entries of these lanes may go ahead of what precedes them in their chain. */
export const lastUrgentRank = linkLanes.indexOf('positions')
