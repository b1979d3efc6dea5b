-- Reports, their fields, their life, what was sent and who signed for it.
CREATE TABLE reports (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, kind TEXT, about TEXT, corrects TEXT, told TEXT, map TEXT, draftedAt INTEGER, draftedBy TEXT, draftedByName TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE reportFields (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  report TEXT, incident TEXT, name TEXT, value TEXT, sources TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE reportSteps (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  report TEXT, incident TEXT, step TEXT, at TEXT, "by" TEXT, byName TEXT, enteredAt INTEGER, words TEXT, way TEXT, signer TEXT, signerName TEXT, number TEXT, overrides TEXT, series TEXT, serial INTEGER, sequence INTEGER, fields TEXT, hash TEXT, blob TEXT, template TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE reportSends (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  report TEXT, incident TEXT, unit TEXT, recipient TEXT, channel TEXT, target TEXT, sentAt TEXT, words TEXT, receiptWithinMinutes INTEGER, blob TEXT, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE reportReceipts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  report TEXT, incident TEXT, send TEXT, kind TEXT, who TEXT, how TEXT, number TEXT, words TEXT, at TEXT, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
-- Stations of before had this table, with these columns, from 0060, and one for 值班快报 alone.
DROP TABLE IF EXISTS bulletins;
CREATE TABLE IF NOT EXISTS documentTemplates (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  kind TEXT, blob TEXT, name TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX reports_incident ON reports (incident);
CREATE INDEX reports_drafted ON reports (draftedAt);
CREATE INDEX reportFields_report ON reportFields (report);
CREATE INDEX reportSteps_report ON reportSteps (report);
CREATE INDEX reportSteps_incident ON reportSteps (incident);
CREATE INDEX reportSteps_serial ON reportSteps (series, serial);
CREATE INDEX reportSends_report ON reportSends (report);
CREATE INDEX reportSends_incident ON reportSends (incident);
CREATE INDEX reportReceipts_send ON reportReceipts (send);

-- What is being typed into a draft and not yet kept as an act: by account, on disk at each pause, never journalled, never sent.
CREATE TABLE report_typed (
  report TEXT NOT NULL,
  account TEXT NOT NULL,
  body TEXT NOT NULL,
  updatedAt INTEGER NOT NULL,
  PRIMARY KEY (report, account)
) WITHOUT ROWID;

-- How far the fields of a report have been copied into the unified system, on this console.
CREATE TABLE report_copied (
  report TEXT NOT NULL,
  field TEXT NOT NULL,
  copiedAt INTEGER NOT NULL,
  PRIMARY KEY (report, field)
) WITHOUT ROWID;
