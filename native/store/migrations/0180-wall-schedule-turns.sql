-- What this machine made of each schedule's last moment: at most once, also over a restart. `skipped`: why it was not done, until somebody does it or lets it be.
CREATE TABLE wall_schedule_turns (
  schedule TEXT PRIMARY KEY, at INTEGER NOT NULL, skipped TEXT
) WITHOUT ROWID;
