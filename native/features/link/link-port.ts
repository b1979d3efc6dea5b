// What this room needs of the engine that moves entries; without a configured link the station is by itself.
import {
  type EntryId,
  type JoinInput,
  type LinkAnswer,
  type PairedStation,
  type ShowPresenceInput,
  type Scope,
  type UnsentEntry,
  WanglouError,
} from '../../contract/index.ts'

/** What this console shows to the others. */
export interface Presence extends ShowPresenceInput {
  /** Name of who sits here; null = nobody. */
  who: string | null
}

export interface LinkPort {
  /** Cheap, from memory. */
  view(): LinkAnswer
  /** Entries of ours that a side has not confirmed, oldest first, at most `limit`; `total` counts all. */
  unsent(limit: number): Promise<{ entries: UnsentEntry[]; total: number }>
  /** Which of some entries a side may hold and has not confirmed, however many others wait. */
  waitingAmong(entries: readonly { station: string; scope: Scope; seq: number }[]): Promise<{ entry: EntryId; unit: string }[]>
  /** The centre of another station and what people call both; null = nobody has vouched for it. */
  placeOf(station: string): { unit: string; unitName: string; name: string } | null
  /** How much may go over the line to another centre, bytes a second, from now on; null = no limit. @throws WanglouError NOT_FOUND */
  setBudget(unit: string, bytesPerS: number | null): Promise<void>
  /** What this console has open; the engine tells the others and says it again while it stands. */
  show(presence: Presence): void
  /** A code under which another station may join; good for ten minutes, once. */
  beginPairing(): { code: string; until: number }
  /** Joins under a code made at the other side. @throws WanglouError PAIRING_REFUSED */
  join(code: string, side: JoinInput['side']): Promise<PairedStation>
  /** The snapshot that is ready is taken over at the next start. @returns false when none is ready */
  adopt(): Promise<boolean>
  /** Called when anything of `view` changed; returns the unsubscribe function. */
  onChange(listener: () => void): () => void
}

/** A station by itself: nothing waits, nothing warns. */
export const unconfigured: LinkPort = {
  view: () => ({ isConfigured: false, links: [], consoles: [], joining: null }),
  unsent: async () => ({ entries: [], total: 0 }),
  waitingAmong: async () => [],
  placeOf: () => null,
  setBudget: (unit) => Promise.reject(new WanglouError('NOT_FOUND', { unit })),
  show: () => undefined,
  beginPairing: () => {
    throw new WanglouError('STATE_NOT_ALLOWED', { state: 'not-linked' })
  },
  join: () => Promise.reject(new WanglouError('STATE_NOT_ALLOWED', { state: 'not-linked' })),
  adopt: () => Promise.resolve(false),
  onChange: () => () => undefined,
}
