-- Plans and the responses that came of them: projections of the journal. planSearch is derived from planParagraphs alone.
CREATE TABLE plans (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  title TEXT, issuer TEXT, area TEXT, eventTypes TEXT, keywords TEXT, currentVersion TEXT, isRetired INTEGER, isSample INTEGER, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE planVersions (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, number INTEGER, blob TEXT, fileName TEXT, format TEXT, importedAt INTEGER, importedBy TEXT, counts TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planVersions_plan ON planVersions (plan, number);
CREATE TABLE planParagraphs (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, version TEXT, position INTEGER, kind TEXT, depth INTEGER, number TEXT, body TEXT, cells TEXT, isHeaderRow INTEGER, tiers TEXT, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planParagraphs_version ON planParagraphs (version, position);
CREATE TABLE planTiers (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, version TEXT, position INTEGER, tier TEXT, condition TEXT, grades TEXT, approver TEXT, clause TEXT, paragraph TEXT, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planTiers_version ON planTiers (version, position);
CREATE TABLE planActions (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, version TEXT, position INTEGER, tier TEXT, role TEXT, action TEXT, deadlineMinutes INTEGER, deadlineWords TEXT, after TEXT, afterWords TEXT,
  clause TEXT, paragraph TEXT, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planActions_version ON planActions (version, tier, position);
CREATE TABLE planContacts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, version TEXT, position INTEGER, unit TEXT, post TEXT, name TEXT, telephone TEXT, paragraph TEXT, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planContacts_version ON planContacts (version, position);
CREATE TABLE planUnits (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  plan TEXT, version TEXT, position INTEGER, unit TEXT, members TEXT, duties TEXT, paragraph TEXT, unsure TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX planUnits_version ON planUnits (version, position);
-- The tokens of native/store/fulltext.ts. Its rowid is the paragraph's place: better ones (headings, short paragraphs) come first in the order FTS5 reads,
-- so that the best hits of a word that stands everywhere are found without reading them all. `facet` holds the version and the tiers.
CREATE VIRTUAL TABLE planSearch USING fts5(body, facet, content='', contentless_delete=1, tokenize='unicode61');
CREATE TABLE planSearchPlaces (place INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE);
CREATE TABLE responses (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, sequence INTEGER, state TEXT, plan TEXT, version TEXT, approvedAt INTEGER, endedAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX responses_incident ON responses (incident, sequence);
CREATE TABLE responseDecisions (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, response TEXT, kind TEXT, state TEXT, tier TEXT, fromTier TEXT, plan TEXT, version TEXT, grade TEXT, clause TEXT, reason TEXT,
  proposedAt TEXT, proposedBy TEXT, approver TEXT, approvalWay TEXT, approvalNumber TEXT, approvedAt TEXT, evidence TEXT, evidenceBlob TEXT, enteredBy TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX responseDecisions_incident ON responseDecisions (incident);
CREATE TABLE responseTasks (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, response TEXT, decision TEXT, origin TEXT, planAction TEXT, tier TEXT, position INTEGER, role TEXT, action TEXT, contact TEXT, telephone TEXT,
  dueAt INTEGER, after TEXT, clause TEXT, state TEXT, doneAt TEXT, doneBy TEXT, evidence TEXT, evidenceBlob TEXT, skipReason TEXT, enteredBy TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX responseTasks_response ON responseTasks (response, position);
CREATE INDEX responseTasks_open ON responseTasks (dueAt) WHERE state = 'open';
