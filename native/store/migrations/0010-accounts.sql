-- Accounts and grants are projected from the journal; what is secret lies in tables of its own and is never a cell.
CREATE TABLE accounts (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  login TEXT, name TEXT, telephone TEXT, unit TEXT, isDisabled INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX accounts_login ON accounts (login);

CREATE TABLE grants (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  account TEXT, role TEXT, unit TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX grants_account ON grants (account);

CREATE TABLE settings (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, value TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);

-- Verifiers of password and PIN, sealed with the machine's key, and the count of failures.
CREATE TABLE secret_accounts (
  account TEXT PRIMARY KEY,
  password TEXT NOT NULL,
  pin TEXT,
  mustChange INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  pinFailures INTEGER NOT NULL DEFAULT 0,
  lockedUntil INTEGER,
  lastSignInAt INTEGER
);

-- One browser (or script) that has shown a token; `account` once a person has signed in. Only the hash of the cookie is kept.
CREATE TABLE secret_sessions (
  id TEXT PRIMARY KEY,
  tokenHash TEXT NOT NULL UNIQUE,
  account TEXT,
  createdAt INTEGER NOT NULL,
  lastActiveAt INTEGER NOT NULL,
  lockedAt INTEGER
);
