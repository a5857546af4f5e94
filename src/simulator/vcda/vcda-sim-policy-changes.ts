import { inferredPolicyAnswers, rpoBoundsMinutes } from './vcda-inferred.ts'
import {
  badInput,
  findFlag,
  findNumber,
  findText,
  parseJsonObject,
  requireText,
  type JsonObject,
} from './vcda-sim-body.ts'
import { requireProvider, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimPolicy } from './vcda-sim-model.ts'
import { defaultPolicyId, openPolicy, organizationsWith, renderPolicy, requirePolicy } from './vcda-sim-policies.ts'

type Members = { -readonly [K in keyof SimPolicy]?: SimPolicy[K] }

const switches = [
  'allowIncomingMigrations',
  'allowIncomingProtections',
  'allowOutgoingMigrations',
  'allowOutgoingProtections',
  'allowOutgoingOnpremMigrations',
  'allowOutgoingOnpremProtections',
  'allowCustomSlaSettings',
  'allowAdvancedRetentionRules',
  'allowNotificationConfiguration',
] as const

/** The oldest form has one switch for both kinds of replication; a client in use still sends it. */
const oldSwitches = {
  allowIncoming: ['allowIncomingMigrations', 'allowIncomingProtections'],
  allowOutgoing: ['allowOutgoingMigrations', 'allowOutgoingProtections'],
} as const

const bounds = {
  minRpo: [rpoBoundsMinutes.lowest, rpoBoundsMinutes.highest],
  maxInstances: [1, 24],
  maxPinnedInstances: [0, 24],
  maxIncoming: [-1, 2_147_483_647],
} as const

/** @throws VcdaRefusal for a member of the wrong type or out of its bounds. */
const parsePolicy = (body: JsonObject): Members => {
  const members: Members = {}
  for (const [old, names] of Object.entries(oldSwitches)) {
    const value = findFlag(body, old)
    if (value !== null) for (const name of names) members[name] = value
  }
  for (const name of switches) {
    const value = findFlag(body, name)
    if (value !== null) members[name] = value
  }
  for (const name of ['minRpo', 'maxInstances', 'maxPinnedInstances', 'maxIncoming'] as const) {
    const value = findNumber(body, name)
    const [lowest, highest] = bounds[name]
    if (value === null) continue
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      throw badInput(`${name} must be from ${lowest} to ${highest}.`, name)
    }
    members[name] = value
  }
  return members
}

const requireFreeName = (call: VcdaCall, displayName: string, own: SimPolicy | null): string => {
  const isTaken = [...call.world.policies.values()].some((other) => other !== own && other.displayName === displayName)
  if (isTaken) throw badInput(`There is a policy ${displayName} already.`, displayName)
  return displayName
}

/** POST /policies. */
export const createPolicy = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const body = parseJsonObject(call.body)
  const displayName = requireFreeName(call, requireText(body, 'displayName'), null)
  const policy: SimPolicy = { ...openPolicy, ...parsePolicy(body), displayName, id: call.world.random.uuid() }
  call.world.policies.set(policy.id, policy)
  return { status: inferredPolicyAnswers.created, body: renderPolicy(call, policy) }
}

/** PUT /policies/{id}; absent members stay. */
export const changePolicy = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const policy = requirePolicy(call)
  const body = parseJsonObject(call.body)
  const displayName = requireFreeName(call, findText(body, 'displayName') ?? policy.displayName, policy)
  Object.assign(policy, parsePolicy(body), { displayName })
  return { status: 200, body: renderPolicy(call, policy) }
}

/** DELETE /policies/{id}: not the default one, and none that an organisation has. */
export const deletePolicy = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const policy = requirePolicy(call)
  if (policy.id === defaultPolicyId || organizationsWith(call.world, policy.id).length > 0) {
    throw badInput(`Policy ${policy.displayName} is in use.`, policy.id)
  }
  call.world.policies.delete(policy.id)
  return { status: inferredPolicyAnswers.deleted }
}

/** PATCH /policies/{id}/orgs/{org}: the organisation has this policy from now on. */
export const assignPolicy = (call: VcdaCall): VcdaAnswer => {
  requireProvider(call)
  const policy = requirePolicy(call)
  const { org = '' } = call.params
  if (!call.world.organizations.has(org)) throw badInput(`Organization ${org} was not found.`, org)
  call.world.policyAssignments.set(org, policy.id)
  return { status: 200, body: renderPolicy(call, policy) }
}
