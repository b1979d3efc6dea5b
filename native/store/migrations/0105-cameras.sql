-- Cameras, and their sealed user names and passwords.
CREATE TABLE cameras (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, area TEXT, owner TEXT, device TEXT, channel TEXT, lon REAL, lat REAL, heightM REAL, azimuthDeg REAL, viewDeg REAL, rangeM REAL, hasPtz INTEGER, sourceKind TEXT, address TEXT, subAddress TEXT, transport TEXT, note TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
-- Sealed with the machine's key; never a cell, never sent to the page.
CREATE TABLE secret_cameras (
  camera TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) WITHOUT ROWID;
