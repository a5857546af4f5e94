import { inferredRefusals } from './vcda-inferred.ts'
import { badInput, findText, parseJsonObject } from './vcda-sim-body.ts'
import {
  requireGroup,
  requireProvider,
  requireReplication,
  requireSite,
  type ActionTarget,
  type VcdaAnswer,
  type VcdaCall,
} from './vcda-sim-call.ts'
import { VcdaRefusal } from './vcda-sim-refusal.ts'
import { listMoments, renderInstance } from './vcda-sim-rendering.ts'
import { runAction, type ReplicationAction } from './vcda-sim-run-action.ts'

/** @throws VcdaRefusal for an unknown `C4-…`. */
export const requireVmTarget = (call: VcdaCall): ActionTarget => {
  const record = requireReplication(call)
  return { kind: 'vmReplication', record, members: [record] }
}

/** @throws VcdaRefusal for an unknown `C4VAPP-…`. */
export const requireVappTarget = (call: VcdaCall): ActionTarget => {
  const record = requireGroup(call)
  return { kind: 'vappReplication', record, members: call.world.membersOf(record) }
}

const render = (call: VcdaCall, target: ActionTarget): VcdaAnswer => ({
  status: 200,
  body:
    target.kind === 'vmReplication'
      ? call.world.renderReplication(target.record, call.now)
      : call.world.renderGroup(target.record, call.now),
})

type TargetFinder = (call: VcdaCall) => ActionTarget

/** GET of one. */
export const getTarget = (find: TargetFinder) => (call: VcdaCall) => render(call, find(call))

/** GET …/network-settings. */
export const getNetworkSettings = (find: TargetFinder) => (call: VcdaCall) => ({
  status: 200,
  body: find(call).record.networkSettings,
})

/** Everything that answers with a task. */
export const act =
  (find: TargetFinder, toAction: (call: VcdaCall, target: ActionTarget) => ReplicationAction) => (call: VcdaCall) => {
    const target = find(call)
    return runAction(call, target, toAction(call, target))
  }

/** PATCH …/chown: for providers only, done at once, and of a vApp for its VMs too. */
export const changeOwner = (find: TargetFinder) => (call: VcdaCall) => {
  requireProvider(call)
  const target = find(call)
  const owner = findText(parseJsonObject(call.body), 'owner') ?? `${call.session.org}@${call.site}`
  const [org = '', site = '', ...rest] = owner.split('@')
  if (org === '' || site === '' || rest.length > 0) throw badInput(`${owner} is not of the form org@site.`, owner)
  requireSite(call.world, site)
  if (org !== 'System' && !call.world.organizations.has(org)) throw badInput(`Organization ${org} was not found.`, org)
  for (const record of [target.record, ...target.members]) {
    record.owner = owner
    record.lastUpdated = call.now
  }
  return render(call, target)
}

/** GET …/instances: a bare array, newest first. */
export const listInstances = (call: VcdaCall): VcdaAnswer => {
  const replication = requireReplication(call)
  const body = listMoments(replication, call.now).map((moment) => renderInstance(replication, moment))
  return { status: 200, body }
}

/** GET …/instances/{instanceId}: one instance with the keys of its disks. */
export const getInstance = (call: VcdaCall): VcdaAnswer => {
  const replication = requireReplication(call)
  const key = call.params.instanceId ?? ''
  const moment = call.world.findMoment(replication, key, call.now)
  if (moment === null) {
    throw new VcdaRefusal(inferredRefusals.instanceNotFound, `Instance ${key} was not found.`, [key])
  }
  return { status: 200, body: { ...renderInstance(replication, moment), disksInfo: [{ diskKey: 2_000 }] } }
}
