-- Packs that were loaded: what came with them and whether their samples are still in.
CREATE TABLE packs (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, version TEXT, manifest TEXT, report TEXT, loadedAt INTEGER, hasSample INTEGER, sampleRemovedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
