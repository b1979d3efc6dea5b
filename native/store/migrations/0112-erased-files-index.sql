-- What became of a file is asked for whenever a piece of it goes out; the few acts that say so must not be looked for in the whole journal.
CREATE INDEX journal_eraseFile ON journal (arrival) WHERE action = 'journal.eraseFile';
