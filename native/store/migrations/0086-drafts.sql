-- A form being filled is working memory, not an act: kept by account at each pause of typing, never journalled, never sent.
CREATE TABLE form_drafts (
  account TEXT NOT NULL,
  form TEXT NOT NULL,
  body TEXT NOT NULL,
  updatedAt INTEGER NOT NULL,
  PRIMARY KEY (account, form)
) WITHOUT ROWID;
