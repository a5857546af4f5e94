import type { CommandOf } from '../domain/command.ts'
import { DomainError } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import { isSiteWithin, type Place } from '../domain/reach.ts'
import { requireScope } from '../domain/required-scope.ts'
import { withoutTarget, type Asking, type Attempt, type OperationDependencies } from './attempt.ts'
import { requireSiteReach, toCallerView } from './caller-view.ts'
import { requireOwnOptions, requireRpo } from './checks.ts'
import { requireNamedThings } from './named-things.ts'
import { requireSite } from './parse-ids.ts'
import { startReplication, type StartReplicationInput } from './start-replication.ts'

const toCommand = (input: StartReplicationInput): CommandOf<'START_REPLICATION'> => {
  const { description, rpoSeconds, slaProfileId, work } = input
  return {
    operation: 'START_REPLICATION',
    description,
    rpoSeconds,
    slaProfileId,
    workKind: work.kind,
    work: work.value,
  }
}

/** A replication that does not exist yet. */
export const toStartAttempt = (
  { directory }: OperationDependencies,
  input: StartReplicationInput,
  { viewer, requestId }: Asking,
): Attempt => {
  const { siteId } = input
  const view = toCallerView(viewer, startReplication.scope)
  const tellPlaces = (): readonly Place[] => {
    const siteName = directory.findAdapterOfSite(siteId)?.siteName ?? null
    return siteName !== null && isSiteWithin(view.sees, siteName) ? [{ siteName, organization: null }] : []
  }
  const toAbsent = () => DomainError.notFound(siteId, `No configured site has the id ${siteId}`)
  const requireAdapter = async (): Promise<VendorAdapter> => {
    const adapter = await directory.reachAdapterOfSite(siteId)
    if (adapter === null) throw toAbsent()
    // A hidden site costs what one costs that is not there: a look at all of them.
    if (!isSiteWithin(view.sees, adapter.siteName)) await directory.reachAdapterOfSite('')
    requireSiteReach(view, adapter.siteName, toAbsent)
    return adapter
  }
  return {
    request: { operation: 'START_REPLICATION', input, viewer, requestId, subjectId: siteId, tellPlaces },
    view,
    toSteps: () => {
      requireScope(viewer, startReplication.scope)
      requireOwnOptions([input.work, ...input.options], requireSite(siteId))
      return {
        toAbsent,
        admit: async () => void (await requireAdapter()),
        lockKey: `${siteId}/${viewer.name}/${input.idempotencyKey}`,
        getReady: async (signal) => {
          const adapter = await requireAdapter()
          const { siteName } = adapter
          requireRpo(input.rpoSeconds, adapter.capabilities())
          const call = await adapter.prepare(toCommand(input), signal)
          const named = await requireNamedThings(view, call, { directory, siteId, siteName, mustTell: true }, signal)
          const places = named.length === 0 ? [{ siteName, organization: null }] : named
          return { adapter, call, ...withoutTarget, places }
        },
      }
    },
  }
}
