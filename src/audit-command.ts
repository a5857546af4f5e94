import { existsSync } from 'node:fs'
import type { StorePlace } from './config-store.ts'
import { checkAuditLog } from './journal/audit-look.ts'
import { openDatabaseToRead } from './journal/database.ts'

/** What the command says, and the code the process ends with. */
export interface AuditReport {
  readonly text: string
  readonly exitCode: number
}

/** sysexits.h: what the file holds is wrong, or there is no file. */
const exitCodes = { brokenLog: 65, noFile: 66 } as const

/**
 * Reckons the audit log of a store again, also of one that a running gateway writes to, and changes nothing.
 *
 * @param expectedHead A hash that was noted earlier, in hexadecimal digits; null when there is none. It is what shows an end
 * that was cut off and written anew.
 */
export const verifyAudit = async (place: StorePlace, expectedHead: string | null): Promise<AuditReport> => {
  if ('path' in place && !existsSync(place.path) && !existsSync(`${place.path}-wal`)) {
    return { text: `There is no store at ${place.path}`, exitCode: exitCodes.noFile }
  }
  const open = async () => {
    if ('path' in place) return openDatabaseToRead(place.path)
    const { openPostgresToRead } = await import('./journal/postgres-database.ts')
    return openPostgresToRead(place.url)
  }
  try {
    const { verdict, holdsExpected } = await checkAuditLog(open, expectedHead?.toLowerCase() ?? null)
    if (verdict.kind === 'BROKEN') {
      return { text: `BROKEN  entry ${verdict.sequence}: ${verdict.reason}`, exitCode: exitCodes.brokenLog }
    }
    if (!holdsExpected) {
      const text = `BROKEN  no entry has the hash ${expectedHead}: since it was noted, the end of the log was cut off or written anew`
      return { text, exitCode: exitCodes.brokenLog }
    }
    const count = `${verdict.entryCount.toLocaleString('en-US')} ${verdict.entryCount === 1 ? 'entry' : 'entries'}`
    return { text: `WHOLE  ${count}${verdict.headHash === null ? '' : `  head ${verdict.headHash}`}`, exitCode: 0 }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { text: `The audit log cannot be verified: ${reason}`, exitCode: exitCodes.brokenLog }
  }
}
