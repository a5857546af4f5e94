import { inferredRefusals } from './vcda-inferred.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimPolicy, SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** The policy that every organisation has which has no other; the vendor gives it this id. */
export const defaultPolicyId = 'default'

/** Allows everything that the product can do. */
export const openPolicy: SimPolicy = {
  id: defaultPolicyId,
  displayName: 'Default Policy',
  minRpo: 5,
  maxInstances: 24,
  maxPinnedInstances: 24,
  maxIncoming: -1,
  allowIncomingMigrations: true,
  allowIncomingProtections: true,
  allowOutgoingMigrations: true,
  allowOutgoingProtections: true,
  allowOutgoingOnpremMigrations: true,
  allowOutgoingOnpremProtections: true,
  allowCustomSlaSettings: true,
  allowAdvancedRetentionRules: true,
  allowNotificationConfiguration: true,
}

/** The policy of an organisation. */
const policyIdOf = (world: VcdaWorld, org: string): string => world.policyAssignments.get(org) ?? defaultPolicyId

/** Who has a policy. */
export const organizationsWith = (world: VcdaWorld, policyId: string): readonly string[] =>
  [...world.organizations].filter((org) => policyIdOf(world, org) === policyId)

/** Before this version a policy had one switch for both kinds of replication. */
const twoKindsSince = 4.1

const oldSwitchesOf = (policy: SimPolicy): Rendered => ({
  allowIncoming: policy.allowIncomingMigrations || policy.allowIncomingProtections,
  allowOutgoing: policy.allowOutgoingMigrations || policy.allowOutgoingProtections,
})

/** `ReplicationPolicyInfo`; `orgs` is how many have it. */
export const renderPolicy = (call: VcdaCall, policy: SimPolicy): Rendered => ({
  ...policy,
  ...(call.apiVersion < twoKindsSince ? oldSwitchesOf(policy) : {}),
  orgs: organizationsWith(call.world, policy.id).length,
})

const mayRead = (call: VcdaCall, policy: SimPolicy): boolean =>
  call.session.isProvider || policyIdOf(call.world, call.session.org) === policy.id

/** GET /policies: a bare array; a tenant sees its own. */
export const listPolicies = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: [...call.world.policies.values()]
    .filter((policy) => mayRead(call, policy))
    .map((policy) => renderPolicy(call, policy)),
})

/** @throws VcdaRefusal when unknown or, to a tenant, not its own. */
export const requirePolicy = (call: VcdaCall): SimPolicy => {
  const id = call.params.id ?? ''
  const policy = call.world.policies.get(id)
  if (policy !== undefined && mayRead(call, policy)) return policy
  throw new VcdaRefusal(inferredRefusals.pathNotFound, `Policy ${id} was not found.`, [id])
}

/** GET /policies/{id}. */
export const getPolicy = (call: VcdaCall): VcdaAnswer => ({
  status: 200,
  body: renderPolicy(call, requirePolicy(call)),
})

const idsOf = (replications: readonly SimReplication[]): readonly string[] => replications.map(({ id }) => id)

const instancesOf = ({ settings }: SimReplication): number =>
  settings.rules.reduce((sum, { numberOfInstances }) => sum + numberOfInstances, 0)

const renderCompliance = (policy: SimPolicy, org: string, incoming: readonly SimReplication[]): Rendered => {
  const migrations = incoming.filter(({ isMigration }) => isMigration)
  const protections = incoming.filter(({ isMigration }) => !isMigration)
  const excess = policy.maxIncoming < 0 ? 0 : Math.max(0, incoming.length - policy.maxIncoming)
  return {
    org,
    configuredReplications: incoming.length,
    migrationViolation: policy.allowIncomingMigrations ? 0 : migrations.length,
    protectionViolation: policy.allowIncomingProtections ? 0 : protections.length,
    nonInstancesCompliant: idsOf(protections.filter((item) => instancesOf(item) > policy.maxInstances)),
    nonRpoCompliant: idsOf(protections.filter((item) => item.settings.rpo < policy.minRpo)),
    quotaViolation: excess,
  }
}

/** GET /policies/{id}/status: for each organisation that has it, what goes beyond it; a bare array. */
export const getPolicyStatus = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const policy = requirePolicy(call)
  const replications = [...call.world.replications.values()]
  const body = organizationsWith(call.world, policy.id).map((org) => {
    const incoming = replications.filter(({ destination }) => destination.org === org && destination.site === call.site)
    return renderCompliance(policy, org, incoming)
  })
  return { status: 200, body }
}
