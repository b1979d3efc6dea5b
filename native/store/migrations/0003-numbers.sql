-- Blocks of numbers that consoles have reserved.
CREATE TABLE numberBlocks (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  series TEXT, first INTEGER, last INTEGER, station TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX numberBlocks_series ON numberBlocks (series, first);
