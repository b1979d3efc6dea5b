// Streams one sheet of a workbook row by row: never the whole sheet in memory, so 100 000 rows cost as much as the shared texts.
import { WanglouError } from '../../../contract/index.ts'
import { listEntries, openArchive } from '../../../kernel/foreign-archive.ts'
import { batchRows, maxColumns, type Table, type TableRow } from './table.ts'
import { columnIndex, type Merge, parseXml, readMerges, readWorkbook, unescapeText, type Workbook } from './xlsx-parts.ts'

/** @param options.sheet name; null = the first @throws WanglouError NOT_FOUND, FILE_* */
export async function openXlsx(path: string, options: { sheet: string | null }): Promise<Table> {
  const zip = await openArchive(path)
  try {
    const workbook = await readWorkbook(zip, await listEntries(zip))
    const sheet = options.sheet === null ? workbook.sheets[0] : workbook.sheets.find((one) => one.name === options.sheet)
    if (sheet === undefined) throw new WanglouError('NOT_FOUND', { sheet: options.sheet })
    const merges = await readMerges(zip, sheet.entry)
    let bytesRead = 0
    async function* rows(): AsyncGenerator<TableRow[]> {
      if (sheet === undefined) return
      const builder = new SheetBuilder(workbook, merges)
      const queue: TableRow[][] = []
      let wake = Promise.withResolvers<void>()
      let isStopped = false
      let hasEnded = false
      let room = Promise.withResolvers<void>()
      const parsing = parseXml(zip, sheet.entry, builder, async (bytes) => {
        bytesRead = bytes
        while (builder.ready.length >= batchRows) queue.push(builder.ready.splice(0, batchRows))
        if (queue.length > 0) wake.resolve()
        while (queue.length > 4 && !isStopped) await room.promise
        return !isStopped
      }).finally(() => {
        hasEnded = true
        wake.resolve()
      })
      parsing.catch(() => undefined) // awaited below; this only keeps an early rejection from being reported as unhandled
      try {
        for (;;) {
          const batch = queue.shift()
          if (batch !== undefined) {
            room.resolve()
            room = Promise.withResolvers()
            yield batch
          } else if (hasEnded) {
            await parsing
            break
          } else {
            await wake.promise
            wake = Promise.withResolvers()
          }
        }
        while (builder.ready.length > 0) yield builder.ready.splice(0, batchRows)
      } finally {
        isStopped = true
        room.resolve()
      }
    }
    return {
      kind: 'xlsx',
      encoding: null,
      delimiter: null,
      headerRows: null,
      sheet: sheet.name,
      sheets: workbook.sheets.map(({ name }) => ({ name, rows: null, columns: 0 })),
      rows,
      progress: () => (sheet.entry.uncompressedSize === 0 ? 1 : bytesRead / sheet.entry.uncompressedSize),
      close: () => Promise.resolve(zip.close()),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** Turns the sheet's XML events into rows; merged cells below or right of the first repeat its value. */
class SheetBuilder {
  readonly ready: TableRow[] = []
  readonly #workbook: Workbook
  readonly #mergesByRow = new Map<number, Merge[]>()
  readonly #mergedValues = new Map<Merge, string>()
  #row: TableRow = blank(0)
  #rowIndex = -1
  #column = -1
  #type = ''
  #style = 0
  #value = ''
  #isValue = false
  #hasFormula = false

  constructor(workbook: Workbook, merges: readonly Merge[]) {
    this.#workbook = workbook
    for (const merge of merges) {
      for (let row = merge.top; row <= Math.min(merge.bottom, merge.top + 10_000); row += 1) {
        const list = this.#mergesByRow.get(row)
        if (list === undefined) this.#mergesByRow.set(row, [merge])
        else list.push(merge)
      }
    }
  }

  open = (name: string, attributes: Record<string, string>): void => {
    switch (name) {
      case 'row':
        this.#rowIndex = attributes.r === undefined ? this.#rowIndex + 1 : Number(attributes.r) - 1
        this.#row = blank(this.#rowIndex + 1)
        this.#column = -1
        break
      case 'c':
        this.#column = attributes.r === undefined ? this.#column + 1 : columnIndex(attributes.r.replace(/\d+$/, ''))
        this.#type = attributes.t ?? 'n'
        this.#style = Number(attributes.s ?? 0)
        this.#value = ''
        this.#hasFormula = false
        break
      case 'f':
        this.#hasFormula = true
        break
      case 'v':
      case 't':
        this.#isValue = true
        break
    }
  }

  text = (text: string): void => {
    if (this.#isValue) this.#value += text
  }

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.#isValue = false
    if (name === 'c') this.#endCell()
    if (name === 'row') this.#endRow()
  }

  #endCell(): void {
    if (this.#hasFormula) (this.#value === '' && this.#type !== 'str' ? this.#row.emptyFormulas : this.#row.formulas).push(this.#column)
    if (this.#value === '') return
    if (this.#column >= maxColumns)
      throw new WanglouError('FILE_TOO_MANY_COLUMNS', { row: this.#row.row, columns: this.#column + 1, limit: maxColumns })
    const cells = this.#row.cells
    while (cells.length < this.#column) cells.push('')
    cells[this.#column] = this.#asText()
  }

  #asText(): string {
    switch (this.#type) {
      case 's':
        return this.#workbook.sharedStrings[Number(this.#value)] ?? ''
      case 'n':
        return this.#workbook.isDateStyle[this.#style] === true ? serialDate(Number(this.#value), this.#workbook.is1904) : cleanNumber(this.#value)
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE'
      default:
        return unescapeText(this.#value)
    }
  }

  #endRow(): void {
    const cells = this.#row.cells
    for (const merge of this.#mergesByRow.get(this.#rowIndex) ?? []) {
      if (merge.top === this.#rowIndex) this.#mergedValues.set(merge, cells[merge.left] ?? '')
      const value = this.#mergedValues.get(merge) ?? ''
      if (value === '') continue
      for (let column = merge.left; column <= Math.min(merge.right, maxColumns - 1); column += 1) {
        while (cells.length <= column) cells.push('')
        cells[column] ||= value
      }
    }
    if (cells.some((cell) => cell.trim() !== '')) this.ready.push(this.#row)
  }
}

function blank(row: number): TableRow {
  return { row, cells: [], formulas: [], emptyFormulas: [] }
}

/** 109.50000000000001 is what a program wrote for 109.5: fifteen digits are all that a sheet shows. */
function cleanNumber(value: string): string {
  const number = Number(value)
  return Number.isFinite(number) && value.length > 15 ? String(parseFloat(number.toPrecision(15))) : value
}

/** Excel's day number → date; day 60 of the 1900 system never existed. */
export function serialDate(serial: number, is1904: boolean): string {
  if (!Number.isFinite(serial)) return String(serial)
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const moment = new Date(Math.round((days - 25_569) * 86_400) * 1000)
  if (Number.isNaN(moment.getTime())) return String(serial)
  const iso = moment.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}
