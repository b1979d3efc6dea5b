// Opens any table file by what it really is, not by its name.
import { type Encoding, WanglouError } from '../../../contract/index.ts'
import { inspectFile } from '../../../kernel/foreign-file.ts'
import { openCsv } from './csv.ts'
import { openGeoJson } from './geojson.ts'
import type { Table } from './table.ts'
import { openXlsx } from './xlsx.ts'

/** A ledger of a million rows fits; 300 MB do not. */
export const tableLimitBytes = 200_000_000

/** @throws WanglouError FILE_* with what is wrong; FILE_WRONG_TYPE for what is no table (old .xls included: save it as .xlsx) */
export async function openTable(path: string, options: { sheet: string | null; encoding: Encoding | null; fileName: string }): Promise<Table> {
  const file = await inspectFile(path, { limitBytes: tableLimitBytes })
  const name = options.fileName.replace(/\.[^.]*$/, '')
  switch (file.kind) {
    case 'xlsx':
      return openXlsx(path, { sheet: options.sheet })
    case 'text':
      return /\.(geo)?json$/i.test(options.fileName) ? openGeoJson(path, { name }) : openCsv(path, { encoding: options.encoding, name })
    case 'ole':
    case 'docx':
    case 'zip':
    case 'pdf':
    case 'image':
    case 'binary':
      throw new WanglouError('FILE_WRONG_TYPE', { kind: file.kind })
    default:
      return file.kind satisfies never
  }
}
