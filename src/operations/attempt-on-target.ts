import { DomainError } from '../domain/errors.ts'
import { requireScope } from '../domain/required-scope.ts'
import type { TaskTarget } from '../domain/task.ts'
import type { Asking, Attempt, OperationDependencies, Steps } from './attempt.ts'
import { requireReach, toCallerView, toToldPlaces, type CallerView } from './caller-view.ts'
import {
  isHindrance,
  listExclusiveIds,
  requireAllowed,
  requireIdle,
  requireOwnOptions,
  requireRpo,
  toHindered,
  withPendingOptions,
} from './checks.ts'
import { requireNamedThings } from './named-things.ts'
import type { TargetInput, TargetOperation } from './operation.ts'
import { requireTarget, toListedPlaces } from './parse-ids.ts'
import { readFresh } from './read-fresh.ts'
import { checkRecovery } from './recovery-checks.ts'

const toGetReady = <I extends TargetInput>(
  { directory, journal, clock }: OperationDependencies,
  view: CallerView,
  asked: {
    readonly operation: TargetOperation<I>
    readonly input: I
    readonly target: TaskTarget
    readonly toAbsent: () => DomainError
  },
): Steps['getReady'] => {
  const { operation, input, target, toAbsent } = asked
  const { targetId, reason } = input
  const { sight } = view
  const options = requireOwnOptions(input.options, target.vendor)
  const wanted = operation.toCommand(input, target, options)
  return async (signal) => {
    const { adapter, fresh } = await readFresh(directory, targetId, target, signal)
    const places = directory.toPlaces(fresh.object)
    // It may have become somebody else's since it was listed.
    requireReach(view, places, toAbsent)
    const capabilities = adapter.capabilities()
    requireAllowed(wanted, fresh, capabilities)
    if (wanted.operation === 'UPDATE') requireRpo(wanted.rpoSeconds, capabilities)
    const ids = await listExclusiveIds(fresh, directory)
    await requireIdle(wanted, fresh, { ids, capabilities, journal, sight, now: clock.now() })
    const command = await withPendingOptions(wanted, fresh.object.id, journal)
    const call = await adapter.prepare(command, signal)
    const { siteId } = fresh.object.source
    const siteName = directory.findAdapterOfSite(siteId)?.siteName ?? null
    await requireNamedThings(view, call, { directory, siteId, siteName, mustTell: false }, signal)
    const guard = operation.toGuard?.(input)
    const recovery = guard === undefined ? null : { command, fresh, calls: call.calls, guard, reason }
    const checked =
      recovery === null
        ? { overriddenRisks: [], warnings: [] }
        : await checkRecovery({ directory, clock, view }, recovery, signal)
    const exclusion = {
      ids,
      isHindrance: (open) => isHindrance(command, open, clock.now()),
      toRefusal: (open) => toHindered(fresh, capabilities, open, sight),
    } satisfies Awaited<ReturnType<Steps['getReady']>>['exclusion']
    return { adapter, call, target, targetName: fresh.object.name, places, options, ...checked, exclusion }
  }
}

/** An action on something that exists. */
export const toTargetAttempt = <I extends TargetInput>(
  deps: OperationDependencies,
  operation: TargetOperation<I>,
  input: I,
  { viewer, requestId }: Asking,
): Attempt => {
  const { directory } = deps
  const { targetId } = input
  const view = toCallerView(viewer, operation.scope)
  const tellPlaces = () => toToldPlaces(view, toListedPlaces(targetId, directory))
  return {
    request: { operation: operation.operation, input, viewer, requestId, subjectId: targetId, tellPlaces },
    view,
    toSteps: () => {
      requireScope(viewer, operation.scope)
      const target = requireTarget(targetId)
      const toAbsent = () => DomainError.notFound(targetId)
      return {
        toAbsent,
        admit: async () => requireReach(view, await directory.findPlaces(target), toAbsent),
        lockKey: targetId,
        getReady: toGetReady(deps, view, { operation, input, target, toAbsent }),
      }
    },
  }
}
