-- Which cells an erasure has taken, and by which erasure with the newest clock: what imports older than it say of them counts no more.
-- `source` is the import source of the row, null when no import gave it.
CREATE TABLE journal_erased (
  dataset TEXT NOT NULL,
  row TEXT NOT NULL,
  "column" TEXT NOT NULL,
  hlcMs INTEGER NOT NULL,
  hlcCounter INTEGER NOT NULL,
  station TEXT NOT NULL,
  arrival INTEGER NOT NULL,
  source TEXT,
  PRIMARY KEY (dataset, row, "column")
) WITHOUT ROWID;

-- Erasures carried out before this table was there: whatever they left as null.
INSERT INTO journal_erased (dataset, row, "column", hlcMs, hlcCounter, station, arrival)
  SELECT cell.value ->> 0, cell.value ->> 1, cell.value ->> 2, j.hlcMs, j.hlcCounter, j.station, j.arrival
    FROM journal_erasures AS e JOIN journal AS j ON j.arrival = e.arrival, json_each(e.cells) AS cell WHERE cell.value -> 3 = 'null'
  ON CONFLICT DO UPDATE SET hlcMs = excluded.hlcMs, hlcCounter = excluded.hlcCounter, station = excluded.station, arrival = excluded.arrival
   WHERE (excluded.hlcMs, excluded.hlcCounter, excluded.station) > (hlcMs, hlcCounter, station);

-- Files of imports that were looked through for erased cells: how many cells that were.
CREATE TABLE journal_erased_files (
  blob TEXT PRIMARY KEY,
  cells INTEGER NOT NULL
) WITHOUT ROWID;
-- The acts that say what such a file is now, and the erasures themselves: few among many entries.
CREATE INDEX journal_erase_file ON journal (arrival) WHERE action = 'journal.eraseFile';
CREATE INDEX journal_erase ON journal (arrival) WHERE action = 'journal.erase';

-- When an erased entry happened, so far as that is nobody's data.
ALTER TABLE journal_erasures ADD COLUMN happenedAt TEXT;
