import { setImmediate } from 'node:timers/promises'

// A statement of so many rows blocks the process for a few milliseconds, and stays far below the number of parameters
// that SQLite (32,766) and PostgreSQL (65,535) take.
const chunkRows = 250

/**
 * Does something with many rows, some at a time, in order: between two parts everybody else has a turn.
 *
 * @param rowsAtOnce @default 250
 */
export const forEachChunk = async <T>(
  rows: readonly T[],
  run: (chunk: readonly T[]) => Promise<void>,
  rowsAtOnce = chunkRows,
): Promise<void> => {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    if (start > 0) await setImmediate()
    await run(rows.slice(start, start + rowsAtOnce))
  }
}
