/** What several rounds gave: the one in the middle, and how far they lie apart. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export const toSpread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (place: number): number => sorted[place] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, least: at(0), most: at(sorted.length - 1) }
}

/** How `y` grows with `x`: 0 is flat, 1 is linear. Fitted by least squares over the logarithms. */
export const fitExponent = (points: readonly { readonly x: number; readonly y: number }[]): number => {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const over = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const under = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  return over / under
}

/** Three figures, as many as a noisy machine can tell: 12345 -> `12300`, 0.01234 -> `0.0123`. */
export const toFigures = (value: number): string => {
  if (!Number.isFinite(value) || value === 0) return String(value)
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(value))) - 2)
  return digits > 0 ? value.toFixed(Math.min(digits, 4)) : String(Math.round(value / unit) * unit)
}

/** A table in Markdown, its columns as wide as they need to be. */
export const toTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const toLine = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [toLine(head), rule, ...rows.map(toLine)].join('\n')
}
