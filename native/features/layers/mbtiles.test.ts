// Map packs as programs write them, and everything that only pretends to be one.
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePack, png } from './fixtures.ts'
import { examinePack, MapPack } from './mbtiles.ts'

let directory = ''
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'wanglou-packs-'))))
afterAll(() => rm(directory, { recursive: true, force: true }))

test('a pack as the paper has it: south row first, its metadata read', async () => {
  const path = await makePack(directory, 'plain.mbtiles', {
    metadata: { name: '渭南影像', format: 'png', bounds: '109.0,34.0,110.5,35.5', attribution: '<a href="x">样例</a>' },
    tiles: [
      [9, 411, 308, png('a')],
      [10, 823, 617, png('b')],
    ],
  })
  expect(await examinePack(path, 'plain.mbtiles')).toEqual({
    name: '渭南影像',
    attribution: '样例',
    format: 'png',
    tiling: 'mercator',
    rows: 'tms',
    minLevel: 9,
    maxLevel: 10,
    box: [109, 34, 110.5, 35.5],
  })
  const pack = await MapPack.open(path, 'plain.mbtiles')
  expect(await pack.tile(9, 411, 308)).toEqual(png('a'))
  expect(await pack.tile(9, 411, 203)).toBeNull()
  await pack.close()
})

test('other grids and rows are seen from what the file says, or from its columns', async () => {
  const xyz = await makePack(directory, 'xyz.mbtiles', { metadata: { scheme: 'xyz', crs: 'EPSG:3857' }, tiles: [[9, 411, 203, png('a')]] })
  expect(await examinePack(xyz, 'xyz')).toMatchObject({ rows: 'xyz', tiling: 'mercator', box: null })
  const said = await makePack(directory, 'said.mbtiles', { metadata: { crs: 'EPSG:4326' }, tiles: [[5, 3, 3, png('a')]] })
  expect(await examinePack(said, 'said')).toMatchObject({ tiling: 'geographic' })
  const wide = await makePack(directory, 'wide.mbtiles', { tiles: [[5, 51, 22, png('a')]] })
  expect(await examinePack(wide, 'wide')).toMatchObject({ tiling: 'geographic' })
})

test('tiles behind a view, as many programs write them', async () => {
  const path = await makePack(directory, 'view.mbtiles', {
    schema: `CREATE TABLE metadata (name text, value text); CREATE TABLE map (zoom_level, tile_column, tile_row, tile_id); CREATE TABLE images (tile_id, tile_data);
      CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM map JOIN images USING (tile_id);
      INSERT INTO map VALUES (3, 6, 4, 'x'); INSERT INTO images VALUES ('x', x'${png('v').toString('hex')}')`,
    tiles: [],
  })
  expect(await examinePack(path, 'view')).toMatchObject({ minLevel: 3, maxLevel: 3 })
})

test('nonsense in the metadata does no harm', async () => {
  const path = await makePack(directory, 'odd.mbtiles', {
    metadata: { bounds: 'NaN,95,-200,abc', name: ' ', scheme: '?' },
    tiles: [[0, 0, 0, png('a')]],
  })
  expect(await examinePack(path, 'odd')).toMatchObject({ name: null, box: null, rows: 'tms' })
})

test('what is no raster pack is refused with its reason', async () => {
  const vector = await makePack(directory, 'vector.mbtiles', { metadata: { format: 'pbf' }, tiles: [[0, 0, 0, Buffer.from('1f8b0800', 'hex')]] })
  await expect(examinePack(vector, 'vector.mbtiles')).rejects.toMatchObject({
    code: 'MAP_PACK_INVALID',
    params: { reason: 'vector', file: 'vector.mbtiles' },
  })
  const none = await makePack(directory, 'none.mbtiles', { tiles: [] })
  await expect(examinePack(none, 'none')).rejects.toMatchObject({ code: 'MAP_PACK_INVALID', params: { reason: 'no-tiles' } })
  const other = await makePack(directory, 'other.db', { schema: 'CREATE TABLE accounts (id)', tiles: [] })
  await expect(examinePack(other, 'other')).rejects.toMatchObject({ code: 'MAP_PACK_INVALID', params: { reason: 'no-tiles' } })
  const columns = await makePack(directory, 'columns.mbtiles', { schema: 'CREATE TABLE tiles (a, b)', tiles: [] })
  await expect(examinePack(columns, 'columns')).rejects.toMatchObject({ code: 'MAP_PACK_INVALID', params: { reason: 'no-tiles' } })
  const html = await makePack(directory, 'html.mbtiles', { tiles: [[0, 0, 0, Buffer.from('<html>')]] })
  await expect(examinePack(html, 'html')).rejects.toMatchObject({ code: 'MAP_PACK_INVALID', params: { reason: 'pictures' } })
})

test('empty, foreign, cut and scribbled files', async () => {
  const write = async (name: string, bytes: string | Buffer) => {
    await writeFile(join(directory, name), bytes)
    return join(directory, name)
  }
  await expect(examinePack(await write('empty', ''), 'empty')).rejects.toMatchObject({ code: 'FILE_EMPTY' })
  await expect(examinePack(await write('zip', 'PK\x03\x04 something'), 'zip')).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
  await expect(examinePack(await write('short', 'SQLite format 3\0'), 'short')).rejects.toMatchObject({ code: 'FILE_WRONG_TYPE' })
  const many: [number, number, number, Buffer][] = Array.from({ length: 200 }, (_, index) => [8, index, 100, png('x'.repeat(2000))])
  const whole = await makePack(directory, 'whole.mbtiles', { tiles: many })
  const cut = join(directory, 'cut.mbtiles')
  await copyFile(whole, cut)
  await truncate(cut, 100_000)
  await expect(examinePack(cut, 'cut')).rejects.toMatchObject({ code: 'FILE_TRUNCATED' })
  const bytes = await readFile(whole)
  bytes.fill(0xa5, 4096, 8192 * 3)
  await expect(examinePack(await write('scribbled', bytes), 'scribbled')).rejects.toMatchObject({ name: 'WanglouError' })
})
