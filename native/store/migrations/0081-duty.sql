-- The watch: shifts, roster, holidays, changes; 值班日志 with its corrections; notes, watches as stood, handovers with their matters.
CREATE TABLE dutyShifts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, startsMinute INTEGER, lengthMinutes INTEGER, watchLeaders INTEGER, shiftLeaders INTEGER, officers INTEGER, isActive INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyRoster (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  day TEXT, shift TEXT, watchLeaders TEXT, shiftLeaders TEXT, officers TEXT, note TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyHolidays (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  day TEXT, kind TEXT, name TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyChanges (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  kind TEXT, day TEXT, shift TEXT, post TEXT, person TEXT, withDay TEXT, withShift TEXT, withPost TEXT, withPerson TEXT, reason TEXT, agreedBy TEXT,
  enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyLog (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  happenedAt TEXT, direction TEXT, party TEXT, matter TEXT, result TEXT, who TEXT, incident TEXT, isNotable INTEGER, enteredAt INTEGER, enteredBy TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyLogCorrections (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  line TEXT, former TEXT, reason TEXT, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyNotes (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  words TEXT, since TEXT, dueAt INTEGER, enteredBy TEXT, enteredByName TEXT, closedAt INTEGER, closedWords TEXT, closedByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyWatches (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  day TEXT, shift TEXT, shiftName TEXT, startsAt INTEGER, endsAt INTEGER, takenAt INTEGER, takenBy TEXT, takenByName TEXT, people TEXT, handover TEXT, reason TEXT, endedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyHandovers (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  watch TEXT, nextWatch TEXT, remarks TEXT, outgoing TEXT, incoming TEXT, withdrawnWords TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE dutyHandoverMatters (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  handover TEXT, matter TEXT, kind TEXT, title TEXT, detail TEXT, since INTEGER, dueAt INTEGER, route TEXT, decision TEXT, words TEXT, raised TEXT, decidedAt INTEGER, decidedByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX dutyRoster_day ON dutyRoster (day);
CREATE INDEX dutyChanges_day ON dutyChanges (day);
CREATE INDEX dutyLog_happened ON dutyLog (json_extract(happenedAt, '$.at'));
CREATE INDEX dutyLog_incident ON dutyLog (incident) WHERE incident IS NOT NULL;
CREATE INDEX dutyLogCorrections_line ON dutyLogCorrections (line);
CREATE INDEX dutyWatches_taken ON dutyWatches (takenAt);
CREATE INDEX dutyHandovers_watch ON dutyHandovers (watch);
CREATE INDEX dutyHandoverMatters_handover ON dutyHandoverMatters (handover);
