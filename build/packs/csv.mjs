// CSV as a spreadsheet program reads it: quoted where needed, CRLF, UTF-8 with BOM.

/** @param {readonly string[]} header @param {readonly (readonly (string | number | null | undefined)[])[]} rows */
export function csv(header, rows) {
  return '\uFEFF' + [header, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n'
}

/** @param {string | number | null | undefined} value */
function field(value) {
  const words = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words
}
