import type { VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { TaskTarget } from '../../src/domain/task.ts'
import type { Fault, FaultEffect } from '../../src/simulator/faults.ts'
import { findHealthyTarget, readTask, send, toCommand, type VendorRig } from './vendor-rig.ts'

type Read = (adapter: VendorAdapter, scene: ReadableScene, signal: AbortSignal) => Promise<unknown>

/** What can be read at a site, by its ids. */
export interface ReadableScene {
  readonly group: TaskTarget
  readonly replication: TaskTarget
  readonly taskId: string
}

/** Every read of the port. */
export const reads: Readonly<Record<string, Read>> = {
  readSite: (adapter, _scene, signal) => adapter.readSite(signal),
  listGroups: (adapter, _scene, signal) => adapter.listGroups(signal),
  listReplications: (adapter, _scene, signal) => adapter.listReplications(signal),
  getGroup: (adapter, { group }, signal) => adapter.getGroup(group.nativeId, signal),
  getReplication: (adapter, { replication }, signal) => adapter.getReplication(replication.nativeId, signal),
  listRecoveryPoints: (adapter, { replication: { kind, nativeId } }, signal) =>
    adapter.listRecoveryPoints([{ kind, nativeId, from: null, to: null }], signal),
  readTasks: (adapter, { taskId }, signal) => adapter.readTasks([taskId], signal),
  listTasks: (adapter, _scene, signal) => adapter.listTasks({ since: new Date(), operationId: null }, signal),
}

/** A site at which everything can be read, and nobody who has signed in to it with `adapter`. */
export const setScene = async (rig: VendorRig): Promise<ReadableScene & { readonly adapter: VendorAdapter }> => {
  const group = await findHealthyTarget(rig.first, 'ProtectionGroup')
  const replication = await findHealthyTarget(rig.first, 'Replication')
  const task = await readTask(rig.first, await send(rig.first, toCommand('PAUSE', group)))
  rig.forget()
  return { group, replication, taskId: task.vendorTaskId, adapter: rig.open() }
}

/** Adds a fault to the first site. */
export const strike = (rig: VendorRig, fault: Fault): void => {
  rig.services[0].faults.add(fault)
}

/** An answer without any deed. */
export const answer = (status: number, body = '{}'): FaultEffect => ({ kind: 'ANSWER', status, body })

/** Every read but the sign-in. */
export const anyGet = { method: 'GET', path: /./ } as const
