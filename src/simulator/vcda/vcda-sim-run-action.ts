import { inferredRefusals, type WorkflowType } from './vcda-inferred.ts'
import { requireAccess, type ActionTarget, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimGroup, SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { renderTask } from './vcda-sim-tasks.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** One kind of change, told for one VM; a vApp goes through it with each of its VMs. */
export interface ReplicationAction {
  readonly type: WorkflowType
  /** Whether nothing else may be asked for until it is done. */
  readonly isExclusive: boolean
  /** Throws a VcdaRefusal when the state forbids it. */
  readonly check: (replication: SimReplication) => void
  readonly begin: (replication: SimReplication, at: number) => void
  readonly finish: (replication: SimReplication, at: number) => void
  /** Undoes what `begin` did. */
  readonly abort: (replication: SimReplication, at: number) => void
}

const requireIdle = (replication: SimReplication): void => {
  if (replication.busyWith === null) return
  const message = `Replication ${replication.id} is busy with ${replication.busyWith}.`
  throw new VcdaRefusal(inferredRefusals.operationInProgress, message, [replication.id])
}

/** What a group says of itself follows its members; a group without members is gone. */
const followMembers = (world: VcdaWorld, group: SimGroup, at: number): void => {
  const [first] = world.membersOf(group)
  if (first === undefined) {
    world.groups.delete(group.id)
    return
  }
  group.source = first.source
  group.destination = first.destination
  group.recoveredVappId = first.recovered?.vappId ?? null
  group.lastUpdated = at
}

const renderTarget = (world: VcdaWorld, target: ActionTarget, at: number) => {
  if (target.kind === 'vmReplication') {
    return world.replications.has(target.record.id) ? world.renderReplication(target.record, at) : null
  }
  return world.groups.has(target.record.id) ? world.renderGroup(target.record, at) : null
}

const settle = (world: VcdaWorld, target: ActionTarget, action: ReplicationAction, at: number): void => {
  for (const member of target.members) {
    if (action.isExclusive) member.busyWith = null
    member.lastUpdated = at
  }
  const groupId = target.kind === 'vappReplication' ? target.record.id : target.record.vappReplicationId
  const group = groupId === null ? undefined : world.groups.get(groupId)
  if (group !== undefined) followMembers(world, group, at)
}

/** The answer to every accepted change: 202 and the task, which has to be polled. */
export const acceptTask = (call: VcdaCall, task: Parameters<typeof renderTask>[0]): VcdaAnswer => ({
  status: 202,
  body: renderTask(task, call.now),
})

/**
 * Refuses the action, or makes a task of it that does it to all members at once. One member that refuses is enough
 * to refuse it for the whole vApp.
 *
 * @throws VcdaRefusal RemoteAuthenticationFailure, or what the state forbids.
 */
export const runAction = (call: VcdaCall, target: ActionTarget, action: ReplicationAction): VcdaAnswer => {
  const { world } = call
  const { record, members } = target
  requireAccess(call, [record.source.site, record.destination.site])
  for (const member of members) {
    requireIdle(member)
    action.check(member)
  }
  if (action.isExclusive) for (const member of members) member.busyWith = action.type
  const subject = {
    type: action.type,
    resourceType: target.kind,
    resourceId: record.id,
    resourceName: target.kind === 'vmReplication' ? target.record.vmName : target.record.name,
    site: call.site,
    user: call.session.user,
    sourceOrg: record.source.org,
    destinationOrg: record.destination.org,
    operationId: call.operationId,
  }
  const each = (step: (replication: SimReplication, at: number) => void, at: number): void => {
    for (const member of members) step(member, at)
  }
  const end = (step: (replication: SimReplication, at: number) => void) => (at: number) => {
    each(step, at)
    settle(world, target, action, at)
    return renderTarget(world, target, at)
  }
  const task = world.tasks.start(subject, call.now, {
    begin: (at) => each(action.begin, at),
    finish: end(action.finish),
    abort: end(action.abort),
    look: end(() => {}),
  })
  return acceptTask(call, task)
}
