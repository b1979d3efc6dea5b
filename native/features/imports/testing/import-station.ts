// A test station with areas, resources and imports, and short ways to put a file through them.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { CheckInput, Datum, ImportJob, ImportTargetId } from '../../../contract/index.ts'
import { openTestStation, type TestStation } from '../../../testing/station.ts'
import { areaBoundaryProjection } from '../../areas/areas.projection.ts'
import { seedAreas } from '../../areas/testing/seed-areas.ts'
import { resourceProjection } from '../../resources/resources.projection.ts'
import type { ExistingRows } from '../existing-rows.ts'
import { ImportsService } from '../imports.service.ts'

const fixtures = new URL('../fixtures/', import.meta.url)

export interface ImportStation extends TestStation {
  imports: ImportsService
  /** Puts bytes in; the name decides nothing but JSON. */
  blobOf(content: string | Uint8Array): Promise<string>
  fixture(name: string): Promise<string>
  /** Inspects, checks as proposed and waits. */
  check(
    file: { blob: string; fileName: string },
    more?: Partial<CheckInput> & { datum?: Datum; target?: ImportTargetId; isSample?: boolean },
  ): Promise<ImportJob>
}

/** @param options `existing`: what the rooms of some targets know of their rows */
export async function openImportStation(
  options: { outlines: boolean; existing?: (station: TestStation) => Partial<Record<ImportTargetId, ExistingRows>> } = { outlines: false },
): Promise<ImportStation> {
  const station = await openTestStation({ projections: [areaBoundaryProjection, resourceProjection] })
  const areas = await seedAreas(station, options)
  const imports = new ImportsService({ ...station, areas, onError: (error) => console.error(error), existing: options.existing?.(station) ?? {} })
  await imports.start()
  const blobOf = async (content: string | Uint8Array) => (await station.blobs.put(Readable.from([Buffer.from(content)]), { limitBytes: 1e9 })).sha256
  return {
    ...station,
    imports,
    blobOf,
    async close() {
      await imports.stop()
      await station.close()
    },
    fixture: async (name) => (await station.blobs.put(createReadStream(new URL(name, fixtures)), { limitBytes: 1e9 })).sha256,
    async check({ blob, fileName }, { isSample = false, ...more } = {}) {
      const target = more.target ?? 'resources'
      const source = more.source ?? '测试台账'
      const proposal = await imports.inspect({ blob, fileName, target, source, sheet: more.sheet ?? null, encoding: null, headerRows: null })
      const input: CheckInput = {
        blob,
        fileName,
        target,
        source,
        sheet: null,
        encoding: null,
        headerRows: proposal.headerRows,
        mapping: proposal.mapping,
        datum: proposal.datum,
        kind: null,
        area: null,
        accepted: [],
        ...more,
      }
      const { id } = await imports.check(input, 'tester', { isSample })
      await imports.settled(id)
      return imports.job(id)
    },
  }
}
