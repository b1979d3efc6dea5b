-- 视频点名: each subordinate duty room in turn.
CREATE TABLE conferenceRollCalls (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  conference TEXT, incident TEXT, unit TEXT, unitName TEXT, telephone TEXT, calledAt INTEGER, calledByName TEXT, answeredAt INTEGER, answer TEXT, who TEXT, picture TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX conferenceRollCalls_conference ON conferenceRollCalls (conference);
