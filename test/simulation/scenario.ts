import fc from 'fast-check'

/** What may become of one call that changes something. */
export const sendFaults = [
  'NONE',
  'REFUSED',
  'UNREACHABLE',
  'REQUEST_LOST',
  'ANSWER_LOST',
  'ANSWER_GARBLED',
  'WORK_FAILS',
] as const
export type SendFault = (typeof sendFaults)[number]

/** What may become of one read. HIDDEN: the site does not know tasks that it is asked for by their ids. */
export const readFaults = ['NONE', 'DOWN', 'HIDDEN'] as const
export type ReadFault = (typeof readFaults)[number]

export const pressed = [
  'failover',
  'commitFailover',
  'rollbackFailover',
  'pauseReplication',
  'resumeReplication',
  'startReplication',
] as const
export type Pressed = (typeof pressed)[number]

/** One press of a button. */
export interface Press {
  readonly kind: 'PRESS'
  readonly caller: 'alice' | 'bob'
  readonly operation: Pressed
  /** The group, or the name of the one to start. */
  readonly target: 'vpg-1' | 'vpg-2'
  readonly key: 'k1' | 'k2' | 'k3'
  /** Two presses with different reasons are two intentions. */
  readonly reason: 'drill' | 'fire'
  /** How many equal requests come at once. */
  readonly times: number
  readonly gateway: number
}

export type Action =
  | Press
  /** kill -9, and started again after that time. */
  | { readonly kind: 'RESTART'; readonly gateway: number; readonly downSeconds: number }
  | { readonly kind: 'TIME'; readonly seconds: number }

/** How the vendor is. */
export interface VendorTraits {
  /** A failover waits for commit or rollback. */
  readonly decides: boolean
  /** Calls carry an operation id by which their tasks can be found. */
  readonly keepsOperationIds: boolean
  /** How far its clock is ahead. */
  readonly skewSeconds: number
  /** How long after it has begun a task is listed. */
  readonly listedAfterSeconds: number
  /** When a failover that waits commits itself; null never. */
  readonly commitsAfterSeconds: number | null
}

/** Before the action, steps that wait go in this order until it is chosen itself: see `StepScheduler`. */
export interface ScenarioStep {
  readonly action: Action
  readonly order: readonly number[]
}

/** Everything that is decided beforehand: the same scenario always runs the same way. */
export interface Scenario {
  readonly vendor: VendorTraits
  /** For each gateway, whether it follows the tasks. */
  readonly trackers: readonly boolean[]
  /** Null does nothing: it is what a step shrinks to. */
  readonly steps: readonly (ScenarioStep | null)[]
  /** The order of what is left after the last action. */
  readonly lastOrder: readonly number[]
  /** In the order of the calls. */
  readonly sendFaults: readonly SendFault[]
  /** In the order of the reads. */
  readonly readFaults: readonly ReadFault[]
  /** In the order of the journal's writes: true is refused with STORE_BUSY. */
  readonly storeFaults: readonly boolean[]
}

/** One of these, the earlier ones the more often: the same is asked for again and again, and something else now and then. */
const skewed = <T>(...values: readonly T[]): fc.Arbitrary<T> =>
  fc.constantFrom(
    ...values.flatMap((value, index) => Array.from({ length: 3 ** (values.length - 1 - index) }, () => value)),
  )

const vendorTraits: fc.Arbitrary<VendorTraits> = fc.record({
  decides: skewed(true, false),
  keepsOperationIds: fc.boolean(),
  skewSeconds: fc.constantFrom(0, 0, 900, -900),
  listedAfterSeconds: fc.constantFrom(0, 0, 25),
  commitsAfterSeconds: fc.constantFrom(null, null, 60),
})

const press = (gateways: number): fc.Arbitrary<Press> =>
  fc.record({
    kind: fc.constant('PRESS' as const),
    caller: skewed('alice', 'bob'),
    operation: fc.constantFrom('failover', 'failover', 'failover', 'commitFailover', ...pressed),
    target: skewed('vpg-1', 'vpg-2'),
    key: skewed('k1', 'k2', 'k3'),
    reason: skewed('drill', 'fire'),
    times: skewed(1, 4),
    gateway: fc.nat(gateways - 1),
  })

const restart = (gateways: number): fc.Arbitrary<Action> =>
  fc.record({
    kind: fc.constant('RESTART' as const),
    gateway: fc.nat(gateways - 1),
    downSeconds: fc.constantFrom(0, 0, 20, 600),
  })

const time: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('TIME' as const),
  seconds: fc.constantFrom(1, 12, 12, 60, 600),
})

const anyAction = (gateways: number): fc.Arbitrary<Action> =>
  fc.oneof(
    { weight: 7, arbitrary: press(gateways) },
    { weight: 2, arbitrary: restart(gateways) },
    { weight: 3, arbitrary: time },
  )

const mostly = <T>(usual: T, arbitrary: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<readonly T[]> =>
  fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary }), {
    maxLength,
    size: 'max',
  })

const order = mostly(0, fc.nat(6), 24)

const step = (gateways: number): fc.Arbitrary<ScenarioStep | null> =>
  fc.option(fc.record({ action: anyAction(gateways), order }), { nil: null, freq: 20 })

/** Scenarios for so many gateways on one journal. */
export const scenarios = (gateways: number): fc.Arbitrary<Scenario> =>
  fc.record({
    vendor: vendorTraits,
    trackers: fc.tuple(fc.constant(true), ...Array.from({ length: gateways - 1 }, () => fc.boolean())),
    steps: fc.array(step(gateways), { minLength: 1, maxLength: 16, size: 'max' }),
    lastOrder: order,
    sendFaults: mostly<SendFault>('NONE', fc.constantFrom(...sendFaults), 8),
    readFaults: mostly<ReadFault>('NONE', fc.constantFrom('NONE', 'NONE', ...readFaults), 12),
    storeFaults: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: mostly(false, fc.boolean(), 12) },
    ),
  })

/** An action as a line of a trace. */
export const describeAction = (action: Exclude<Action, { kind: 'TIME' }>): string => {
  const gateway = `gateway-${action.gateway + 1}`
  if (action.kind === 'RESTART') {
    return `kill -9 of ${gateway}`
  }
  const { caller, operation, target, key, reason, times } = action
  return `${caller} asks ${gateway} for ${operation} of ${target} with key ${key} because of a ${reason}${times === 1 ? '' : `, ${times} times at once`}`
}
