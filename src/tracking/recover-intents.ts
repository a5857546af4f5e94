import type { Clock } from '../domain/ports/clock.ts'
import type { Journal } from '../domain/ports/journal.ts'
import type { Leases } from '../domain/ports/leases.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { toLostProblem } from './lost-problem.ts'

/**
 * Clears up what processes that have died left between their intents and the vendor's answers, whatever site they were for.
 * What was PREPARED was never sent: it goes, and its key is free again. What was SENT without an answer becomes
 * OUTCOME_UNKNOWN; the tracker of its site then looks for it, and takes away what a send of several steps has left open. No
 * site is asked here, so that a gateway starts whatever its sites do.
 *
 * What a living gateway has begun is left to it. Several gateways may do this at once.
 */
export const recoverIntents = async (options: {
  readonly journal: Journal
  readonly leases: Leases
  readonly adapters: readonly VendorAdapter[]
  readonly clock: Clock
}): Promise<void> => {
  const { journal, leases, adapters, clock } = options
  const intents = await journal.listIntents()
  if (intents.length === 0) return
  // Asked after: whoever has begun one of them was alive before.
  const living = await leases.listLiving()
  const siteNames = new Set(adapters.map(({ siteName }) => siteName))
  for (const { task, replica } of intents) {
    if (replica !== null && living.has(replica)) continue
    if (task.dispatch === 'PREPARED') await journal.release(task.id, 'PREPARED', null)
    else await journal.loseAnswer(task.id, toLostProblem(task, siteNames.has(task.siteName)), clock.now())
  }
}
