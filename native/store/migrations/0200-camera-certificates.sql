-- Certificates of cameras and video platforms that a person trusts, each for one host and port.
CREATE TABLE cameraCertificates (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  host TEXT, port INTEGER, fingerprint TEXT, subject TEXT, issuer TEXT, validUntil INTEGER, device TEXT, trustedAt INTEGER, trustedByName TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX cameraCertificates_at ON cameraCertificates (host, port);
