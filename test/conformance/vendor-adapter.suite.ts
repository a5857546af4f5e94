import { afterAll, beforeEach, describe, it } from 'vitest'
import type { Action } from '../../src/domain/actions.ts'
import type { Capabilities, TargetKind } from '../../src/domain/capabilities.ts'
import type { Vendor } from '../../src/domain/vendor.ts'
import { describeActions } from './adapter-actions.ts'
import { describeFailures } from './adapter-failures.ts'
import { describeReads } from './adapter-reads.ts'
import { describeRules, type SceneName } from './adapter-rules.ts'
import { toVendorRig, type SimulatedVendor, type VendorRig } from './vendor-rig.ts'

/**
 * A cell in which the judgement of `domain/action-rules.ts` and the simulated site differ, on purpose. One that does
 * not differ in reality fails the suite.
 */
export interface Doubt {
  readonly scene: SceneName
  /** Left out means every kind of target that the action takes. */
  readonly kind?: TargetKind
  readonly actions: readonly Action[]
  /** What the site does, against the judgement. */
  readonly site: 'ACCEPTS' | 'REFUSES'
  readonly reason: string
}

export interface VendorSuiteOptions {
  readonly vendor: Vendor
  /** What the vendor's newest version can do; decides which tests there are. */
  readonly capabilities: Capabilities
  /** Starts the vendor's simulator with a fleet of at least 40 machines, at the real time. */
  readonly start: () => Promise<SimulatedVendor>
  /** The path to which a sign-in is posted. */
  readonly signInPath: RegExp
  readonly doubts: readonly Doubt[]
  /** Behaviours that this vendor cannot show, by their titles. A title that no test has fails the suite. */
  readonly skip: readonly { readonly test: string; readonly reason: string }[]
}

/** What the parts of the suite are given. */
export interface VendorSuite extends Pick<VendorSuiteOptions, 'vendor' | 'capabilities' | 'signInPath' | 'doubts'> {
  readonly start: () => Promise<VendorRig>
  /** A test, unless the vendor's list of skips names it. */
  readonly test: (title: string, run: () => Promise<void>) => void
}

/** What every adapter must do, against its vendor's simulator over HTTP: the contract of `ports/vendor-adapter.ts`. */
export const testVendorAdapter = (options: VendorSuiteOptions): void => {
  const { vendor, skip, signInPath, start } = options
  const skipped = new Map(skip.map(({ test, reason }) => [test, reason]))
  const titles = new Set<string>()
  const suite: VendorSuite = {
    ...options,
    start: async () => toVendorRig(await start(), signInPath),
    test: (title, run) => {
      if (titles.has(title)) throw new Error(`two behaviours are called ${title}`)
      titles.add(title)
      it.skipIf(skipped.has(title))(title, run)
    },
  }
  let ran = 0
  describe(`the adapter of ${vendor}`, () => {
    beforeEach(() => {
      ran += 1
    })
    afterAll(() => {
      if (ran === 0) throw new Error(`The suite ran nothing for ${vendor}`)
    })
    describe('reading', () => describeReads(suite))
    describe('when things go wrong', () => describeFailures(suite))
    describe('acting', () => describeActions(suite))
    describe('judging', () => describeRules(suite))
  })
  const unknown = [...skipped.keys()].filter((title) => !titles.has(title))
  if (unknown.length > 0) throw new Error(`No behaviour is called ${unknown.join(', nor ')}`)
}
