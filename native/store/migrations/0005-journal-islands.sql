-- Runs of a chain that stand in the journal before what precedes them has come: urgent ones go ahead under a seal of their own.
-- `prev` is the hash their first entry is chained to; when the gap is filled it must fit.
CREATE TABLE journal_islands (
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  fromSeq INTEGER NOT NULL,
  toSeq INTEGER NOT NULL,
  prev TEXT NOT NULL,
  PRIMARY KEY (station, scope, fromSeq)
) WITHOUT ROWID;
