import { inferredLicenseKey } from './vcda-inferred.ts'
import type { ActionTarget } from './vcda-sim-call.ts'
import type { SimGroup } from './vcda-sim-model.ts'
import { createPlan, type SimPlan, type SimPlanStep } from './vcda-sim-plan.ts'
import { renderRecovery } from './vcda-sim-plan-report.ts'
import { openPolicy } from './vcda-sim-policies.ts'
import { uuidFor } from './vcda-sim-rendering.ts'
import type { VcdaWorld } from './vcda-world.ts'

// Ids come from names, not from the world's random source: what is added here must not change the fleet of a seed.

const secondMs = 1_000
const dayMs = 86_400 * secondMs

const sampleLicenseKey = '0M0A1-2B3C4-5D6E7-8F9G0-H1J2K'

const addAppliances = (world: VcdaWorld, now: number): void => {
  for (const { name, kind } of world.sites.values()) {
    if (kind !== 'vcloud') continue
    const replicators = [1, 2].map((number) => ({
      id: uuidFor(`replicator ${number} of ${name}`),
      site: name,
      description: `Replicator ${number}`,
      address: `replicator-${number}.${name}.example`,
      isInMaintenanceMode: false,
      commError: null,
    }))
    world.appliances.set(name, {
      instanceId: uuidFor(`appliance of ${name}`),
      bootedAt: now - 40 * dayMs,
      ailments: { db: null, ls: null, ntp: null, vcd: null, manager: null, tunnel: null },
      replicators,
      licenseKey: sampleLicenseKey,
      licensedUntil: now + inferredLicenseKey.lifeMs,
    })
  }
}

/** The last organisation may do less than the others, and has more than it may. */
const addPolicies = (world: VcdaWorld): void => {
  const narrow = { id: uuidFor('narrow policy'), displayName: 'Economy', minRpo: 60, maxInstances: 7, maxIncoming: 2 }
  world.policies.set(openPolicy.id, { ...openPolicy })
  world.policies.set(narrow.id, { ...openPolicy, ...narrow, allowCustomSlaSettings: false })
  const last = [...world.organizations].at(-1)
  if (last !== undefined) world.policyAssignments.set(last, narrow.id)
}

const assignSlaProfiles = (world: VcdaWorld): void => {
  for (const id of world.slaProfiles.keys()) world.slaAssignments.set(id, new Set(world.organizations))
}

const toStep = (plan: SimPlan, group: SimGroup, prompt: string | null): SimPlanStep => ({
  id: uuidFor(`${plan.id}/${group.id}`),
  name: group.name,
  delay: 30 * secondMs,
  prompt,
  replications: [group.id],
  state: 'NOT_STARTED',
})

/** A test that went well two days ago and was cleaned up. */
const addPastTest = (world: VcdaWorld, plan: SimPlan, site: string, now: number): void => {
  const execStart = now - 2 * dayMs
  const execEnd = execStart + 10 * secondMs
  const executed = plan.steps.map((step, sequence) => {
    const recoveries = step.replications.flatMap((id) => {
      const record = world.groups.get(id)
      if (record === undefined) return []
      const target: ActionTarget = { kind: 'vappReplication', record, members: world.membersOf(record) }
      return [renderRecovery(target, { execStart, execEnd, error: null })]
    })
    const common = { step, sequence, execStart, execEnd, isSkipped: false, waitedOnPrompt: 0 }
    return { ...common, result: 'SUCCEEDED' as const, recoveries }
  })
  const id = uuidFor(`${plan.id}/test`)
  const result = 'SUCCEEDED'
  plan.executions.push({ id, operation: 'TEST', site, execStart, execEnd, result, error: null, executed })
  plan.lastOperation = 'TEST'
}

/** The first tenant has a plan for its first vApp, tested two days ago; the provider one for two vApps, never run. */
const addPlans = (world: VcdaWorld, site: string, now: number): void => {
  const [first, , third] = world.groups.values()
  if (first === undefined) return
  const add = (displayName: string, owner: string, groups: readonly SimGroup[]): SimPlan => {
    const description = `${displayName} in order`
    const plan = createPlan({ id: uuidFor(displayName), displayName, description, owner, isMigration: false })
    plan.steps = groups.map((group, index) => toStep(plan, group, index === 0 && groups.length > 1 ? 'All up?' : null))
    world.plans.set(plan.id, plan)
    return plan
  }
  addPastTest(world, add('First tier', first.owner, [first]), site, now)
  add('Whole region', `System@${site}`, third === undefined ? [first] : [first, third])
}

/** What providers have besides their tenants' replications. Comes last: it tells of what is there already. */
export const addProviderResources = (world: VcdaWorld, site: string, now: number): void => {
  addAppliances(world, now)
  addPolicies(world)
  assignSlaProfiles(world)
  addPlans(world, site, now)
}
