import { describe, it } from 'vitest'
import type { Action } from '../../src/domain/actions.ts'
import type { Capabilities, TargetKind } from '../../src/domain/capabilities.ts'
import type { ProtectionState } from '../../src/domain/protection.ts'
import type { Vendor } from '../../src/domain/vendor.ts'
import { addAddresses } from './adapter-addresses.ts'
import { addActions } from './adapter-actions.ts'
import { addChoices } from './adapter-choices.ts'
import { addDemandedReads } from './adapter-demanded-reads.ts'
import { addFailures } from './adapter-failures.ts'
import { addReads } from './adapter-reads.ts'
import { addRules, type SceneName } from './adapter-rules.ts'
import { addSessions } from './adapter-sessions.ts'
import { addTasks } from './adapter-tasks.ts'
import { toVendorRig, type SimulatedVendor, type VendorRig } from './vendor-rig.ts'

/**
 * A cell in which the judgement of `domain/action-rules.ts` and the simulated site differ, on purpose. One that does
 * not differ in reality fails the suite.
 */
export interface Doubt {
  readonly scenes: readonly SceneName[]
  /** Left out means every kind of target that the action takes. */
  readonly kind?: TargetKind
  readonly actions: readonly Action[]
  /** What the site does, against the judgement. */
  readonly site: 'ACCEPTS' | 'REFUSES'
  readonly reason: string
}

export interface VendorSuiteOptions {
  readonly vendor: Vendor
  /** Which generation or version of the vendor's site, for people. */
  readonly label: string
  /** What the vendor's newest version can do; decides which tests there are. */
  readonly capabilities: Capabilities
  /** Starts the vendor's simulator with a fleet of at least 40 machines, at the real time. */
  readonly start: () => Promise<SimulatedVendor>
  /** The path to which a sign-in is posted. */
  readonly signInPath: RegExp
  readonly doubts: readonly Doubt[]
  /**
   * The states besides the healthy ones that some of the fleet is in from the start, in which each action is judged and
   * tried too. @default none
   */
  readonly troubles?: Readonly<Partial<Record<TargetKind, readonly ProtectionState[]>>>
  /** Behaviours that this vendor cannot show, by their titles. A title that no test has fails the suite. */
  readonly skip: readonly { readonly test: string; readonly reason: string }[]
}

/** What the parts of the suite are given. */
export interface VendorSuite extends Pick<
  VendorSuiteOptions,
  'vendor' | 'capabilities' | 'signInPath' | 'doubts' | 'troubles'
> {
  readonly start: () => Promise<VendorRig>
  /** Names what the tests that `add` adds are about. */
  readonly part: (name: string, add: () => void) => void
  /** A test, unless the vendor's list of skips names it. Its title is said once in the whole suite. */
  readonly test: (title: string, run: () => Promise<void>) => void
}

interface Behaviour {
  readonly part: string
  readonly title: string
  readonly run: () => Promise<void>
}

/** All behaviours, before any is handed to the runner: what is not among them cannot be skipped. */
const collectBehaviours = (options: VendorSuiteOptions): readonly Behaviour[] => {
  const { start, signInPath } = options
  const behaviours: Behaviour[] = []
  let current = ''
  const suite: VendorSuite = {
    ...options,
    start: async () => toVendorRig(await start(), signInPath),
    part: (name, add) => {
      current = name
      add()
    },
    test: (title, run) => {
      if (behaviours.some((behaviour) => behaviour.title === title)) {
        throw new Error(`Two behaviours are called ${title}`)
      }
      behaviours.push({ part: current, title, run })
    },
  }
  addReads(suite)
  suite.part('reading on demand', () => addDemandedReads(suite))
  suite.part('sessions', () => addSessions(suite))
  suite.part('addresses', () => addAddresses(suite))
  addFailures(suite)
  addActions(suite)
  addChoices(suite)
  addTasks(suite)
  suite.part('the judgement on an action', () => addRules(suite))
  return behaviours
}

/** What every adapter must do, against its vendor's simulator over HTTP: the contract of `ports/vendor-adapter.ts`. */
export const testVendorAdapter = (options: VendorSuiteOptions): void => {
  const { vendor, skip } = options
  const behaviours = collectBehaviours(options)
  const skipped = new Set(skip.map(({ test }) => test))
  const unknown = [...skipped].filter((title) => behaviours.every((behaviour) => behaviour.title !== title))
  if (unknown.length > 0) throw new Error(`No behaviour is called ${unknown.join(', nor ')}`)
  if (behaviours.length <= skipped.size) throw new Error(`The suite runs nothing for ${vendor}`)
  describe(`the adapter of ${vendor}, ${options.label}`, () => {
    for (const [part, members] of Map.groupBy(behaviours, (behaviour) => behaviour.part)) {
      // oxlint-disable-next-line vitest/valid-title -- it is the part's own
      describe(part, () => {
        for (const { title, run } of members) {
          // oxlint-disable-next-line vitest/expect-expect, vitest/valid-title -- both are the behaviour's own
          it.skipIf(skipped.has(title))(title, run)
        }
      })
    }
  })
}
