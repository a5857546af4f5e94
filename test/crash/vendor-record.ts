import type { CrashRig } from './crash-rig.ts'

/** A call that changes something, as a simulated site has answered it. */
export interface VendorCall {
  readonly siteName: string
  readonly method: string
  readonly path: string
  readonly body: string
  readonly status: number
  /** As the vendor was given it; null where the vendor takes none. */
  readonly operationId: string | null
}

/** A piece of work that a vendor has begun because it was asked to. */
export interface VendorTask {
  readonly id: string
  readonly siteName: string
  /** The vendor's own identifier of what it works on; null for the appliance itself. */
  readonly targetNativeId: string | null
  readonly operationId: string | null
}

const signIns = /^\/(sessions|auth\/|v1\/session)/

/** True when the vendor took it. */
export const isAccepted = ({ status }: VendorCall): boolean => status >= 200 && status < 300

/** Every call that changed something, or would have, since the last `forget`, site by site, oldest first. */
export const readCalls = (rig: CrashRig): readonly VendorCall[] =>
  rig.services.flatMap(({ siteName, service }) =>
    service.exchanges
      .filter(({ method, path }) => method !== 'GET' && !signIns.test(path))
      .map(({ method, path, body, status, headers }) => ({
        siteName,
        method,
        path,
        body,
        status,
        operationId: headers['operationid'] ?? null,
      })),
  )

/** Everything both vendors have ever worked on, by the vendor's own identifier. */
export const readVendorTasks = ({ vcda, zerto }: CrashRig): ReadonlyMap<string, VendorTask> => {
  const ofVcda = vcda.world.tasks.list().map(({ id, site, resourceId, operationId }) => ({
    id,
    siteName: site,
    targetNativeId: resourceId,
    operationId,
  }))
  const ofZerto = zerto.world.sites.flatMap(({ name, tasks }) =>
    tasks.list().map(({ id, vpgId }) => ({ id, siteName: name, targetNativeId: vpgId, operationId: null })),
  )
  return new Map([...ofVcda, ...ofZerto].map((task) => [task.id, task]))
}
