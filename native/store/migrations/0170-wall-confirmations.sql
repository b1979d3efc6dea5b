-- Screens of a wall that said they show a switch: what looking back tells was really on them.
CREATE TABLE wallConfirmations (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  wall TEXT, ofSwitch TEXT, screen TEXT, screenName TEXT, paintedAt INTEGER, faults INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX wallConfirmations_ofSwitch ON wallConfirmations (ofSwitch);
CREATE INDEX wallConfirmations_wall ON wallConfirmations (wall);
