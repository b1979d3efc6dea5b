-- Rooms held on this machine as they were last seen (JSON): whoever comes again after a crash or a cut of the line finds the room as it was.
CREATE TABLE conference_kept (
  conference TEXT PRIMARY KEY, seenAt INTEGER NOT NULL, room TEXT NOT NULL
) WITHOUT ROWID;
