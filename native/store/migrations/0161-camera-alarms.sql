-- Events that video-analysis programs push to us; keys of the programs lie in secret_cameras.
CREATE TABLE cameraAlarmSources (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE cameraAlarms (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  source TEXT, sourceName TEXT, theirId TEXT, kind TEXT, words TEXT, camera TEXT, cameraName TEXT, position TEXT, confidence REAL, at INTEGER, lastAt INTEGER, count INTEGER,
  image TEXT, imageMime TEXT, takenAt INTEGER, takenByName TEXT, takenAs TEXT, incident TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX cameraAlarms_theirs ON cameraAlarms (source, theirId);
CREATE INDEX cameraAlarms_open ON cameraAlarms (takenAt);
