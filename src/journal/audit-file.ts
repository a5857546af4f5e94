import type { AuditVerdict } from '../domain/audit.ts'
import { checkAuditChain } from './audit-check.ts'
import { openDatabaseToRead } from './database.ts'

/** What a look at the audit log of a file has found. */
export interface AuditFileCheck {
  readonly verdict: AuditVerdict
  /** True when an entry has the expected hash, and where none was expected. */
  readonly holdsExpected: boolean
}

/**
 * Checks the audit log in a file without changing anything, also while a gateway is running on it.
 *
 * @param expectedHash Lower-case hexadecimal digits; null expects none.
 * @throws Error saying in plain words why the file cannot be read.
 */
export const checkAuditFile = async (path: string, expectedHash: string | null): Promise<AuditFileCheck> => {
  const db = await openDatabaseToRead(path)
  try {
    const verdict = await checkAuditChain(db)
    if (expectedHash === null) return { verdict, holdsExpected: true }
    const found = await db
      .selectFrom('audit_entries')
      .select('sequence')
      .where('hash', '=', expectedHash)
      .executeTakeFirst()
    return { verdict, holdsExpected: found !== undefined }
  } finally {
    await db.destroy()
  }
}
