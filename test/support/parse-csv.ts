/** Reads a table as RFC 4180 has it, strictly: every record ends with CRLF, and a quote is only where it may be. */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const match = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n)/y
    match.lastIndex = at
    const found = match.exec(text)
    if (found === null) throw new Error(`This is no CSV: ${text.slice(at, at + 80)}`)
    record.push(found.groups?.['quoted']?.replaceAll('""', '"') ?? found.groups?.['plain'] ?? '')
    if (found.groups?.['end'] === '\r\n') {
      records.push(record)
      record = []
    }
    at = match.lastIndex
  }
  if (record.length > 0) throw new Error('The last record has no end')
  return records
}

/** A row of a JSON export. */
export type JsonRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** What the cells of a table hold that says the same as a row of JSON. */
export const toCells = (row: JsonRow, header: readonly string[]): readonly string[] =>
  header.map((column) => {
    const value = row[column] ?? ''
    return typeof value === 'object' ? value.join('; ') : String(value)
  })

/** A cell as it was before it was kept from being run as a formula. */
export const toUnguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')
