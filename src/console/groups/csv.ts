/** One value of a table; null is an empty cell. */
export type CsvCell = string | number | boolean | null

// With one of these in front, a spreadsheet takes a text for a formula and runs it (OWASP, "CSV Injection").
const formulaStart = /^[=+\-@\t\r\n]/

const toField = (cell: CsvCell): string => {
  const text = cell === null ? '' : String(cell)
  const safe = typeof cell === 'string' && formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * A table by RFC 4180, with the mark that makes spreadsheets read it as UTF-8. A text that a spreadsheet would run as a formula
 * gets an apostrophe in front; numbers are written as they are.
 */
export const toCsv = (head: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  `\uFEFF${[head, ...rows].map((cells) => `${cells.map(toField).join(',')}\r\n`).join('')}`
