// Puts the shipped areas of Shaanxi (and, if wanted, its outlines) into a test station.
import { readFile } from 'node:fs/promises'
import { importedId, newId } from '../../../kernel/ids.ts'
import type { Journal } from '../../../journal/types.ts'
import type { Blobs, Store } from '../../../store/types.ts'
import { AreasService } from '../areas.service.ts'
import { readTownNames } from '../../../kernel/town-names.ts'
import { readAreaTables } from '../area-tables.ts'
import { boxOf, readOutline } from '../point-in-outline.ts'

const pack = new URL('../../../../resources/packs/shaanxi/', import.meta.url)
const codes = new URL('../../../../resources/codes', import.meta.url).pathname

export async function seedAreas(
  station: { store: Store; journal: Journal; blobs: Blobs },
  options: { outlines: boolean } = { outlines: false },
): Promise<AreasService> {
  const lines = (await readFile(new URL('areas.csv', pack), 'utf8')).replace('\uFEFF', '').trim().split('\r\n').slice(1)
  const rows = lines.map((line) => {
    const [code = '', name = '', parent = '', kind = '', lon, lat] = line.split(',')
    return {
      dataset: 'areas',
      row: importedId('areas', 'test', code),
      set: { code, name, parent: parent === '' ? null : parent, kind, lon: Number(lon), lat: Number(lat), isApproximate: true, source: 'test' },
    }
  })
  await station.journal.write({ actor: 'station', action: 'areas.seed', subject: { dataset: 'areas', row: newId() }, rows })
  if (options.outlines) {
    const { features } = JSON.parse(await readFile(new URL('boundaries.geojson', pack), 'utf8')) as {
      features: { properties: { code: string }; geometry: unknown }[]
    }
    for (const { properties, geometry } of features) {
      const outline = readOutline(geometry)
      if (outline === null) throw new Error(`no outline for ${properties.code}`)
      const [west, south, east, north] = boxOf(outline)
      const set = { area: properties.code, geometry: { ...outline }, west, south, east, north, source: 'test', reviewNumber: null }
      const row = importedId('areaBoundaries', 'test', properties.code)
      await station.journal.write({
        actor: 'station',
        action: 'areas.seed',
        subject: { dataset: 'areaBoundaries', row },
        rows: [{ dataset: 'areaBoundaries', row, set }],
      })
    }
  }
  const areas = new AreasService({
    store: station.store,
    journal: station.journal,
    blobs: station.blobs,
    tables: await readAreaTables(codes, await readTownNames(codes)),
  })
  await areas.start()
  return areas
}
