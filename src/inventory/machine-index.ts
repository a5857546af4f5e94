import { toGlobalId } from '../domain/global-id.ts'
import type { OtherProtection } from '../domain/ports/target-directory.ts'
import type { Replication } from '../domain/replication.ts'
import { findSameMachineSign, toMachineKeys } from '../domain/same-machine.ts'
import type { Seen } from './merge-observations.ts'

/** Where the machines of one merged list belong. Made once per list, so that looking costs nothing. */
export interface MachineIndex {
  /** By the global id of their group; a group without members is left out. */
  readonly byGroup: ReadonlyMap<string, readonly Seen<Replication>[]>
  /** The other protections of a machine. */
  findOthers(machine: Replication): readonly Omit<OtherProtection, 'otherGroupName'>[]
}

const push = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

/** @param machines Every machine that is listed. */
export const indexMachines = (machines: Iterable<Seen<Replication>>): MachineIndex => {
  const byGroup = new Map<string, Seen<Replication>[]>()
  const byKey = new Map<string, Replication[]>()
  for (const machine of machines) {
    const { vendor, groupNativeId } = machine
    if (groupNativeId !== null) push(byGroup, toGlobalId('ProtectionGroup', vendor, groupNativeId), machine)
    for (const key of toMachineKeys(machine)) push(byKey, key, machine)
  }
  return {
    byGroup,
    findOthers: (machine) => {
      const candidates = new Set(toMachineKeys(machine).flatMap((key) => byKey.get(key) ?? []))
      return [...candidates].flatMap((other) => {
        const knownBy = other.id === machine.id ? null : findSameMachineSign(machine, other)
        return knownBy === null ? [] : [{ machine, other, knownBy }]
      })
    },
  }
}
