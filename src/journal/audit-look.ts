import type { AuditVerdict } from '../domain/audit.ts'
import { checkAuditChain } from './audit-check.ts'
import type { JournalDatabase } from './database.ts'

/** What a look at the audit log of a store has found. */
export interface AuditLook {
  readonly verdict: AuditVerdict
  /** True when an entry has the expected hash, and where none was expected. */
  readonly holdsExpected: boolean
}

/**
 * Checks the audit log of a store without changing anything, also while a gateway is running on it.
 *
 * @param open Opens the store to look at it.
 * @param expectedHash Lower-case hexadecimal digits; null expects none.
 * @throws Error saying in plain words why the store cannot be read.
 */
export const checkAuditLog = async (
  open: () => Promise<JournalDatabase>,
  expectedHash: string | null,
): Promise<AuditLook> => {
  const db = await open()
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
