// Lines of CSV (RFC 4180) for people's spreadsheets; no cell of them can act as a formula.

/**
 * A cell that a spreadsheet would take for a formula gets a quote before it; plain numbers and telephone numbers stay as they are.
 * Reading the file back takes the quote away again.
 */
export function neutralised(cell: string): string {
  return /^\s*[=+\-@\t\r]/.test(cell) && !/^\s*[+-]?[\d.,()\s-]+$/.test(cell) ? `'${cell}` : cell
}

/** One line, CRLF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells
    .map((cell) => neutralised(cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`
}
