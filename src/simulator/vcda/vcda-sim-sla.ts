import { inferredRefusals } from './vcda-inferred.ts'
import { badInput } from './vcda-sim-body.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SlaProfile } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'

/** The profiles that the caller may use: a provider all, a tenant those assigned to its organisation. */
export const usableProfiles = (call: VcdaCall): ReadonlyMap<string, SlaProfile> => {
  const { world, session } = call
  if (session.isProvider) return world.slaProfiles
  return new Map([...world.slaProfiles].filter(([id]) => world.slaAssignments.get(id)?.has(session.org) === true))
}

const renderProfile = (call: VcdaCall, { rules, ...profile }: SlaProfile, replications: number): Rendered => ({
  ...profile,
  retentionPolicy: { rules },
  orgs: call.world.slaAssignments.get(profile.id)?.size ?? 0,
  replications,
})

/** GET /sla-profiles: a bare array. `rpo` and `distance` are minutes. */
export const listSlaProfiles = (call: VcdaCall): VcdaAnswer => {
  const uses = new Map<string | null, number>()
  for (const { settings } of call.world.replications.values()) {
    uses.set(settings.slaProfileId, (uses.get(settings.slaProfileId) ?? 0) + 1)
  }
  const body = [...usableProfiles(call).values()].map((profile) =>
    renderProfile(call, profile, uses.get(profile.id) ?? 0),
  )
  return { status: 200, body }
}

const requireAssignment = (call: VcdaCall): { readonly org: string; readonly orgs: Set<string> } => {
  requireProvider(call)
  const { org = '', profileId = '' } = call.params
  const orgs = call.world.slaAssignments.get(profileId)
  if (orgs === undefined) {
    throw new VcdaRefusal(inferredRefusals.pathNotFound, `SLA profile ${profileId} was not found.`, [profileId])
  }
  if (!call.world.organizations.has(org)) throw badInput(`Organization ${org} was not found.`, org)
  return { org, orgs }
}

/** POST /sla-profiles/orgs/{org}/profiles/{profileId}: 201 without a body. */
export const assignSlaProfile = (call: VcdaCall): VcdaAnswer => {
  const { org, orgs } = requireAssignment(call)
  orgs.add(org)
  return { status: 201 }
}

/** DELETE /sla-profiles/orgs/{org}/profiles/{profileId}: 204 without a body. What is replicated by it goes on. */
export const unassignSlaProfile = (call: VcdaCall): VcdaAnswer => {
  const { org, orgs } = requireAssignment(call)
  orgs.delete(org)
  return { status: 204 }
}
