-- Stand-in until the whole journal lands.
CREATE TABLE journal (arrival INTEGER PRIMARY KEY, station TEXT NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL, subjectDataset TEXT, subjectRow TEXT, at INTEGER, happenedAt INTEGER, entry TEXT NOT NULL, UNIQUE (station, scope, seq));
CREATE INDEX journal_subject ON journal (subjectDataset, subjectRow);
