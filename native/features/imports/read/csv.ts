// Reads CSV as spreadsheets write it: any of three separators, quotes, either encoding, a byte order mark or none.
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type Encoding, WanglouError } from '../../../contract/index.ts'
import { decoded, detectEncoding } from './encoding.ts'
import { batchRows, maxColumns, type Table, type TableRow } from './table.ts'

const maxRecordCharacters = 4_000_000

/** @throws WanglouError FILE_ENCODING */
export async function openCsv(path: string, options: { encoding: Encoding | null; name: string }): Promise<Table> {
  const encoding = options.encoding ?? (await detectEncoding(path))
  const { size } = await stat(path)
  const delimiter = await detectDelimiter(path, encoding)
  let bytesRead = 0
  async function* rows(): AsyncGenerator<TableRow[]> {
    const text = Readable.from(decoded(path, encoding, (bytes) => (bytesRead = bytes)))
    const records = text.pipe(parse({ bom: true, delimiter, relax_column_count: true, relax_quotes: true, max_record_size: maxRecordCharacters }))
    text.on('error', (error) => records.destroy(error))
    let batch: TableRow[] = []
    let row = 0
    try {
      for await (const cells of records as AsyncIterable<string[]>) {
        row += 1
        if (cells.length > maxColumns) throw new WanglouError('FILE_TOO_MANY_COLUMNS', { row, columns: cells.length, limit: maxColumns })
        if (cells.every((cell) => cell.trim() === '')) continue
        batch.push({ row, cells, formulas: [], emptyFormulas: [] })
        if (batch.length < batchRows) continue
        yield batch
        batch = []
      }
    } catch (error) {
      throw broken(error, row + 1)
    }
    if (batch.length > 0) yield batch
  }
  return {
    kind: 'csv',
    encoding,
    delimiter,
    headerRows: null,
    sheet: options.name,
    sheets: [{ name: options.name, rows: null, columns: 0 }],
    rows,
    progress: () => (size === 0 ? 1 : bytesRead / size),
    close: () => Promise.resolve(),
  }
}

/** A quote that is never closed means that the end of the file is missing. */
function broken(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error
  const code = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE' ? 'FILE_TRUNCATED' : 'FILE_UNREADABLE'
  return new WanglouError(code, { row }, { cause: error })
}

/** The separator that stands most often in the first lines, outside quotes. */
async function detectDelimiter(path: string, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const piece of decoded(path, encoding)) {
    text += piece
    if (text.length > 20_000) break
  }
  const lines = text
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 20)
  const counts = [',', '\t', ';'].map((delimiter) => ({ delimiter, count: lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0) }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ','
}
