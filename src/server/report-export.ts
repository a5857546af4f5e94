import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { findProblem, type ProblemCode } from '../domain/errors.ts'
import type { ListedRecovery } from '../domain/recovery-report.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { RecoveryFilter } from '../graphql/recovery-report/recovery-report-filter.ts'
import type { RecoveryListing } from '../graphql/recovery-report/recovery-report-list.ts'
import { parseReportParameters } from '../graphql/recovery-report/recovery-report-parameters.ts'
import { toCsvRecord, type CsvCell } from '../std/csv.ts'
import { sendJson } from './health.ts'
import { toPublicError, toRefusal, type ErrorScope } from './public-errors.ts'
import { reportColumns, toReportRow } from './report-rows.ts'

/** Where the reports of recoveries are given out as a file, for auditors. */
export const reportPaths = { csv: '/reports/recovery.csv', json: '/reports/recovery.json' } as const

type Format = keyof typeof reportPaths

interface Caller {
  readonly viewer: Viewer
  /** Aborts when the caller has left. */
  readonly signal: AbortSignal
}

/** The list behind the query `recoveryReports`, the newest first. */
export type ListRecoveries = (filter: RecoveryFilter, caller: Caller) => Promise<RecoveryListing>

/** What an export is answered with; what is not here is the gateway's own fault. */
const statusOf: Partial<Readonly<Record<ProblemCode, number>>> = {
  INVALID_INPUT: 400,
  STORE_BUSY: 503,
  STORE_UNAVAILABLE: 503,
}

const rowsAtOnce = 100

/** Text in pieces of some rows each, so that a long list never stands in memory as one text. */
function* toPieces<T>(rows: readonly T[], toText: (row: T, index: number) => string): Generator<string> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    yield rows
      .slice(start, start + rowsAtOnce)
      .map((row, offset) => toText(row, start + offset))
      .join('')
  }
}

const toCell = (value: CsvCell | readonly string[]): CsvCell =>
  typeof value === 'object' && value !== null ? value.join('; ') : value

const toRecord = (recovery: ListedRecovery): string => {
  const row = toReportRow(recovery)
  return toCsvRecord(reportColumns.map((column) => toCell(row[column])))
}

function* toCsv({ recoveries }: RecoveryListing): Generator<string> {
  yield toCsvRecord(reportColumns)
  yield* toPieces(recoveries, toRecord)
}

function* toJson({ recoveries, coverage }: RecoveryListing): Generator<string> {
  const sites = coverage.map(({ siteName, completeness, observedAt, problem }) => ({
    siteName,
    completeness,
    observedAt,
    problem: problem === null ? null : { code: problem.code, message: problem.message },
  }))
  yield `{"coverage":${JSON.stringify(sites)},"reports":[`
  yield* toPieces(recoveries, (row, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(toReportRow(row))}`)
  yield '\n]}\n'
}

const formats: Readonly<
  Record<Format, { readonly contentType: string; readonly write: (listing: RecoveryListing) => Generator<string> }>
> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: toCsv },
  json: { contentType: 'application/json; charset=utf-8', write: toJson },
}

// Names of sites come from the configuration and may hold what no header can.
const toCoverageHeader = ({ coverage }: RecoveryListing): string =>
  coverage.map(({ siteName, completeness }) => `${encodeURIComponent(siteName)}=${completeness}`).join(', ')

const sendListing = async (response: ServerResponse, format: Format, listing: RecoveryListing): Promise<void> => {
  const { contentType, write } = formats[format]
  response.writeHead(200, {
    'content-type': contentType,
    'content-disposition': `attachment; filename="recovery-reports.${format}"`,
    'cache-control': 'no-store',
    'x-coverage': toCoverageHeader(listing),
  })
  await pipeline(Readable.from(write(listing)), response)
}

const refuse = (response: ServerResponse, error: unknown, scope: ErrorScope): void => {
  const code = findProblem(error)?.code
  const { message, extensions } = toPublicError(error, scope)
  sendJson(response, (code === undefined ? null : statusOf[code]) ?? 500, { errors: [{ message, extensions }] })
}

/**
 * Answers `GET /reports/recovery.csv` and `.json`: everything that `recoveryReports` lists under the same filter, as one
 * file, the newest first. What could not be seen stands in the header `x-coverage` (`<site>=COMPLETE`, `STALE` or
 * `UNAVAILABLE`, the name percent-encoded), and in JSON in the member `coverage`. 403 without the scope `dr:read`, 400 for
 * a parameter that is not understood, 405 for another method, 503 when the journal cannot be read.
 */
export const sendReports = async (
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly caller: Caller; readonly listRecoveries: ListRecoveries } & ErrorScope,
): Promise<void> => {
  const { caller, listRecoveries, ...scope } = options
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET')
    sendJson(response, 405, toRefusal('METHOD_NOT_ALLOWED', 'A report can only be read: use GET'))
    return
  }
  if (!caller.viewer.scopes.has('dr:read')) {
    sendJson(response, 403, toRefusal('PERMISSION_DENIED', 'This needs the scope dr:read'))
    return
  }
  const [path = '', ...query] = (request.url ?? '').split('?')
  let listing: RecoveryListing
  try {
    listing = await listRecoveries(parseReportParameters(new URLSearchParams(query.join('?'))), caller)
  } catch (error) {
    refuse(response, error, scope)
    return
  }
  try {
    await sendListing(response, path === reportPaths.csv ? 'csv' : 'json', listing)
  } catch (error) {
    // The caller has left in the middle: nobody is there to be told.
    if (!caller.signal.aborted) throw error
  }
}
