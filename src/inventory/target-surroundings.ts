import type { Alert } from '../domain/alert.ts'
import { toGlobalId } from '../domain/global-id.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { OtherProtection } from '../domain/ports/target-directory.ts'
import type { Replication } from '../domain/replication.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { SiteLists } from './site-lists.ts'
import type { TargetSites } from './target-sites.ts'

/** How long a decision in the disaster waits for lists that are being read: then what is known has to do. */
const patienceMs = 5_000

/** What is known around a target by those who are about to act on it. */
export class TargetSurroundings {
  readonly #lists: SiteLists
  readonly #sites: TargetSites
  readonly #clock: Clock

  constructor(lists: SiteLists, sites: TargetSites, clock: Clock) {
    this.#lists = lists
    this.#sites = sites
    this.#clock = clock
  }

  async listMachines({ kind, vendor, nativeId }: TaskTarget): Promise<readonly Replication[]> {
    const { byId } = await this.#lists.listMachinesSoon(patienceMs)
    const id = toGlobalId(kind, vendor, nativeId)
    if (kind === 'ProtectionGroup') return this.#lists.machinesOf(byId).byGroup.get(id) ?? []
    const machine = byId.get(id)
    return machine === undefined ? [] : [machine]
  }

  async listOtherProtections(
    machines: readonly Replication[],
  ): Promise<{ readonly found: readonly OtherProtection[]; readonly unseenSites: readonly string[] }> {
    const { byId, coverage } = await this.#lists.listMachinesSoon(patienceMs)
    const index = this.#lists.machinesOf(byId)
    const found = machines
      .flatMap((machine) => index.findOthers(machine))
      .map((pair) => ({ ...pair, otherGroupName: this.#sites.findGroupOf(pair.other)?.name ?? null }))
    const unseen = coverage.filter(({ completeness }) => completeness === 'UNAVAILABLE')
    return { found, unseenSites: unseen.map(({ siteName }) => siteName) }
  }

  async listAlertsAbout(ids: readonly string[]): Promise<readonly Alert[]> {
    const wanted = new Set(ids)
    const isAbout = ({ subject, siteId, targetIds }: Alert): boolean => {
      if (targetIds.some((id) => wanted.has(id))) return true
      return targetIds.length === 0 && subject !== 'GROUP' && subject !== 'REPLICATION' && wanted.has(siteId)
    }
    const over = new AbortController()
    const patience = this.#clock.wait(patienceMs, over.signal).then(() => [])
    const alerts = this.#lists.listAlerts().then(
      (listed) => listed.alerts,
      () => [],
    )
    const seen = await Promise.race([alerts, patience])
    over.abort()
    return seen.filter((alert) => !alert.isDismissed && isAbout(alert))
  }
}
