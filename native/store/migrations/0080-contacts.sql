-- 通讯录 and calls; what the tree of units lacked: whose word a number rests on, and where the unit sits.
ALTER TABLE units ADD COLUMN dutyTelephoneVerifiedBy TEXT;
ALTER TABLE units ADD COLUMN dutyTelephoneVerifiedNumber TEXT;
ALTER TABLE units ADD COLUMN dutyTelephoneWrong TEXT;
ALTER TABLE units ADD COLUMN address TEXT;
ALTER TABLE units ADD COLUMN note TEXT;
ALTER TABLE units ADD COLUMN rank INTEGER;
ALTER TABLE units ADD COLUMN sourceKey TEXT;
CREATE TABLE contacts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  unit TEXT, unitName TEXT, post TEXT, name TEXT, telephones TEXT, rank INTEGER, checks TEXT, note TEXT, source TEXT, sourceKey TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE calls (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, unit TEXT, contact TEXT, party TEXT, number TEXT, purpose TEXT, outcome TEXT, who TEXT, words TEXT, happenedAt TEXT, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT, redialOf TEXT, about TEXT, amendedWhy TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX contacts_unit ON contacts (unit);
CREATE INDEX contacts_source ON contacts (source);
CREATE INDEX calls_incident ON calls (incident);
CREATE INDEX calls_unit ON calls (unit, json_extract(happenedAt, '$.at'));
CREATE INDEX calls_when ON calls (json_extract(happenedAt, '$.at'));
