import type { Replication } from '../domain/replication.ts'
import type { SameMachineSign } from '../domain/same-machine.ts'
import { indexMachines } from './machine-index.ts'
import type { Seen } from './merge-observations.ts'

/** One machine that two products protect. */
export interface DoubleProtection {
  readonly one: Seen<Replication>
  readonly other: Seen<Replication>
  /** By what it is known to be the same machine. */
  readonly knownBy: SameMachineSign
}

/** Every pair once, in the order in which the machines are listed. Two protections by one product are its own business. */
export const findDoubleProtections = (
  replications: ReadonlyMap<string, Seen<Replication>>,
): readonly DoubleProtection[] => {
  const index = indexMachines(replications.values())
  const pairs = new Map<string, DoubleProtection>()
  for (const machine of replications.values()) {
    for (const { other, knownBy } of index.findOthers(machine)) {
      const seen = replications.get(other.id)
      if (seen === undefined || seen.vendor === machine.vendor || pairs.has(`${seen.id} ${machine.id}`)) continue
      pairs.set(`${machine.id} ${seen.id}`, { one: machine, other: seen, knownBy })
    }
  }
  return [...pairs.values()]
}
