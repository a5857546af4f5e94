import fc from 'fast-check'
import type { AuditKind } from '../../src/domain/audit.ts'
import { BrokenPromise, runScenario, type Sabotage } from './run-scenario.ts'
import { type Scenario, scenarios } from './scenario.ts'

export interface Exploration {
  /** How many gateways share the journal. */
  readonly gateways: number
  /** How many schedules to try. */
  readonly runs: number
  readonly seed: number
  readonly sabotage?: Sabotage
}

/** The simplest scenario that breaks a promise. */
export interface Finding {
  readonly scenario: Scenario
  /** Which promise, and the steps that break it. */
  readonly words: string
}

export interface Explored {
  /** Null when every promise was kept. */
  readonly finding: Finding | null
  /** All that the audit logs of all runs have told of. */
  readonly reached: ReadonlySet<AuditKind>
}

const readNumber = (name: string): number | null => {
  const text = process.env[name]
  return text === undefined ? null : Number(text)
}

/** So many schedules from a new seed, unless FC_RUNS and FC_SEED say otherwise. */
export const readSearch = (runs: number): Pick<Exploration, 'runs' | 'seed'> => ({
  runs: readNumber('FC_RUNS') ?? runs,
  seed: readNumber('FC_SEED') ?? Date.now() % 2 ** 31,
})

const toFinding = (details: fc.RunDetails<[Scenario]>): Finding => {
  const [scenario] = details.counterexample ?? []
  const { errorInstance } = details
  if (scenario === undefined) throw new Error('The search was interrupted')
  if (errorInstance instanceof BrokenPromise) return { scenario, words: errorInstance.message }
  throw errorInstance
}

/** Tries as many schedules as are asked for, and makes the first that breaks a promise as simple as it can. */
export const explore = async ({ gateways, runs, seed, sabotage }: Exploration): Promise<Explored> => {
  const reached = new Set<AuditKind>()
  const property = fc.asyncProperty(scenarios(gateways), async (scenario) => {
    for (const kind of await runScenario(scenario, sabotage)) reached.add(kind)
  })
  const details = await fc.check(property, { seed, numRuns: runs })
  return { finding: details.failed ? toFinding(details) : null, reached }
}

/** Says which search it is, so that it can be repeated, and throws the trace when a promise is broken. */
export const searchAll = async (exploration: Exploration): Promise<Explored['reached']> => {
  const repeat = `FC_SEED=${exploration.seed} FC_RUNS=${exploration.runs}`
  process.stdout.write(`simulated schedules, gateways: ${exploration.gateways}, ${repeat}\n`)
  const { finding, reached } = await explore(exploration)
  if (finding === null) return reached
  throw new Error(`${repeat} finds it again:\n${finding.words}\n${fc.stringify(finding.scenario)}`)
}
