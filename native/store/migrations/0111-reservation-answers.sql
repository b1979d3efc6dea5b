-- Reservations between stations: who decides, what things are called where it was written, and what the owner says.
ALTER TABLE reservations ADD COLUMN owner TEXT;
ALTER TABLE reservations ADD COLUMN incidentTitle TEXT;
ALTER TABLE reservations ADD COLUMN fromName TEXT;
CREATE INDEX reservations_open ON reservations (owner) WHERE state IN ('reserved', 'used') AND confirmation = 'provisional' AND _deleted = 0;
CREATE TABLE reservationAnswers (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  reservation TEXT, answer TEXT, reason TEXT, heldFor TEXT, byName TEXT, answeredAt INTEGER,
  _deleted INTEGER NOT NULL DEFAULT 0, _conflicts INTEGER NOT NULL DEFAULT 0, _entry INTEGER, _bulk INTEGER
);
CREATE INDEX reservationAnswers_reservation ON reservationAnswers (reservation) WHERE _deleted = 0;
