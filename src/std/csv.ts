/** One value of a table; null is an empty cell. */
export type CsvCell = string | number | boolean | null

// With one of these in front, a spreadsheet takes a text for a formula and runs it (OWASP, "CSV Injection").
const formulaStart = /^[=+\-@\t\r\n]/

const toText = (cell: CsvCell): string => {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  return formulaStart.test(cell) ? `'${cell}` : cell
}

const toField = (cell: CsvCell): string => {
  const text = toText(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * One record of RFC 4180, with its line end. A text that a spreadsheet would run as a formula gets an apostrophe in front;
 * numbers are written as they are.
 */
export const toCsvRecord = (cells: readonly CsvCell[]): string => `${cells.map(toField).join(',')}\r\n`
