-- 领导批示, what came of each, and photos of the handwriting.
CREATE TABLE instructions (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, report TEXT, task TEXT, leader TEXT, post TEXT, givenAt TEXT, way TEXT, words TEXT, owner TEXT, dueAt INTEGER, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT, closedAt TEXT, closedWords TEXT, closedByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE instructionFeedback (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  instruction TEXT, incident TEXT, words TEXT, who TEXT, happenedAt TEXT, enteredAt INTEGER, enteredByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE instructionPhotos (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  instruction TEXT, incident TEXT, sha256 TEXT, name TEXT, sizeBytes INTEGER, mime TEXT, enteredAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX instructions_incident ON instructions (incident);
CREATE INDEX instructionFeedback_instruction ON instructionFeedback (instruction);
CREATE INDEX instructionPhotos_instruction ON instructionPhotos (instruction);
