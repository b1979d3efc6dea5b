-- Incidents, what was said about them, their documents and the code tables.
CREATE TABLE incidents (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  title TEXT, description TEXT, typeCode TEXT, place TEXT, position TEXT, placedBy TEXT, area TEXT, occurred TEXT, received TEXT, firstPhoned TEXT, written TEXT, informationState TEXT, mergedInto TEXT, transferredTo TEXT, circumstances TEXT, confirmedGrade TEXT, confirmedBasis TEXT, confirmedBy TEXT, closedAt INTEGER, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE incidentReports (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, kind TEXT, words TEXT, reporter TEXT, reporterUnit TEXT, reporterPhone TEXT, channel TEXT, received TEXT, enteredAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE incidentStatements (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, metric TEXT, value REAL, source TEXT, asOf TEXT, state TEXT, enteredAt INTEGER, enteredBy TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE incidentFigures (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, metric TEXT, statement TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE incidentAttachments (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, sha256 TEXT, name TEXT, sizeBytes INTEGER, mime TEXT, enteredAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE eventTypes (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  system TEXT, code TEXT, parent TEXT, name TEXT, hazard TEXT, isActive INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE codeTables (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, inForce TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX incidents_received ON incidents (json_extract(received, '$.at'));
CREATE INDEX incidents_merged ON incidents (mergedInto);
CREATE INDEX incidentReports_incident ON incidentReports (incident);
CREATE INDEX incidentStatements_incident ON incidentStatements (incident);
CREATE INDEX incidentFigures_incident ON incidentFigures (incident);
CREATE INDEX incidentAttachments_incident ON incidentAttachments (incident);
CREATE INDEX eventTypes_code ON eventTypes (system, code);

-- A draft is working memory, not an act: kept by account at each pause of typing, never journalled, never sent.
CREATE TABLE incident_drafts (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  body TEXT NOT NULL,
  updatedAt INTEGER NOT NULL
);
CREATE INDEX incident_drafts_account ON incident_drafts (account);
