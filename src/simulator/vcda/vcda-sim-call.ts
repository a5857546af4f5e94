import { inferredRefusals } from './vcda-inferred.ts'
import type { SimGroup, SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal, refusals } from './vcda-sim-refusal.ts'
import { reachedSites, type SimSession } from './vcda-sim-sessions.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** A request after sign-in, with all that answering it needs. */
export interface VcdaCall {
  readonly world: VcdaWorld
  readonly now: number
  /** The site whose appliance was asked. */
  readonly localSite: string
  /** The site it acts for: `?site=`, else the local one. */
  readonly site: string
  readonly session: SimSession
  /** Decoded, by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** As it came; empty when there was none. */
  readonly body: string
  readonly operationId: string | null
  /** The version of the API that the caller wants the answer in, at most the appliance's own. */
  readonly apiVersion: number
}

/** What a call gives; becomes the reply in the version that was asked for. */
export interface VcdaAnswer {
  readonly status: number
  /** Becomes JSON; left out means no body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What an action is aimed at: one VM, or a vApp with all its VMs. */
export type ActionTarget =
  | { readonly kind: 'vmReplication'; readonly record: SimReplication; readonly members: readonly SimReplication[] }
  | { readonly kind: 'vappReplication'; readonly record: SimGroup; readonly members: readonly SimReplication[] }

/** A tenant sees what its organisation owns; a provider sees everything. */
export const isVisible = (session: SimSession, record: { readonly owner: string }): boolean =>
  session.isProvider || record.owner.startsWith(`${session.org}@`)

const notFound = (id: string): VcdaRefusal =>
  new VcdaRefusal(inferredRefusals.replicationNotFound, `Replication ${id} was not found.`, [id])

/** @throws VcdaRefusal when unknown or another organisation's. */
export const requireReplication = (call: VcdaCall): SimReplication => {
  const id = call.params.id ?? ''
  const replication = call.world.replications.get(id)
  if (replication === undefined || !isVisible(call.session, replication)) throw notFound(id)
  return replication
}

/** @throws VcdaRefusal when unknown or another organisation's. */
export const requireGroup = (call: VcdaCall): SimGroup => {
  const id = call.params.id ?? ''
  const group = call.world.groups.get(id)
  if (group === undefined || !isVisible(call.session, group)) throw notFound(id)
  return group
}

/** @throws VcdaRefusal for a site that is not paired. */
export const requireSite = (world: VcdaWorld, name: string): void => {
  if (!world.sites.has(name)) throw new VcdaRefusal(refusals.siteNotFound, `Site ${name} was not found.`, [name])
}

/** @throws VcdaRefusal Forbidden for a tenant. */
export const requireProvider = (call: VcdaCall): void => {
  if (!call.session.isProvider) throw new VcdaRefusal(refusals.forbidden, 'Permission denied.')
}

/**
 * The session must reach every cloud that the action touches: a tenant's always, a provider's where the world
 * says so. A customer's machine room needs no session.
 *
 * @throws VcdaRefusal RemoteAuthenticationFailure.
 */
export const requireAccess = (
  call: Pick<VcdaCall, 'world' | 'session' | 'localSite' | 'now'>,
  sites: readonly string[],
): void => {
  if (call.session.isProvider && !call.world.requiresExtension) return
  for (const site of sites) {
    const isRemoteCloud = site !== call.localSite && call.world.sites.get(site)?.kind === 'vcloud'
    if (isRemoteCloud && !reachedSites(call.session, call.now).some((reached) => reached.site === site)) {
      throw new VcdaRefusal(refusals.remoteAuthenticationFailure, `Not authenticated to site ${site}.`, [site])
    }
  }
}
