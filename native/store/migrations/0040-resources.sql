-- Resources, stock, reservations and the mappings of imports: projections of the journal. resourceTree, resourceNames and resourceSearch are derived from resources alone.
CREATE TABLE resources (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  kind TEXT, subKind TEXT, name TEXT, area TEXT, address TEXT, lon REAL, lat REAL, contact TEXT, telephone TEXT, capacity REAL, equipment TEXT, readiness TEXT,
  unit TEXT, source TEXT, sourceKey TEXT, asOf INTEGER, expiresAt INTEGER, attributes TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
-- Partial: a count of living rows is then a walk of one small index.
CREATE INDEX resources_name ON resources (name) WHERE _deleted = 0;
CREATE INDEX resources_kind ON resources (kind, name) WHERE _deleted = 0;
CREATE INDEX resources_area ON resources (area, name) WHERE _deleted = 0;
CREATE INDEX resources_source ON resources (source, sourceKey) WHERE _deleted = 0;
CREATE INDEX resources_expiresAt ON resources (expiresAt) WHERE _deleted = 0 AND expiresAt IS NOT NULL;
-- key = resources.key; degrees × 10⁷ (a centimetre); the third dimension is the kind, spaced wider than a province so that each kind is a tree of its own.
CREATE VIRTUAL TABLE resourceTree USING rtree_i32(key, west, east, south, north, kindLow, kindHigh);
-- rowid = resources.key; the tokens of native/store/fulltext.ts; `initials` holds pairs of pinyin initials of the name, `facets` kind and area.
-- Names stand in an index of their own: a word that is in every row but in no name must not be walked through to find that out.
CREATE VIRTUAL TABLE resourceNames USING fts5(name, initials, facets, content='', contentless_delete=1, tokenize='unicode61');
CREATE VIRTUAL TABLE resourceSearch USING fts5(words, initials, facets, content='', contentless_delete=1, tokenize='unicode61');
CREATE TABLE stockMovements (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  resource TEXT, item TEXT, measure TEXT, quantity REAL, reason TEXT, words TEXT, incident TEXT, movedAt INTEGER, expiresAt INTEGER, source TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX stockMovements_resource ON stockMovements (resource, item);
CREATE TABLE reservations (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  resource TEXT, incident TEXT, state TEXT, confirmation TEXT, words TEXT, reservedAt INTEGER, reservedBy TEXT, usedAt INTEGER, returnedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX reservations_live ON reservations (resource) WHERE state IN ('reserved', 'used') AND _deleted = 0;
CREATE INDEX reservations_incident ON reservations (incident);
CREATE TABLE importMappings (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  target TEXT, source TEXT, headers TEXT, mapping TEXT, headerRows INTEGER, datum TEXT, kind TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
-- Not journalled: what an import is doing, and the rows it kept back until they are corrected.
CREATE TABLE importJobs (
  id TEXT PRIMARY KEY, startedAt INTEGER NOT NULL, job TEXT NOT NULL, input TEXT NOT NULL, headers TEXT, goodBlob TEXT
) WITHOUT ROWID;
CREATE TABLE importRows (
  job TEXT NOT NULL REFERENCES importJobs (id), row INTEGER NOT NULL, cells TEXT NOT NULL, problems TEXT NOT NULL,
  PRIMARY KEY (job, row)
) WITHOUT ROWID;
