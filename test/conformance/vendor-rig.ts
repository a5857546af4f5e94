import type { Action } from '../../src/domain/actions.ts'
import type { TargetKind } from '../../src/domain/capabilities.ts'
import type { Command, CommandOf, VendorOptions } from '../../src/domain/command.ts'
import { DomainError, type Problem } from '../../src/domain/errors.ts'
import type { Clock } from '../../src/domain/ports/clock.ts'
import type { Acceptance, SendOptions, VendorAdapter } from '../../src/domain/ports/vendor-adapter.ts'
import type { ProtectionGroup } from '../../src/domain/protection-group.ts'
import type { RecoveryPoint } from '../../src/domain/recovery-point.ts'
import type { Replication } from '../../src/domain/replication.ts'
import { isFinal, type TaskReading, type TaskTarget } from '../../src/domain/task.ts'
import type { SimClock } from '../../src/simulator/clock.ts'
import type { HttpService, RecordedExchange } from '../../src/simulator/http-service.ts'
import type { AdapterDependencies } from '../../src/upstream/site-options.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'

/** The simulator of one vendor: two paired sites over one world, and time that only the test turns. */
export interface SimulatedVendor extends AsyncDisposable {
  readonly clock: SimClock
  readonly services: readonly [HttpService, HttpService]
  /** The adapter of one of the two sites; sends nothing yet. */
  openAdapter(site: 0 | 1, dependencies: AdapterDependencies): VendorAdapter
  /** Something that runs at the first site and that nobody protects yet, to be protected as a group at the second. */
  readonly work: { readonly kind: string; readonly options: VendorOptions }
}

/** A simulated vendor with an adapter at each site, which live by the real time as in a deployment. */
export interface VendorRig extends AsyncDisposable {
  readonly first: VendorAdapter
  readonly second: VendorAdapter
  /** The services of the two sites. */
  readonly services: readonly [HttpService, HttpService]
  readonly work: SimulatedVendor['work']
  /** Another adapter of the first site, which has not signed in yet. @param clock Its time. @default the real time */
  open(clock?: Clock): VendorAdapter
  /** Turns the vendor's time. */
  turn(seconds: number): void
  /** The vendor's time. */
  now(): Date
  /** All that both sites were asked since the last {@link VendorRig.forget}, signing in and out left out. */
  requests(): readonly RecordedExchange[]
  /** Those of {@link VendorRig.requests} that change something. */
  changes(): readonly RecordedExchange[]
  /** How often somebody signed in, or tried to. */
  countSignIns(): number
  forget(): void
}

/**
 * True when a credential was shown. Asking a site of which generation it is shows none, and one that does not speak the
 * version that it was asked in has not looked at any.
 */
const isSignIn = ({ method, path, headers, status }: RecordedExchange, signInPath: RegExp): boolean => {
  if (method !== 'POST' || !signInPath.test(path) || status === 406) return false
  return path !== '/v1/session/add' || headers['authorization'] !== undefined
}

/** @param signInPath The path to which a sign-in is posted; what else is done there is signing out. */
export const toVendorRig = (vendor: SimulatedVendor, signInPath: RegExp): VendorRig => {
  const stack = new AsyncDisposableStack()
  stack.use(vendor)
  const open = (site: 0 | 1, clock: Clock): VendorAdapter =>
    stack.use(vendor.openAdapter(site, { clock, logger: silentLogger }))
  const { services, clock, work } = vendor
  const exchanges = (): readonly RecordedExchange[] => services.flatMap((service) => service.exchanges)
  // A site may be asked of which generation it is before anybody signs in.
  const isAside = (path: string): boolean => signInPath.test(path) || path === '/v1/session/add'
  const requests = () => exchanges().filter(({ path }) => !isAside(path))
  return {
    services,
    work,
    requests,
    first: open(0, systemClock),
    second: open(1, systemClock),
    open: (ownClock = systemClock) => open(0, ownClock),
    turn: (seconds) => clock.turn(seconds * 1000),
    now: () => new Date(clock.now()),
    changes: () => requests().filter(({ method }) => method !== 'GET'),
    countSignIns: () => exchanges().filter((exchange) => isSignIn(exchange, signInPath)).length,
    forget: () => {
      for (const service of services) service.forget()
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal

/** For a call of several steps of which nobody wants to know what it leaves open. */
export const forget = (): Promise<void> => Promise.resolve()

export const sendOptions: SendOptions = {
  operationId: 'operation-1',
  signal: never,
  remember: forget,
  mayLeave: () => true,
}

/** The problem that a promise is rejected with; fails when it is not. */
export const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome)) throw new Error(`a DomainError was to come, not ${JSON.stringify(outcome.value)}`)
  if (outcome.error instanceof DomainError) return outcome.error.problem
  throw outcome.error
}

/** The command of an action that asks for nothing special. UPDATE asks for {@link updatedRpoSeconds}. */
export const toCommand = (operation: Action, target: TaskTarget, options: VendorOptions | null = null): Command => {
  switch (operation) {
    case 'UPDATE':
      return { ...nothingElse, operation, target, options, rpoSeconds: updatedRpoSeconds }
    case 'FAILOVER':
    case 'TEST_FAILOVER':
    case 'START_CLONE':
      return { operation, target, options, recoveryPointNativeId: null, memberNativeIds: null }
    case 'END_TEST_FAILOVER':
      return { operation, target, options, wasSuccessful: null, summary: null }
    case 'CREATE_CHECKPOINT':
      return { operation, target, options, name: checkpointName }
    case 'COMMIT_FAILOVER':
    case 'COMMIT_MOVE':
      return { operation, target, options, pendingOptions: null }
    default:
      return { operation, target, options }
  }
}

/** The settings that an UPDATE leaves as they are. */
export const nothingElse = { description: null, slaProfileId: null, priority: null } as const

/** A target that no fleet begins with. */
export const updatedRpoSeconds = 1200

export const checkpointName = 'before the upgrade'

export const toStartCommand = ({ work }: VendorRig): CommandOf<'START_REPLICATION'> => ({
  operation: 'START_REPLICATION',
  description: null,
  rpoSeconds: 900,
  slaProfileId: null,
  workKind: work.kind,
  work: work.options,
})

/** Prepares and sends. */
export const send = async (adapter: VendorAdapter, command: Command): Promise<Acceptance> =>
  (await adapter.prepare(command, never)).send(sendOptions)

/** The site's own view of one of its tasks. */
export const readTask = async (adapter: VendorAdapter, acceptance: Acceptance): Promise<TaskReading> => {
  if (acceptance.kind !== 'TASK') throw new Error('a task was to come')
  const reading = (await adapter.readTasks([acceptance.vendorTaskId], never)).get(acceptance.vendorTaskId)
  if (reading === undefined) throw new Error(`the site does not list its task ${acceptance.vendorTaskId}`)
  return reading
}

/** Longer than any task lasts here, and shorter than the first copy of a machine. */
export const settleSeconds = 60

/** Turns time until the task is over, and gives its end. */
export const settle = async (rig: VendorRig, acceptance: Acceptance): Promise<TaskReading> => {
  rig.turn(settleSeconds)
  const reading = await readTask(rig.first, acceptance)
  if (!isFinal(reading.state)) throw new Error(`${reading.operation} is still ${reading.state}`)
  return reading
}

export const readTarget = (adapter: VendorAdapter, target: TaskTarget): Promise<ProtectionGroup | Replication> =>
  target.kind === 'ProtectionGroup'
    ? adapter.getGroup(target.nativeId, never)
    : adapter.getReplication(target.nativeId, never)

/** One that lies between the two sites, keeps its objective and has never been recovered. */
const isHealthy = (sites: ReadonlySet<string>) => (object: ProtectionGroup | Replication) =>
  object.state === 'PROTECTED' &&
  object.purpose === 'PROTECTION' &&
  object.recovery.phase === 'NONE' &&
  object.rpo.verdict === 'MEETING' &&
  (object.rpo.actualSeconds ?? 0) <= (object.rpo.targetSeconds ?? Infinity) &&
  sites.has(object.source.siteId) &&
  sites.has(object.destination.siteId)

/** A healthy group of several machines, with all its members. */
export const findHealthyGroup = async (
  adapter: VendorAdapter,
): Promise<{ readonly group: ProtectionGroup; readonly members: readonly Replication[] }> => {
  const { local, peers } = await adapter.readSite(never)
  const sites = new Set([local, ...peers].map(({ id }) => id))
  const replications = await adapter.listReplications(never)
  const uses = Map.groupBy(replications, ({ vm }) => vm.vendorId)
  for (const group of (await adapter.listGroups(never)).filter(isHealthy(sites))) {
    const members = replications.filter(({ groupNativeId }) => groupNativeId === group.nativeId)
    if (members.length > 1 && members.every(({ vm }) => uses.get(vm.vendorId)?.length === 1)) return { group, members }
  }
  throw new Error('the fleet has no healthy group')
}

/** A healthy machine: one that is replicated alone where there is one, else the member of a healthy group. */
export const findHealthyReplication = async (adapter: VendorAdapter): Promise<Replication> => {
  const { local, peers } = await adapter.readSite(never)
  const sites = new Set([local, ...peers].map(({ id }) => id))
  const all = await adapter.listReplications(never)
  const alone = all.filter(isHealthy(sites)).find(({ groupNativeId }) => groupNativeId === null)
  const [member] = alone === undefined ? (await findHealthyGroup(adapter)).members : []
  const found = alone ?? member
  if (found === undefined) throw new Error('the fleet has no healthy machine')
  return found
}

export const toTarget = (kind: TargetKind, { vendor, nativeId }: ProtectionGroup | Replication): TaskTarget => ({
  kind,
  vendor,
  nativeId,
})

export const findHealthyTarget = async (adapter: VendorAdapter, kind: TargetKind): Promise<TaskTarget> =>
  kind === 'ProtectionGroup'
    ? toTarget(kind, (await findHealthyGroup(adapter)).group)
    : toTarget(kind, await findHealthyReplication(adapter))

/** The recovery points of one object, without limits in time. */
export const listPoints = async (adapter: VendorAdapter, target: TaskTarget): Promise<readonly RecoveryPoint[]> => {
  const { kind, nativeId } = target
  const [points] = await adapter.listRecoveryPoints([{ kind, nativeId, from: null, to: null }], never)
  return points ?? []
}
