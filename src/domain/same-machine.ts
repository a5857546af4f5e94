import type { Replication } from './replication.ts'

/** By what two protected machines are known to be one. */
export type SameMachineSign = 'PLATFORM_ID' | 'NAME_AND_ORGANIZATION'

/** Null where the organisation is not known: a name alone is too weak, because every customer has a `web-01`. */
const toNameKey = ({ vm, source }: Replication): string | null => {
  const [name, organization] = [vm.name.trim().toLowerCase(), source.organization?.trim().toLowerCase() ?? '']
  return name === '' || organization === '' ? null : JSON.stringify([name, organization])
}

/** Whatever two replications of one machine may have in common: at least one of these. For an index. */
export const toMachineKeys = (replication: Replication): readonly string[] => {
  const nameKey = toNameKey(replication)
  return nameKey === null ? replication.vm.platformIds : [...replication.vm.platformIds, nameKey]
}

/**
 * Whether two replications protect the same machine, and how that is known; null when nothing says so.
 *
 * - A shared name of the platform below settles it.
 * - Else, between two vendors only: the same name, in any case, in the same organisation at the source. Identifiers that
 *   differ do not speak against it, because the vendors may name the machine at different layers.
 * - Within one vendor a name says nothing: that vendor tells its own machines apart, and two may well be called the same.
 * - Two machines of unknown organisation are never matched by name. A machine on premises that two vendors protect is
 *   found by the platform's name for it, or not at all. The name that the guest has for itself is no help: clones have it
 *   too.
 */
export const findSameMachineSign = (one: Replication, other: Replication): SameMachineSign | null => {
  if (one.vm.platformIds.some((id) => other.vm.platformIds.includes(id))) return 'PLATFORM_ID'
  if (one.vendor === other.vendor) return null
  const nameKey = toNameKey(one)
  return nameKey !== null && nameKey === toNameKey(other) ? 'NAME_AND_ORGANIZATION' : null
}
