-- Seals as their stations signed them: a chain is believed up to one, and passed on with it.
CREATE TABLE journal_seals (
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  headHash TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (station, scope, seq)
) WITHOUT ROWID;

-- Batches that came before what precedes them.
CREATE TABLE journal_held (
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  fromSeq INTEGER NOT NULL,
  toSeq INTEGER NOT NULL,
  batch TEXT NOT NULL,
  PRIMARY KEY (station, scope, fromSeq, toSeq)
) WITHOUT ROWID;

-- Entries that share an identity with another one and differ: kept aside, named, never applied.
CREATE TABLE journal_forks (
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  knownHash TEXT NOT NULL,
  entry TEXT NOT NULL,
  receivedAt INTEGER NOT NULL,
  PRIMARY KEY (station, scope, seq, hash)
) WITHOUT ROWID;

-- What an erasure left of the cells of an entry.
CREATE TABLE journal_erasures (
  target TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (target, arrival)
) WITHOUT ROWID;

-- Every 10 000 entries: where all chains stood and how far the clock was.
CREATE TABLE journal_checkpoints (
  arrival INTEGER PRIMARY KEY,
  receivedAt INTEGER NOT NULL,
  hlcMs INTEGER NOT NULL,
  hlcCounter INTEGER NOT NULL,
  vector TEXT NOT NULL
);

-- Reserved blocks of numbers that people read (期号, 事件编号).
CREATE TABLE journal_number_use (
  series TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) WITHOUT ROWID;
