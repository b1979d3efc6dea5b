-- Video platforms (GB/T 28181 through WVP); their logins lie in secret_cameras beside those of the cameras.
CREATE TABLE cameraPlatforms (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, address TEXT,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
