import type { Alert } from '../domain/alert.ts'
import type { CommandOf } from '../domain/command.ts'
import { findProblem, type Problem } from '../domain/errors.ts'
import type { Clock } from '../domain/ports/clock.ts'
import type { OtherProtection, SiteSight, TargetDirectory } from '../domain/ports/target-directory.ts'
import type { VendorAdapter } from '../domain/ports/vendor-adapter.ts'
import type { ProtectionState } from '../domain/protection.ts'
import type { Replication } from '../domain/replication.ts'
import type { FreshTarget } from './operation.ts'
import { readFrom } from './read-fresh.ts'
import { readRecoveryPoint, type RecoveryPointFound } from './read-recovery-point.ts'

/** The commands that start machines elsewhere for good. */
export type RecoveryCommand = CommandOf<'FAILOVER'> | CommandOf<'MOVE'>

/** What a survey is made with. */
export interface SurveyDependencies {
  readonly directory: TargetDirectory
  readonly clock: Clock
}

/** What is known of the machines of a recovery. */
export interface MachinesFound {
  /** The machines that would be recovered, as last listed; empty when nobody lists them. */
  readonly machines: readonly Replication[]
  /** Their other protections. */
  readonly found: readonly OtherProtection[]
  /** Configured names of the sites whose machines are not known. */
  readonly unseenSites: readonly string[]
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
  /** Null for a move, which makes its own. */
  readonly recoveryPoint: RecoveryPointFound | null
}

/** How long each site is waited for: plans are made when sites are down. */
const patienceMs = 5_000

/** The machines of a recovery and where else they are protected. Never throws for a site that does not answer. */
export const findMachines = async (
  directory: TargetDirectory,
  command: RecoveryCommand,
  { target, object }: FreshTarget,
): Promise<MachinesFound> => {
  const listed = await directory.listMachines(target)
  const all = listed.length === 0 && 'vm' in object ? [object] : listed
  const chosen = command.operation === 'FAILOVER' ? command.memberNativeIds : null
  const machines = chosen === null ? all : all.filter(({ nativeId }) => chosen.includes(nativeId))
  return { machines, ...(await directory.listOtherProtections(machines)) }
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
  problem: sight.problem ?? reading?.problem ?? null,
  state: reading?.object?.state ?? null,
  vendorState: reading?.object?.vendorState ?? null,
})

/** Both ends and whoever else knows the target, each asked itself. */
const lookEverywhere = async (
  directory: TargetDirectory,
  { target, object }: FreshTarget,
  signal: AbortSignal,
): Promise<Pick<RecoverySurvey, 'source' | 'destination' | 'looks'>> => {
  const reads = Promise.all(directory.adaptersFor(target).map((adapter) => tryRead(adapter, target, signal)))
  const lookAt = async (role: 'SOURCE' | 'DESTINATION'): Promise<SiteLook> => {
    const { siteId } = role === 'SOURCE' ? object.source : object.destination
    const [sight, readings] = await Promise.all([directory.askSite(siteId, signal), reads])
    const siteName = directory.findAdapterOfSite(siteId)?.siteName
    return toLook(role, sight, readings.find((one) => one.siteName === siteName) ?? null)
  }
  const [source, destination, readings] = await Promise.all([lookAt('SOURCE'), lookAt('DESTINATION'), reads])
  const ends = source.siteId === destination.siteId ? [source] : [source, destination]
  const others = readings
    .filter(({ object: seen, siteName }) => seen !== null && !ends.some(({ name }) => name === siteName))
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
  const { directory } = deps
  const [machines, looks, destinationAlerts, recoveryPoint] = await Promise.all([
    findMachines(directory, command, fresh),
    lookEverywhere(directory, fresh, signal),
    directory.listAlertsAbout([fresh.object.destination.siteId]),
    command.operation === 'MOVE' ? null : readRecoveryPoint(deps, fresh, command.recoveryPointNativeId, signal),
  ])
  return { ...machines, ...looks, destinationAlerts, recoveryPoint }
}
