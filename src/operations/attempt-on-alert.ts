import { requireCapability } from '../domain/capabilities.ts'
import { DomainError } from '../domain/errors.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { Place } from '../domain/reach.ts'
import { requireScope } from '../domain/required-scope.ts'
import { withoutTarget, type Asking, type Attempt, type OperationDependencies } from './attempt.ts'
import { requireReach, toCallerView, toToldPlaces } from './caller-view.ts'
import { dismissAlert, type AlertInput } from './dismiss-alert.ts'
import { requireAlert, toListedPlaces } from './parse-ids.ts'

/** An alert that is put aside, or of which that is taken back. */
export const toAlertAttempt = (
  { directory }: OperationDependencies,
  operation: 'DISMISS_ALERT' | 'UNDISMISS_ALERT',
  input: AlertInput,
  { viewer, requestId }: Asking,
): Attempt => {
  const { alertId } = input
  const view = toCallerView(viewer, dismissAlert.scope)
  const toAbsent = () => DomainError.notFound(alertId, `No site raises the alert ${alertId} now`)
  let places: readonly Place[] = []
  const requireAdapter = async (): Promise<VendorAdapter> => {
    const alert = await directory.findAlert(alertId)
    const adapter = alert === null ? null : directory.findAdapterOfSite(alert.siteId)
    if (alert === null || adapter === null) throw toAbsent()
    const ends = alert.targetIds.flatMap((id) => toListedPlaces(id, directory))
    // One that is about no object is about the whole site.
    places = alert.targetIds.length === 0 ? [{ siteName: adapter.siteName, organization: null }] : ends
    requireReach(view, places, toAbsent)
    return adapter
  }
  const tellPlaces = () => toToldPlaces(view, places)
  return {
    request: { operation, input, viewer, requestId, subjectId: alertId, tellPlaces },
    view,
    toSteps: () => {
      requireScope(viewer, dismissAlert.scope)
      const alertNativeId = requireAlert(alertId)
      return {
        toAbsent,
        admit: async () => void (await requireAdapter()),
        lockKey: alertId,
        getReady: async (signal) => {
          const adapter = await requireAdapter()
          requireCapability(adapter.capabilities(), operation, adapter.vendor)
          const call = await adapter.prepare({ operation, alertNativeId }, signal)
          return { adapter, call, ...withoutTarget, places }
        },
      }
    },
  }
}
