import { inferredRefusals, type WorkflowType } from './vcda-inferred.ts'
import { requireAccess, type ActionTarget, type VcdaAnswer, type VcdaCall } from './vcda-sim-call.ts'
import type { SimGroup, SimReplication } from './vcda-sim-model.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import type { Rendered } from './vcda-sim-rendering.ts'
import { renderTask } from './vcda-sim-tasks.ts'
import type { VcdaWorld } from './vcda-world.ts'

/** One kind of change, told for one VM; a vApp goes through it with each of its VMs. */
export interface ReplicationAction {
  readonly type: WorkflowType
  /** Whether nothing else may be asked for until it is done. */
  readonly isExclusive: boolean
  /** Throws a VcdaRefusal when the state forbids it. */
  readonly check: (replication: SimReplication, now: number) => void
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

const renderTarget = (world: VcdaWorld, target: ActionTarget, at: number): Rendered | null => {
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

/**
 * One member that refuses is enough to refuse the action for the whole vApp.
 *
 * @throws VcdaRefusal what the state forbids.
 */
export const checkAction = (target: ActionTarget, action: ReplicationAction, now: number): void => {
  for (const member of target.members) {
    requireIdle(member)
    action.check(member, now)
  }
}

/** Keeps the target for this action, where it wants it for itself. */
export const claimTarget = (target: ActionTarget, action: ReplicationAction): void => {
  if (action.isExclusive) for (const member of target.members) member.busyWith = action.type
}

/** Begins with all members at once. */
export const beginAction = (target: ActionTarget, action: ReplicationAction, at: number): void => {
  for (const member of target.members) action.begin(member, at)
}

/** Ends it well, badly or, with `look`, without having done anything; gives the target as it is then. */
export const endAction = (
  world: VcdaWorld,
  { target, action, how }: { target: ActionTarget; action: ReplicationAction; how: 'finish' | 'abort' | 'look' },
  at: number,
): Rendered | null => {
  if (how !== 'look') for (const member of target.members) action[how](member, at)
  settle(world, target, action, at)
  return renderTarget(world, target, at)
}

/** The answer to every accepted change: 202 and the task, which has to be polled. */
export const acceptTask = (call: VcdaCall, task: Parameters<typeof renderTask>[0]): VcdaAnswer => ({
  status: 202,
  body: renderTask(task, call.now),
})

/**
 * Refuses the action, or makes a task of it that does it to all members at once.
 *
 * @throws VcdaRefusal RemoteAuthenticationFailure, or what the state forbids.
 */
export const runAction = (call: VcdaCall, target: ActionTarget, action: ReplicationAction): VcdaAnswer => {
  const { world } = call
  const { record } = target
  requireAccess(call, [record.source.site, record.destination.site])
  checkAction(target, action, call.now)
  claimTarget(target, action)
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
  const end = (how: 'finish' | 'abort' | 'look') => (at: number) => endAction(world, { target, action, how }, at)
  const task = world.tasks.start(subject, call.now, {
    begin: (at) => beginAction(target, action, at),
    finish: end('finish'),
    abort: end('abort'),
    look: end('look'),
  })
  return acceptTask(call, task)
}
