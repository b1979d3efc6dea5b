// Which host a room is held on. Pure, and the same on every console, so that all go to the same one without asking each other.

import type { RoomRules } from '../rooms/room-state.ts'

/** A room that a host holds now. */
export interface HeldRoom {
  conference: string
  title: string
  present: number
  openedAt: number
  openedByName: string
  /** For its own centre, where another console may have to go on with it; null = none of theirs. */
  rules: RoomRules | null
}

/** A host as it says of itself, or we of ourselves. */
export interface HostState {
  station: string
  /** What people call it. */
  name: string
  /** Its centre. */
  unit: string
  /** The lowest number is asked first, 1…999. */
  priority: number
  /** Its SFU can be used. */
  hasWorker: boolean
  /** People in its rooms. */
  load: number
  rooms: readonly HeldRoom[]
}

/** The lowest number first; of two alike the one at `here`, then the one with fewer people, then by name, so that everybody picks the same. */
export function bestHost(hosts: readonly HostState[], here: string | null): HostState | null {
  const able = hosts.filter(({ hasWorker }) => hasWorker)
  return able.toSorted((a, b) => a.priority - b.priority || beside(a, b, here) || compare(a.station, b.station))[0] ?? null
}

/** Where a room is: with most people; while nobody is in it, at home; home lost, on the lowest that answers. */
export function holderOf(conference: string, { home, hosts }: { home: string | null; hosts: readonly HostState[] }): HostState | null {
  const holding = hosts.filter((host) => presentIn(host, conference) > 0)
  if (holding.length > 0) return holding.toSorted((a, b) => better(a, b, conference))[0] ?? null
  return hosts.find(({ station, hasWorker }) => station === home && hasWorker) ?? bestHost(hosts, null)
}

/** @returns the host to which the people of a room held here go, because theirs is the smaller; null = they stay */
export function movesTo(conference: string, { us, others }: { us: HostState; others: readonly HostState[] }): HostState | null {
  const [winner] = [us, ...others].filter((host) => presentIn(host, conference) > 0).toSorted((a, b) => better(a, b, conference))
  return winner === undefined || winner.station === us.station ? null : winner
}

export function presentIn(host: HostState, conference: string): number {
  return host.rooms.find((room) => room.conference === conference)?.present ?? 0
}

function better(a: HostState, b: HostState, conference: string): number {
  return presentIn(b, conference) - presentIn(a, conference) || a.priority - b.priority || compare(a.station, b.station)
}

function beside(a: HostState, b: HostState, here: string | null): number {
  if (a.station === here || b.station === here) return a.station === here ? -1 : 1
  return 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
