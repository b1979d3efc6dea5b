-- Kinds become slices one unit thick on the third axis. Flat ones gave every node of the tree a volume of nothing, so that each new row fitted everywhere
-- equally well: a question about one village read 480 nodes of a million rows instead of 10.
ALTER TABLE resourceTree RENAME TO resourceTreeFlat;
CREATE VIRTUAL TABLE resourceTree USING rtree_i32(key, west, east, south, north, kindLow, kindHigh);
INSERT INTO resourceTree SELECT key, west, east, south, north, kindLow, kindLow + 1 FROM resourceTreeFlat;
DROP TABLE resourceTreeFlat;
