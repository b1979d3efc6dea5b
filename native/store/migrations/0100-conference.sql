-- 会商: rooms, who was called to them, who was there.
CREATE TABLE conferences (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, title TEXT, station TEXT, openedAt INTEGER, openedBy TEXT, openedByName TEXT, closedAt INTEGER, closedByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE conferenceInvitations (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  conference TEXT, incident TEXT, kind TEXT, whom TEXT, name TEXT, telephone TEXT, isByTelephone INTEGER, toldAt INTEGER, toldByName TEXT, enteredAt INTEGER, enteredByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE conferenceAttendance (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  conference TEXT, incident TEXT, account TEXT, name TEXT, unitName TEXT, station TEXT, joinedAt INTEGER, leftAt INTEGER, leftHow TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX conferences_incident ON conferences (incident);
CREATE INDEX conferenceInvitations_conference ON conferenceInvitations (conference);
CREATE INDEX conferenceAttendance_conference ON conferenceAttendance (conference);
