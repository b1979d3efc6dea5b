-- 会商 between machines: which host a room went on at, and who came with it.
CREATE TABLE conferenceHosts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  conference TEXT, incident TEXT, station TEXT, name TEXT, since INTEGER, reason TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
ALTER TABLE conferenceAttendance ADD COLUMN movedFrom TEXT;
CREATE INDEX conferenceHosts_conference ON conferenceHosts (conference);
