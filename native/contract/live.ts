// Live values: a snapshot with its revision, then deltas; conflated by key, one frame in flight for each subscriber.

/** The first frame of a live stream: everything, and the revision from which the deltas go on. */
export interface Snapshot<Value> {
  kind: 'snapshot'
  revision: number
  values: Record<string, Value>
}

/** What changed since the frame before; `null` = gone. */
export interface Delta<Value> {
  kind: 'delta'
  revision: number
  values: Record<string, Value | null>
}

export type LiveFrame<Value> = Snapshot<Value> | Delta<Value>

/** The dataset name of the change that opens a feed: anything may have changed, ask for everything again. */
export const EVERYTHING = '*'

/** More changed rows of one dataset than this within a message are told as `null` = all of it. */
export const MAX_CHANGED_IDS = 100

/** Changes of one dataset are gathered for this long, in milliseconds. */
export const CHANGE_INTERVAL_MS = 250
