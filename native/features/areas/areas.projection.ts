// Keeps the boxes of outlines in their R*Tree.
import type { Projection } from '../../journal/types.ts'

export const areaBoundaryProjection: Projection = {
  dataset: 'areaBoundaries',
  async update(tx, rows) {
    const ids = JSON.stringify(rows)
    await tx.run('DELETE FROM areaBoundaryBoxes WHERE key IN (SELECT b.key FROM json_each(?) j JOIN areaBoundaries b ON b.id = j.value)', [ids])
    await tx.run(
      `INSERT INTO areaBoundaryBoxes (key, west, east, south, north) SELECT b.key, b.west, b.east, b.south, b.north FROM json_each(?) j JOIN areaBoundaries b ON b.id = j.value
       WHERE b._deleted = 0 AND b.west IS NOT NULL`,
      [ids],
    )
  },
  async clear(tx) {
    await tx.run('DELETE FROM areaBoundaryBoxes')
  },
}
