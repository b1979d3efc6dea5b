// One line of CSV (RFC 4180) that no spreadsheet runs as a formula.

/** A leading `=`, `+`, `-`, `@`, tab or return would be run; an apostrophe before it keeps it text (CWE-1236). Numbers stay numbers. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(field).join(',')}\r\n`
}
