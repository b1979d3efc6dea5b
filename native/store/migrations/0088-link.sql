-- The link: stations whose seals are believed, what each side holds, how far each stream was read.
CREATE TABLE stations (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  unit TEXT, name TEXT, publicKey TEXT, isHost INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);

-- Stations we were paired with ourselves: where believing begins.
CREATE TABLE link_paired (
  station TEXT PRIMARY KEY,
  unit TEXT NOT NULL,
  name TEXT NOT NULL,
  publicKey TEXT NOT NULL,
  isHost INTEGER NOT NULL,
  pairedAt INTEGER NOT NULL
) WITHOUT ROWID;

-- How far each chain has gone to each side: `heldSeq` is what they said they hold. `side` is a centre's unit, or `centre` for the stream of our own.
CREATE TABLE link_held (
  side TEXT NOT NULL,
  station TEXT NOT NULL,
  scope TEXT NOT NULL,
  heldSeq INTEGER NOT NULL,
  PRIMARY KEY (side, station, scope)
) WITHOUT ROWID;

-- How far a stream of the carrier was read. Another `createdAt` is another stream under the same name.
CREATE TABLE link_positions (
  stream TEXT PRIMARY KEY,
  createdAt TEXT NOT NULL,
  seq INTEGER NOT NULL
) WITHOUT ROWID;

-- Files that entries from elsewhere name and that are not here yet.
CREATE TABLE link_wanted (
  sha256 TEXT PRIMARY KEY,
  wantedAt INTEGER NOT NULL
) WITHOUT ROWID;
