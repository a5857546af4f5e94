import { isVisible, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimReplication } from './vcda-sim-model.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import { toReplicationStatus } from './vcda-sim-status.ts'

const countBy = (items: readonly string[]): Rendered => {
  const counts: Record<string, number> = { GREEN: 0, YELLOW: 0, RED: 0 }
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1
  return counts
}

const summarize = (replications: readonly SimReplication[], vapps: number, now: number): Rendered => ({
  vapps,
  vms: replications.length,
  protections: replications.filter(({ isMigration }) => !isMigration).length,
  migrations: replications.filter(({ isMigration }) => isMigration).length,
  overallHealth: countBy(replications.map((replication) => toReplicationStatus(replication, now).health)),
  recovered: replications.filter(({ recoveryState }) => recoveryState === 'COMPLETE').length,
  tests: replications.filter(({ recoveryState }) => recoveryState === 'TEST').length,
})

/** GET /vapp-replications/summary: the totals of the dashboard. Its members are inferred; no document shows them. */
export const getSummary = (call: VcdaCall): VcdaAnswer => {
  const groups = [...call.world.groups.values()].filter((group) => isVisible(call.session, group))
  const replications = [...call.world.replications.values()].filter((item) => isVisible(call.session, item))
  const towards = (direction: 'source' | 'destination'): Rendered =>
    summarize(
      replications.filter((item) => item[direction].site === call.site),
      groups.filter((group) => group[direction].site === call.site).length,
      call.now,
    )
  return { status: 200, body: { incoming: towards('destination'), outgoing: towards('source') } }
}
