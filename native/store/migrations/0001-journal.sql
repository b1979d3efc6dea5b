-- The journal, what it says of every cell, and who may write it. See native/journal/README.md.

-- One row for each incarnation of this data directory; the newest is the one that writes.
CREATE TABLE journal_incarnations (
  number INTEGER PRIMARY KEY,
  station TEXT NOT NULL UNIQUE,
  createdAt INTEGER NOT NULL,
  reason TEXT NOT NULL,
  publicKey TEXT NOT NULL,
  machine TEXT NOT NULL,
  path TEXT NOT NULL
);

-- Stations whose seals are believed: learned at pairing.
CREATE TABLE journal_stations (
  station TEXT PRIMARY KEY,
  publicKey TEXT NOT NULL,
  certifiedBy TEXT,
  addedAt INTEGER NOT NULL
) WITHOUT ROWID;

-- Every entry. `body` is kept byte for byte as it was written; null once erased. state: 0 applied, 1 too far ahead, 2 newer form, 3 erased body without its erasure.
CREATE TABLE journal (
  arrival INTEGER PRIMARY KEY,
  v INTEGER NOT NULL,
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hlcMs INTEGER NOT NULL,
  hlcCounter INTEGER NOT NULL,
  at INTEGER NOT NULL,
  receivedAt INTEGER NOT NULL,
  happenedAt INTEGER,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  body TEXT,
  bodyHash BLOB NOT NULL,
  hash BLOB NOT NULL,
  state INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX journal_identity ON journal (station, scope, seq);
CREATE INDEX journal_subject ON journal (row, dataset);
CREATE INDEX journal_waiting ON journal (state) WHERE state > 0;

-- Every write of every cell. `replacedBy` is the arrival of the first entry here that names this write as a base; 0 = a head.
CREATE TABLE cell_history (
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  replacedBy INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  value TEXT NOT NULL,
  bases TEXT,
  PRIMARY KEY (dataset, row, replacedBy, "column", arrival)
) WITHOUT ROWID;

-- Bases that have not arrived: `base` is named for this cell by the entry `arrival`.
CREATE TABLE cell_pending (
  base TEXT NOT NULL,
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  "column" TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  PRIMARY KEY (base, dataset, row, "column", arrival)
) WITHOUT ROWID;
CREATE INDEX cell_pending_row ON cell_pending (dataset, row);

-- Cells that a person has to decide; derived.
CREATE TABLE cell_conflicts (
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  "column" TEXT NOT NULL,
  PRIMARY KEY (dataset, row, "column")
) WITHOUT ROWID;

-- Which columns each dataset's table had when it was last projected; a difference means projecting it again.
CREATE TABLE journal_projected (
  dataset TEXT PRIMARY KEY,
  shape TEXT NOT NULL
) WITHOUT ROWID;

-- What an import gave for a cell that a person has edited since; shown as a difference.
CREATE TABLE bulk_under (
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  "column" TEXT NOT NULL,
  bulk INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (dataset, row, "column")
) WITHOUT ROWID;

-- How far each bulk import has been projected; `position` is a byte offset in its blob. Imports of one source are projected in the order of their clocks.
CREATE TABLE bulk_imports (
  arrival INTEGER PRIMARY KEY,
  dataset TEXT NOT NULL,
  source TEXT NOT NULL,
  columns TEXT NOT NULL,
  blob TEXT NOT NULL,
  rowsTotal INTEGER NOT NULL,
  rowsDone INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  isDone INTEGER NOT NULL DEFAULT 0
);
