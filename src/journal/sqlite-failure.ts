import type { StoreFailure } from './store-queue.ts'

// https://www.sqlite.org/rescode.html: the primary codes, which are the low byte of what node:sqlite gives.
const resultCodes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/** The primary result code of an error of SQLite; null for any other. */
const findResultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null

/** True when `error` came from SQLite for this reason. */
export const isSqliteFailure = (error: unknown, failure: keyof typeof resultCodes): boolean =>
  findResultCode(error) === resultCodes[failure]

const passesByItself = 'The gateway goes on by itself then.'

const remedies: readonly { readonly failure: keyof typeof resultCodes; readonly remedy: string }[] = [
  { failure: 'full', remedy: `Its disk is full: make room. ${passesByItself}` },
  { failure: 'readOnly', remedy: `Its file is read-only: let the gateway write it. ${passesByItself}` },
  { failure: 'ioError', remedy: `Its disk is full, or fails: look at it. ${passesByItself}` },
  { failure: 'cannotOpen', remedy: `Its file cannot be opened: look at its folder. ${passesByItself}` },
  { failure: 'corrupt', remedy: 'Its file is damaged: stop the gateway and restore the file.' },
  { failure: 'notADatabase', remedy: 'Its file is no database any more: stop the gateway and restore the file.' },
]

/** What an error of SQLite means for the gateway; null for an error of anything else. */
export const findStoreFailure = (error: unknown): StoreFailure | null => {
  if (!(error instanceof Error) || findResultCode(error) === null) return null
  if (isSqliteFailure(error, 'busy') || isSqliteFailure(error, 'locked')) {
    const message =
      'The journal is busy: another process has held its lock for 5 seconds. Try again; if it stays so, find out who has the file open.'
    return { code: 'STORE_BUSY', isPassing: true, message }
  }
  const remedy =
    remedies.find(({ failure }) => isSqliteFailure(error, failure))?.remedy ??
    'Somebody has changed the file: restore it.'
  const message = `The journal cannot be used (${error.message}). ${remedy}`
  return { code: 'STORE_UNAVAILABLE', isPassing: false, message }
}
