-- How much may go over a line, as an administrator set it on this machine; null = no limit. Where there is no row link.json counts.
CREATE TABLE link_budgets (
  unit TEXT PRIMARY KEY,
  bytesPerS INTEGER
) WITHOUT ROWID;
