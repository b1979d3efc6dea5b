-- Areas, outlines and reporting units: projections of the journal. areaBoundaryBoxes is derived from areaBoundaries alone.
CREATE TABLE areas (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, name TEXT, parent TEXT, kind TEXT, lon REAL, lat REAL, isApproximate INTEGER, terrain TEXT, former TEXT, source TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX areas_code ON areas (code);
CREATE TABLE areaBoundaries (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  area TEXT, geometry TEXT, west REAL, south REAL, east REAL, north REAL, source TEXT, reviewNumber TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX areaBoundaries_area ON areaBoundaries (area);
-- rowid = areaBoundaries.key
CREATE VIRTUAL TABLE areaBoundaryBoxes USING rtree(key, west, east, south, north);
CREATE TABLE units (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, name TEXT, superior TEXT, kind TEXT, covers TEXT, dutyTelephone TEXT, dutyTelephoneVerifiedAt INTEGER, source TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX units_superior ON units (superior);
