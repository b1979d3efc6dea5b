-- Orders and each of their states, a row with its evidence.
CREATE TABLE tasks (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  incident TEXT, kind TEXT, inNameOf TEXT, unit TEXT, resource TEXT, contact TEXT, phone TEXT, task TEXT, place TEXT, position TEXT, deadline INTEGER, dueState TEXT, signWithinMinutes INTEGER, replaces TEXT, isSample INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE TABLE taskStates (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  task TEXT, incident TEXT, state TEXT, happenedAt TEXT, evidence TEXT, reason TEXT, position TEXT, enteredAt INTEGER, enteredBy TEXT, enteredByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX tasks_incident ON tasks (incident);
CREATE INDEX taskStates_task ON taskStates (task);
CREATE INDEX taskStates_incident ON taskStates (incident);
