import type { OtherProtection, SiteSight } from '../domain/ports/target-directory.ts'
import type { Replication } from '../domain/replication.ts'
import type { MachinesFound, RecoveryCommand } from './recovery-survey.ts'

const signOf = (machine: Replication, other: Replication): string => {
  const shared = machine.vm.platformIds.find((id) => other.vm.platformIds.includes(id))
  return shared === undefined
    ? `its name and its organisation ${machine.source.organization ?? ''}`
    : `the identifier ${shared} that the platform gives it`
}

/** Where else a machine is protected, in a sentence for an operator. */
export const toProtectionSentence = ({ machine, other, otherGroupName }: OtherProtection): string => {
  const { vendor, name, state, source, destination } = other
  const place = otherGroupName === null ? `as ${name}` : `as ${name} in the group ${otherGroupName}`
  const way = `from ${source.siteName} to ${destination.siteName}`
  return `${machine.name} is also protected by ${vendor} ${place}, ${way} (${state}); known by ${signOf(machine, other)}`
}

/** The same where the caller may not see one side of it: that it is so, and nothing else. */
export const toHiddenSentence = ({ machine }: OtherProtection, { hidden }: Pick<MachinesFound, 'hidden'>): string => {
  const isHidden = hidden.machines.some(({ id }) => id === machine.id)
  const name = isHidden ? 'One of its machines, which you may not see,' : machine.name
  return `${name} is also protected by another protection, which you may not see`
}

/** Those that another vendor protects too. */
export const listForeignProtections = ({ vendor }: { readonly vendor: string }, found: readonly OtherProtection[]) =>
  found.filter(({ other }) => other.vendor !== vendor)

/** The site that the machines run at; null where it need not be asked. */
type Source = Pick<SiteSight, 'name' | 'isReachable' | 'problem'> | null

const toSilence = ({ name, problem }: NonNullable<Source>): string =>
  `The source site ${name} does not answer${problem === null ? '' : ` (${problem.message})`}: its machines may run on while they are started elsewhere`

/** Why one machine could come to run twice, a sentence each; empty when nothing that is known speaks for it. */
export const listSplitBrainRisks = (
  { operation, target }: RecoveryCommand,
  { found, hidden, source }: Pick<MachinesFound, 'found' | 'hidden'> & { readonly source: Source },
): readonly string[] => [
  ...listForeignProtections(target, found).map(toProtectionSentence),
  ...new Set(listForeignProtections(target, hidden.found).map((one) => toHiddenSentence(one, { hidden }))),
  ...(operation === 'MOVE' && source?.isReachable === false ? [toSilence(source)] : []),
]

/** What could not be found out about it, a sentence each. */
export const listUncheckedRisks = (
  { operation }: RecoveryCommand,
  { machines, unseenSites, hidden, source }: MachinesFound & { readonly source: Source },
): readonly string[] => [
  ...(machines.length + hidden.machines.length === 0
    ? ['Its machines are not listed now: whether somebody else protects one of them too is not known']
    : []),
  ...unseenSites.map(
    (name) => `${name} has not listed its machines yet: whether it protects one of these too is not known`,
  ),
  ...(hidden.hasUnseenSites
    ? ['A site that you may not see has not listed its machines yet: whether it protects one of these is not known']
    : []),
  ...(operation === 'MOVE' && source?.isReachable === null
    ? [`The source site ${source.name} is not configured here: whether it answers is not known`]
    : []),
]
