import type { Alert } from '../domain/alert.ts'
import type { CommandOf } from '../domain/command.ts'
import { findProblem, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { OtherProtection, SiteSight, TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionState, ReplicationEnd } from '../domain/protection.ts'
import { isSiteWithin, isWholeSiteWithin, isWithin, type Reach } from '../domain/reach.ts'
import type { Replication } from '../domain/replication.ts'
import type { CallerView } from './caller-view.ts'
import type { FreshTarget } from './operation.ts'
import { readFrom } from './read-fresh.ts'
import { readRecoveryPoint, type RecoveryPointFound } from './read-recovery-point.ts'

/** The commands that start machines elsewhere for good. */
export type RecoveryCommand = CommandOf<'FAILOVER'> | CommandOf<'MOVE'>

/** What a survey is made with, and for whom. */
export interface SurveyDependencies {
  readonly directory: TargetDirectory
  readonly clock: Clock
  readonly view: CallerView
}

/** What counts, and may not be named to the caller. */
export interface HiddenFacts {
  /** Machines that would be recovered, too. */
  readonly machines: readonly Replication[]
  /** Other protections of which he may not see one side. */
  readonly found: readonly OtherProtection[]
  readonly hasUnseenSites: boolean
}

/** For who sees everything. */
export const nothingHidden: HiddenFacts = { machines: [], found: [], hasUnseenSites: false }

/** What is known of the machines of a recovery. */
export interface MachinesFound {
  /** The machines that would be recovered, as last listed; empty when nobody lists them. */
  readonly machines: readonly Replication[]
  /** Their other protections. */
  readonly found: readonly OtherProtection[]
  /** Configured names of the sites whose machines are not known. */
  readonly unseenSites: readonly string[]
  readonly hidden: HiddenFacts
}

export const siteRoles = ['SOURCE', 'DESTINATION', 'OTHER'] as const
/** What a site is to a recovery. Where both ends are one site, it is the SOURCE. */
export type SiteRole = (typeof siteRoles)[number]

/** One site, asked a moment ago. */
export interface SiteLook extends Omit<SiteSight, 'siteId'> {
  /** Null for a site that is only known by its configured name. */
  readonly siteId: string | null
  readonly role: SiteRole
  /** How it sees the target; null when it cannot be asked or does not tell. */
  readonly state: ProtectionState | null
  readonly vendorState: string | null
}

/** All that a plan is made of, read a moment ago. */
export interface RecoverySurvey extends MachinesFound {
  readonly source: SiteLook
  readonly destination: SiteLook
  /** Both ends, then the others that know the target. */
  readonly looks: readonly SiteLook[]
  /** What is on about the destination site. */
  readonly destinationAlerts: readonly Alert[]
  /** Something is on about the destination site that the caller may not see. */
  readonly hasHiddenAlerts: boolean
  /** Null for a move, which makes its own. */
  readonly recoveryPoint: RecoveryPointFound | null
}

/** How long each site is waited for: plans are made when sites are down. */
const patienceMs = 5_000

/** The machines of a recovery and where else they are protected. Never throws for a site that does not answer. */
export const findMachines = async (
  { directory, view }: SurveyDependencies,
  command: RecoveryCommand,
  { target, object }: FreshTarget,
): Promise<MachinesFound> => {
  const listed = await directory.listMachines(target)
  const all = listed.length === 0 && 'vm' in object ? [object] : listed
  const chosen = command.operation === 'FAILOVER' ? command.memberNativeIds : null
  const machines = chosen === null ? all : all.filter(({ nativeId }) => chosen.includes(nativeId))
  const others = await directory.listOtherProtections(machines)
  if (view.sees === null) return { machines, ...others, hidden: nothingHidden }
  return hide({ machines, ...others }, directory, view.sees)
}

/** Sets apart what may not be named. */
const hide = (
  { machines, found, unseenSites }: Omit<MachinesFound, 'hidden'>,
  directory: TargetDirectory,
  sees: Reach,
): MachinesFound => {
  const isSeen = (machine: Replication): boolean => isWithin(sees, directory.toPlaces(machine))
  const isTold = ({ machine, other }: OtherProtection): boolean => isSeen(machine) && isSeen(other)
  const toldSites = unseenSites.filter((name) => isSiteWithin(sees, name))
  return {
    machines: machines.filter(isSeen),
    found: found.filter(isTold),
    unseenSites: toldSites,
    hidden: {
      machines: machines.filter((machine) => !isSeen(machine)),
      found: found.filter((protection) => !isTold(protection)),
      hasUnseenSites: toldSites.length < unseenSites.length,
    },
  }
}

/**
 * Asks the site at one end of something. Of a site that the caller may not know he is told what the other end of his own
 * object tells: its name there, and whether it answers.
 */
export const askEnd = async (
  { directory, view }: SurveyDependencies,
  end: ReplicationEnd,
  signal: AbortSignal,
): Promise<SiteSight> => {
  const sight = await directory.askSite(end.siteId, signal)
  const isTold = sight.isReachable === null || isSiteWithin(view.sees, sight.name)
  return isTold ? sight : { ...sight, name: end.siteName, problem: null }
}

interface Reading {
  readonly siteName: string
  readonly object: FreshTarget['object'] | null
  readonly problem: Problem | null
}

const tryRead = async (
  adapter: VendorAdapter,
  target: FreshTarget['target'],
  signal: AbortSignal,
): Promise<Reading> => {
  const { siteName } = adapter
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const { object } = await readFrom(adapter, target, limited)
    return { siteName, object, problem: null }
  } catch (error) {
    const problem = findProblem(error)
    if (problem === null) throw error
    return { siteName, object: null, problem }
  }
}

const toLook = (role: SiteRole, sight: Omit<SiteLook, 'role' | 'state' | 'vendorState'>, reading: Reading | null) => ({
  ...sight,
  role,
  state: reading?.object?.state ?? null,
  vendorState: reading?.object?.vendorState ?? null,
})

/** Both ends and whoever else knows the target, each asked itself. */
const lookEverywhere = async (
  deps: SurveyDependencies,
  { target, object }: FreshTarget,
  signal: AbortSignal,
): Promise<Pick<RecoverySurvey, 'source' | 'destination' | 'looks'>> => {
  const { directory, view } = deps
  const reads = Promise.all(directory.adaptersFor(target).map((adapter) => tryRead(adapter, target, signal)))
  const lookAt = async (role: 'SOURCE' | 'DESTINATION'): Promise<SiteLook> => {
    const end = role === 'SOURCE' ? object.source : object.destination
    const [sight, readings] = await Promise.all([askEnd(deps, end, signal), reads])
    const siteName = directory.findAdapterOfSite(end.siteId)?.siteName ?? null
    const reading = readings.find((one) => one.siteName === siteName) ?? null
    const problem = sight.problem ?? (isSiteWithin(view.sees, siteName) ? (reading?.problem ?? null) : null)
    return toLook(role, { ...sight, problem }, reading)
  }
  const [source, destination, readings] = await Promise.all([lookAt('SOURCE'), lookAt('DESTINATION'), reads])
  const ends = source.siteId === destination.siteId ? [source] : [source, destination]
  const others = readings
    .filter(({ object: seen, siteName }) => seen !== null && !ends.some(({ name }) => name === siteName))
    .filter(({ siteName }) => isSiteWithin(view.sees, siteName))
    .map((reading) =>
      toLook('OTHER', { siteId: null, name: reading.siteName, isReachable: true, problem: null }, reading),
    )
  return { source, destination, looks: [...ends, ...others] }
}

/**
 * Reads all sides now. Sends nothing that changes anything, and waits for no site for long.
 *
 * @throws only what is no failure of a site.
 */
export const surveyRecovery = async (
  deps: SurveyDependencies,
  command: RecoveryCommand,
  fresh: FreshTarget,
  signal: AbortSignal,
): Promise<RecoverySurvey> => {
  const { directory, view } = deps
  const destinationId = fresh.object.destination.siteId
  const [machines, looks, alerts, recoveryPoint] = await Promise.all([
    findMachines(deps, command, fresh),
    lookEverywhere(deps, fresh, signal),
    directory.listAlertsAbout([destinationId]),
    command.operation === 'MOVE' ? null : readRecoveryPoint(deps, fresh, command.recoveryPointNativeId, signal),
  ])
  const isTold = isWholeSiteWithin(view.sees, directory.findAdapterOfSite(destinationId)?.siteName ?? null)
  const destinationAlerts = isTold ? alerts : []
  return { ...machines, ...looks, destinationAlerts, hasHiddenAlerts: !isTold && alerts.length > 0, recoveryPoint }
}
