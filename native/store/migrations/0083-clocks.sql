-- The table of reporting limits, evidence typed by hand, what was declared not applicable, and the gaps in which this station did not run.
CREATE TABLE clockRules (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  level TEXT, ourUnit TEXT, events TEXT, grades TEXT, reasons TEXT, recipient TEXT, recipientName TEXT, recipientUnit TEXT, means TEXT, limitMinutes INTEGER, countedFrom TEXT, followUpMinutes INTEGER, followUpHours TEXT, finalMinutes INTEGER, clause TEXT, source TEXT, isExample INTEGER, isActive INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE clockEvidence (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, recipientKey TEXT, recipientUnit TEXT, recipient TEXT, means TEXT, stage TEXT, happenedAt TEXT, who TEXT, number TEXT, said TEXT, enteredAt INTEGER, enteredByName TEXT, isWithdrawn INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE clockWaivers (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, rule TEXT, stage TEXT, reason TEXT, enteredAt INTEGER, enteredByName TEXT, isWithdrawn INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE clockSettings (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, value TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE clockGaps (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  fromAt INTEGER, toAt INTEGER, seenAt INTEGER, seenByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX clockEvidence_incident ON clockEvidence (incident);
CREATE INDEX clockWaivers_incident ON clockWaivers (incident);
