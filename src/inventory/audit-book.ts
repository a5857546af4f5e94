import type { AuditPage, AuditQuery, AuditVerdict } from '../domain/audit.ts'
import type { Journal } from '../domain/ports/journal.ts'
import { requireScope } from '../domain/required-scope.ts'
import { DomainError } from '../domain/errors.ts'
import { toUntoldEntry } from '../domain/told-risks.ts'
import { reachOf, type Viewer } from '../domain/viewer.ts'

/** What one caller sees of the audit log. */
export class AuditBook {
  readonly #journal: Journal
  readonly #viewer: Viewer

  constructor(journal: Journal, viewer: Viewer) {
    this.#journal = journal
    this.#viewer = viewer
  }

  /** @throws PERMISSION_DENIED, STORE_BUSY, STORE_UNAVAILABLE */
  async list(query: Omit<AuditQuery, 'sight'>): Promise<AuditPage> {
    requireScope(this.#viewer, 'dr:audit')
    const reach = reachOf(this.#viewer, 'dr:audit')
    const sight = reach === null ? null : { reach, viewerName: this.#viewer.name }
    const page = await this.#journal.listAudit({ ...query, sight })
    if (sight === null) return page
    const isOwn = (caller: string): boolean => caller === sight.viewerName
    return { ...page, entries: page.entries.map((entry) => (isOwn(entry.caller) ? entry : toUntoldEntry(entry))) }
  }

  /** Looks at every entry, whoever it is about. @throws PERMISSION_DENIED, STORE_BUSY, STORE_UNAVAILABLE */
  async verify(): Promise<AuditVerdict> {
    requireScope(this.#viewer, 'dr:audit')
    if (reachOf(this.#viewer, 'dr:audit') === null) return this.#journal.verifyAudit()
    const message = `This needs the scope dr:audit everywhere, and ${this.#viewer.name} has it for a part only`
    throw new DomainError({ code: 'PERMISSION_DENIED', message, requiredScope: 'dr:audit' })
  }
}
