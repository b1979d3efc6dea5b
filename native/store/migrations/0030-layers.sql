-- Map layers, drawings, how a person sees the layers, and the sealed keys of online sources.
CREATE TABLE layers (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  kind TEXT,
  source TEXT,
  attribution TEXT,
  reviewNumber TEXT,
  position REAL,
  opacity REAL,
  isVisible INTEGER,
  isTrusted INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0,
  _conflicts INTEGER NOT NULL DEFAULT 0,
  _entry INTEGER,
  _bulk INTEGER
);

CREATE TABLE drawings (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  kind TEXT,
  geometry TEXT,
  symbol TEXT,
  incident TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0,
  _conflicts INTEGER NOT NULL DEFAULT 0,
  _entry INTEGER,
  _bulk INTEGER
);
CREATE INDEX drawings_incident ON drawings (incident) WHERE incident IS NOT NULL;

-- A person's own order, opacity and visibility; not journalled.
CREATE TABLE layer_views (
  account TEXT NOT NULL,
  layer TEXT NOT NULL,
  position REAL NOT NULL,
  opacity REAL NOT NULL,
  isVisible INTEGER NOT NULL,
  PRIMARY KEY (account, layer)
) WITHOUT ROWID;

-- Keys of online sources, sealed with the machine's key; never a cell, never sent to the page.
CREATE TABLE secret_layers (
  layer TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) WITHOUT ROWID;
