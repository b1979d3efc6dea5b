// What the rest of the station may know of the store.
export type SqlValue = string | number | Uint8Array | null
export type SqlParams = readonly SqlValue[]

/** Reading. Any of three connections; sees what was committed before the call. */
export interface Reads {
  /** All rows, as plain objects. Expect about 40 µs of hand-over a call: one query, not N. */
  all<Row = Record<string, SqlValue>>(sql: string, params?: SqlParams): Promise<Row[]>
  /** The first row or null. */
  get<Row = Record<string, SqlValue>>(sql: string, params?: SqlParams): Promise<Row | null>
}

/** Inside a write transaction: reads see what it has written so far. */
export interface Writes extends Reads {
  run(sql: string, params?: SqlParams): Promise<{ changes: number }>
  /** Several statements without parameters. */
  exec(sql: string): Promise<void>
}

export interface Store extends Reads {
  /**
   * Queues one transaction on the only writing connection (BEGIN IMMEDIATE … COMMIT, synchronous FULL).
   * Resolves after the commit is on disk; a throw rolls everything back.
   * Use it only for what is not journalled (imports' row reports, caches, sessions); acts go through the journal.
   */
  write<T>(work: (tx: Writes) => Promise<T>): Promise<T>
  /**
   * A transaction of what can be made again from what is on disk already (rows of an import whose entry and blob are): as whole as any, but
   * it resolves without waiting for the disk, and works of `write` go before it. After a power cut the last of them may be gone, never one before
   * something that `write` acknowledged later. So it must carry its own position: where to go on.
   */
  writeDerived<T>(work: (tx: Writes) => Promise<T>): Promise<T>
}

export interface BlobInfo {
  sha256: string
  /** Bytes. */
  size: number
}

/** Files by their hash. */
export interface Blobs {
  /** Streams in, never holding more than a chunk in memory; the file appears only when complete. Throws TOO_LARGE, DISK_FULL. */
  put(source: AsyncIterable<Uint8Array>, options: { limitBytes: number }): Promise<BlobInfo>
  has(sha256: string): Promise<boolean>
  info(sha256: string): Promise<BlobInfo | null>
  /** Bytes [start, end] inclusive; the whole file without a range. Throws NOT_FOUND. */
  read(sha256: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>
  /**
   * Puts other bytes in the place of a file, under its old name: what an erasure leaves of it. The same file put again does not bring it back.
   * @returns hash and size of what is there now
   */
  replace(sha256: string, source: AsyncIterable<Uint8Array>): Promise<BlobInfo>
  /**
   * Takes over a whole and synced file of the data directory by renaming it; whoever calls has found that it is what the name says.
   * Of a file that an erasure has changed the old content does not come back.
   */
  adopt(path: string, sha256: string): Promise<void>
  /** Takes a file away; harmless when it is not there. */
  remove(sha256: string): Promise<void>
  /** Where the file lies, for a worker thread that parses it. */
  pathOf(sha256: string): string
}
