-- Signed reports as they go up by the link.
CREATE TABLE receivedReports (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  toUnit TEXT, fromUnit TEXT, fromName TEXT, report TEXT, incident TEXT, kind TEXT, title TEXT, incidentTitle TEXT, words TEXT, signerName TEXT, blob TEXT, sentAt TEXT, sentByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
