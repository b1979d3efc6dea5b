-- 会商录制: what was recorded, from when to when, and the files that lie at the station which recorded it.
CREATE TABLE conferenceRecordings (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  conference TEXT, incident TEXT, station TEXT, what TEXT, startedAt INTEGER, startedByName TEXT, endedAt INTEGER, endedHow TEXT, parts TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX conferenceRecordings_conference ON conferenceRecordings (conference);
