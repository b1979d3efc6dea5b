-- The wall: screens, scenes, what was shown when, who held it; the devices behind it.
CREATE TABLE walls (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, rows INTEGER, columns INTEGER, bezelX INTEGER, bezelY INTEGER, groupName TEXT, station TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE wallScreens (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, name TEXT, atRow INTEGER, atColumn INTEGER, pairedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE wallScenes (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, name TEXT, position INTEGER, isInternal INTEGER, tiles TEXT, acts TEXT, incidentType TEXT, phase TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE wallSwitches (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, scene TEXT, sceneName TEXT, isInternal INTEGER, tiles TEXT, kind TEXT, at INTEGER, byName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE wallHolds (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, account TEXT, name TEXT, at INTEGER, endedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE wallSchedules (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, name TEXT, scene TEXT, acts TEXT, minute INTEGER, days TEXT, isOn INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE displayDevices (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, identity TEXT, mac TEXT, station TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE deviceTemplates (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, source TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX wallScreens_wall ON wallScreens (wall);
CREATE INDEX wallScenes_wall ON wallScenes (wall);
CREATE INDEX wallSwitches_wall ON wallSwitches (wall, at);
CREATE INDEX wallHolds_wall ON wallHolds (wall);
-- Sealed with the machine's key; never a cell, never sent to the page.
CREATE TABLE secret_display_devices (
  device TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
) WITHOUT ROWID;
-- Which browser of this machine is which screen; revoked by deleting it.
CREATE TABLE wall_pairings (
  screen TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (screen, session)
) WITHOUT ROWID;
