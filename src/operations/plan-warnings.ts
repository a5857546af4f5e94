import type { Problem } from '../domain/errors.ts'
import type { OtherProtection } from '../domain/ports/target-directory.ts'
import type { ProtectedObject, ProtectionState } from '../domain/protection.ts'
import type { FreshTarget } from './operation.ts'
import type { RecoveryCommand, RecoverySurvey } from './recovery-survey.ts'
import {
  listForeignProtections,
  listSplitBrainRisks,
  listUncheckedRisks,
  toHiddenSentence,
  toProtectionSentence,
} from './split-brain.ts'

/** What an operator should know before a recovery, gravest first. */
export const planWarningCodes = [
  'SPLIT_BRAIN_RISK',
  'SOURCE_ALIVE',
  'SOURCE_UNREACHABLE',
  'NEVER_SYNCED',
  'RECOVERY_POINT_GONE',
  'DESTINATION_PROBLEM',
  'RPO_VIOLATED',
  'OLD_RECOVERY_POINT',
  'NO_REVERSE_PROTECTION',
  'NEVER_TESTED',
  'TEST_OVERDUE',
  'IN_SEVERAL_GROUPS',
  'COULD_NOT_CHECK',
] as const
export type PlanWarningCode = (typeof planWarningCodes)[number]

export interface PlanWarning {
  readonly code: PlanWarningCode
  /** For people. */
  readonly message: string
  /** Global ids of the replications, groups and sites that it is about. */
  readonly ids: readonly string[]
}

/** A chosen point that is older than this is pointed out: the usual mistake is to pick the wrong day. */
const oldPointSeconds = 24 * 60 * 60

/** How long a test speaks for a recovery. Twice a year is what auditors commonly ask for. */
const testIntervalDays = 180
const dayMs = 24 * 60 * 60 * 1000

/** At a site that answers, the machines of an object in one of these states may well be running. */
const brokenStates: ReadonlySet<ProtectionState> = new Set(['ERROR', 'DISCONNECTED', 'RECOVERED', 'UNKNOWN'])

const warn = (code: PlanWarningCode, message: string, ids: readonly string[]): PlanWarning => ({ code, message, ids })

const aboutSource = ({ operation }: RecoveryCommand, { source }: RecoverySurvey): readonly PlanWarning[] => {
  const ids = source.siteId === null ? [] : [source.siteId]
  if (operation === 'MOVE') {
    if (source.isReachable !== false) return []
    return [warn('SOURCE_UNREACHABLE', `The source site ${source.name} does not answer: a move needs it`, ids)]
  }
  if (source.isReachable !== true || source.state === null || brokenStates.has(source.state)) return []
  const message = `The source site ${source.name} answers, and its machines may be running: a failover loses what they write from now on, a move does not`
  return [warn('SOURCE_ALIVE', message, ids)]
}

const aboutDestination = ({
  destination,
  destinationAlerts,
  hasHiddenAlerts,
}: RecoverySurvey): readonly PlanWarning[] => {
  const ids = destination.siteId === null ? [] : [destination.siteId]
  const { name, problem } = destination
  const silence = `The destination site ${name} does not answer${problem === null ? '' : ` (${problem.message})`}`
  return [
    ...(destination.isReachable === false ? [warn('DESTINATION_PROBLEM', silence, ids)] : []),
    ...destinationAlerts.map(({ description }) => warn('DESTINATION_PROBLEM', `${name}: ${description}`, ids)),
    ...(hasHiddenAlerts
      ? [warn('DESTINATION_PROBLEM', `There is an alert about ${name}, which you may not see`, ids)]
      : []),
  ]
}

/** The objects that break a rule: the machines where they tell, else the whole. */
const aboutObjects = (
  objects: readonly ProtectedObject[],
  hidden: readonly ProtectedObject[],
  verdict: ProtectedObject['rpo']['verdict'],
): { readonly ids: readonly string[]; readonly names: string } | null => {
  const isBroken = ({ rpo }: ProtectedObject): boolean => rpo.verdict === verdict
  const broken = objects.filter(isBroken)
  const unnamed = hidden.some(isBroken) ? ['a machine that you may not see'] : []
  const names = [...new Set([...broken.map(({ name }) => name), ...unnamed])]
  return names.length === 0 ? null : { ids: broken.map(({ id }) => id), names: names.join(', ') }
}

const aboutData = ({ object }: FreshTarget, survey: RecoverySurvey): readonly PlanWarning[] => {
  const { machines, hidden, recoveryPoint } = survey
  const objects = [object, ...machines.filter(({ id }) => id !== object.id)]
  const never = aboutObjects(objects, hidden.machines, 'NEVER_SYNCED')
  const late = aboutObjects(objects, hidden.machines, 'VIOLATING')
  const { isThere, ageSeconds } = recoveryPoint ?? { isThere: null, ageSeconds: null }
  const hours = Math.floor((ageSeconds ?? 0) / 3600)
  return [
    ...(never === null ? [] : [warn('NEVER_SYNCED', `There is no copy yet of: ${never.names}`, never.ids)]),
    ...(isThere === false ? [warn('RECOVERY_POINT_GONE', 'The chosen recovery point is not there', [object.id])] : []),
    ...(late === null
      ? []
      : [warn('RPO_VIOLATED', `The recovery point objective is missed by: ${late.names}`, late.ids)]),
    ...(isThere === true && ageSeconds !== null && ageSeconds > oldPointSeconds
      ? [warn('OLD_RECOVERY_POINT', `The chosen recovery point is ${hours} h old`, [object.id])]
      : []),
  ]
}

const toIds = (protections: readonly OtherProtection[]): readonly string[] => [
  ...new Set(protections.flatMap(({ machine, other }) => [machine.id, other.id])),
]

/** Of the machines of the target alone, and of those that the caller may see. */
const toSeenIds = (protections: readonly OtherProtection[], { machines }: RecoverySurvey): readonly string[] =>
  machines.map(({ id }) => id).filter((id) => protections.some(({ machine }) => machine.id === id))

const aboutMachines = (command: RecoveryCommand, { object }: FreshTarget, survey: RecoverySurvey) => {
  const foreign = listForeignProtections(object, survey.found)
  const own = survey.found.filter((protection) => !foreign.includes(protection))
  const hiddenForeign = listForeignProtections(object, survey.hidden.found)
  const hiddenOwn = survey.hidden.found.filter((protection) => !hiddenForeign.includes(protection))
  const risks = listSplitBrainRisks(command, survey)
  const ids = [...new Set([...toIds(foreign), ...toSeenIds(hiddenForeign, survey)])]
  const hiddenSentences = new Set(hiddenOwn.map((one) => toHiddenSentence(one, survey)))
  return {
    risks: risks.length === 0 ? [] : [warn('SPLIT_BRAIN_RISK', risks.join('. '), ids)],
    several: [
      ...own.map((one) => warn('IN_SEVERAL_GROUPS', toProtectionSentence(one), toIds([one]))),
      ...[...hiddenSentences].map((words) => warn('IN_SEVERAL_GROUPS', words, toSeenIds(hiddenOwn, survey))),
    ],
  }
}

const unreadable = (problem: Problem | null, id: string): readonly PlanWarning[] =>
  problem === null ? [] : [warn('COULD_NOT_CHECK', `The recovery points could not be read: ${problem.message}`, [id])]

/** What speaks against a recovery, from what was read; gravest first. Pure. */
export const listPlanWarnings = (
  command: RecoveryCommand,
  fresh: FreshTarget,
  survey: RecoverySurvey,
): readonly PlanWarning[] => {
  const { id } = fresh.object
  const { risks, several } = aboutMachines(command, fresh, survey)
  return [
    ...risks,
    ...aboutSource(command, survey),
    ...aboutData(fresh, survey),
    ...aboutDestination(survey),
    ...several,
    ...listUncheckedRisks(command, survey).map((message) => warn('COULD_NOT_CHECK', message, [id])),
    ...unreadable(survey.recoveryPoint?.problem ?? null, id),
  ].toSorted((one, other) => planWarningCodes.indexOf(one.code) - planWarningCodes.indexOf(other.code))
}

/** Whether it was tried lately that it works. @param lastTestedAt Null when no test is known. */
export const listTestWarnings = (
  { object }: FreshTarget,
  lastTestedAt: Date | null,
  now: Date,
): readonly PlanWarning[] => {
  if (lastTestedAt === null) {
    const message = 'No test failover of it is known, neither from the vendor nor from this gateway'
    return [warn('NEVER_TESTED', message, [object.id])]
  }
  const days = Math.floor((now.getTime() - lastTestedAt.getTime()) / dayMs)
  if (days <= testIntervalDays) return []
  return [warn('TEST_OVERDUE', `Its last test failover was ${days} days ago`, [object.id])]
}

/** Whether anything protects the machines once they run at the destination. */
export const listReverseWarnings = ({ object }: FreshTarget, isProtectedBack: boolean): readonly PlanWarning[] =>
  isProtectedBack
    ? []
    : [warn('NO_REVERSE_PROTECTION', 'Nothing protects the machines once they run at the destination', [object.id])]
